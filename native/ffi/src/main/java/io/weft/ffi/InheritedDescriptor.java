package io.weft.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;

/**
 * A socket or pipe that this process was started with, and knows by its number alone. The JDK opens
 * no stream on a number, and a socket cannot be opened through {@code /proc/self/fd} (open(2):
 * ENXIO).
 *
 * <p>Confined to one thread.
 */
public final class InheritedDescriptor implements AutoCloseable {
  static final long POLLFD_BYTES = 8;

  /** Offset of {@code events} in {@code struct pollfd}. */
  static final long EVENTS = 4;

  static final short POLLIN = 1;
  static final short POLLOUT = 4;
  static final int EINTR = 4;
  static final int EAGAIN = 11;

  private final int fd;
  private boolean closed;

  /**
   * Takes a descriptor over; nothing is asked of the kernel yet.
   *
   * @param fd its number, at least 0
   */
  public InheritedDescriptor(int fd) {
    if (fd < 0) {
      throw new IllegalArgumentException("a descriptor's number is not " + fd);
    }
    this.fd = fd;
  }

  /**
   * Reads what is there; blocks until there is something.
   *
   * @param target where it goes, from its beginning; at least 1 byte
   * @param endNanos when to stop waiting, as {@link System#nanoTime} counts
   * @return the bytes read; 0 if none came in time; -1 at the end of the stream
   * @throws NativeCallException if the kernel refuses
   */
  public int read(byte[] target, long endNanos) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(target.length);
      while (isReady(arena, POLLIN, endNanos)) {
        long read = Libc.read(fd, bytes);
        if (read >= 0) {
          MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, 0, target, 0, (int) read);
          return read == 0 ? -1 : (int) read;
        }
        check("read", read);
      }
      return 0;
    }
  }

  /**
   * Writes; blocks until all is written.
   *
   * @param source what to write
   * @param endNanos when to stop waiting, as {@link System#nanoTime} counts
   * @return false if not all could be written in time
   * @throws NativeCallException if the kernel refuses
   */
  public boolean write(byte[] source, long endNanos) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, source);
      long done = 0;
      while (done < source.length && isReady(arena, POLLOUT, endNanos)) {
        long written = Libc.write(fd, bytes.asSlice(done));
        check("write", written);
        done += Math.max(0, written);
      }
      return done == source.length;
    }
  }

  /** An error or a hang-up counts as ready: the call that follows says which. */
  private boolean isReady(Arena arena, short events, long endNanos) {
    MemorySegment descriptor = arena.allocate(POLLFD_BYTES, Integer.BYTES);
    descriptor.set(ValueLayout.JAVA_INT, 0, fd);
    descriptor.set(ValueLayout.JAVA_SHORT, EVENTS, events);
    while (true) {
      // A part of a millisecond is waited for as one, so that the last turn does not spin.
      long millis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime() + 999_999);
      int timeoutMillis = Math.clamp(millis, 0, Integer.MAX_VALUE);
      int ready = Libc.poll(descriptor, 1, timeoutMillis);
      if (ready > 0) {
        return true;
      }
      check("poll", ready);
      if (ready == 0 && endNanos - System.nanoTime() <= 0) {
        return false;
      }
    }
  }

  /** What a signal interrupted, or what is not ready after all, is done again. */
  private static void check(String function, long result) {
    int errno = (int) -result;
    if (result < 0 && errno != EINTR && errno != EAGAIN) {
      throw new NativeCallException(function, errno, Libc.strerror(errno));
    }
  }

  /** Closes the descriptor. Closing twice does nothing. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Libc.close(fd);
    }
  }
}
