package io.weft.ffi;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Memory that other processes of this user can map, without a name in any file system
 * (memfd_create(2)): the kernel frees it with the last process that has it. Confined to one thread
 * at a time.
 */
public final class SharedMemory implements AutoCloseable {
  private static final int MFD_CLOEXEC = 1;

  private final int fd;
  private boolean closed;

  private SharedMemory(int fd) {
    this.fd = fd;
  }

  /**
   * Makes memory of length 0; mapping it gives it a length.
   *
   * @param name what {@code /proc/PID/maps} shows of it
   * @return the memory, to be closed once everybody has mapped it
   */
  public static SharedMemory create(String name) {
    try (Arena arena = Arena.ofConfined()) {
      return new SharedMemory(Libc.memfdCreate(arena.allocateFrom(name), MFD_CLOEXEC));
    }
  }

  /**
   * Where other processes find it while it is open.
   *
   * @return a path in {@code /proc}
   */
  public Path path() {
    return Path.of("/proc", Long.toString(ProcessHandle.current().pid()), "fd", "" + fd);
  }

  /**
   * Maps shared memory for reading and writing.
   *
   * @param path what {@link #path} says in the process that made it
   * @param lengthBytes how much; the memory grows to it
   * @param arena unmaps it
   * @return zeroed memory, or what others wrote there
   * @throws IOException if this process may not
   */
  public static MemorySegment map(Path path, long lengthBytes, Arena arena) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel.map(FileChannel.MapMode.READ_WRITE, 0, lengthBytes, arena);
    }
  }

  /** Closes the descriptor; what is mapped stays. Closing twice does nothing. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Libc.close(fd);
    }
  }
}
