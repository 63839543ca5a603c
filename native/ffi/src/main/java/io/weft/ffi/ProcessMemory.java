package io.weft.ffi;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Another process of this user, whose memory is read in one copy (process_vm_readv(2)). Confined to
 * one thread; reading allocates nothing.
 */
public final class ProcessMemory {
  private static final int PR_SET_PTRACER = 0x59616d61;
  private static final long PR_SET_PTRACER_ANY = -1;

  /** {@code struct iovec}: an address and a length. */
  private static final long IOVEC_BYTES = 16;

  private final int pid;
  private final String started;
  private final MemorySegment local;
  private final MemorySegment remote;

  /**
   * Makes one for a process that is alive.
   *
   * @param pid its number
   * @param arena owns what calls need
   */
  public ProcessMemory(long pid, Arena arena) {
    this.pid = Math.toIntExact(pid);
    this.started = started(pid);
    this.local = arena.allocate(IOVEC_BYTES, Long.BYTES);
    this.remote = arena.allocate(IOVEC_BYTES, Long.BYTES);
  }

  /**
   * Lets every process of this user read this one's memory where the kernel's Yama module would
   * allow that to its ancestors alone ({@code PR_SET_PTRACER}, prctl(2)); without Yama it does
   * nothing.
   */
  public static void allowReaders() {
    // EINVAL says that there is no Yama, and nothing to allow.
    Libc.prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY);
  }

  /**
   * Reads.
   *
   * @param target where it goes
   * @param offsetBytes where in it
   * @param address where it lies in the other process
   * @param lengthBytes how much
   * @throws NativeCallException if the kernel refuses, or the process is no more
   */
  public void read(MemorySegment target, long offsetBytes, long address, long lengthBytes) {
    for (long done = 0; done < lengthBytes; ) {
      long rest = lengthBytes - done;
      set(local, target.address() + offsetBytes + done, rest);
      set(remote, address + done, rest);
      long read = Libc.processVmReadv(pid, local.address(), remote.address());
      if (read <= 0) {
        int errno = (int) -read;
        throw new NativeCallException("process_vm_readv", errno, Libc.strerror(errno));
      }
      done += read;
    }
  }

  private static void set(MemorySegment iovec, long address, long lengthBytes) {
    iovec.set(ValueLayout.JAVA_LONG, 0, address);
    iovec.set(ValueLayout.JAVA_LONG, Long.BYTES, lengthBytes);
  }

  /**
   * The number of the process.
   *
   * @return its pid
   */
  public int pid() {
    return pid;
  }

  /**
   * Says whether the process is still there.
   *
   * @return false once it has ended, even if another one has its number by now
   */
  public boolean isAlive() {
    return !started.isEmpty() && started(pid).equals(started);
  }

  /** When it started, in ticks since the host did; empty for one that has ended (proc(5)). */
  private static String started(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The name, in parentheses, may hold spaces; state is the third field, start the 22nd.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return fields[0].equals("Z") || fields[0].equals("X") ? "" : fields[19];
    } catch (IOException gone) {
      return "";
    }
  }
}
