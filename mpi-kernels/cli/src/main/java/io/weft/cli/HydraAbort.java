package io.weft.cli;

import io.weft.ffi.CType;
import io.weft.ffi.NativeLibrary;
import io.weft.ffi.NativeLibraryException;
import io.weft.ffi.Unchecked;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Ends a job of MPICH's Hydra from a rank that has not initialised MPI. Open MPI's launcher ends a
 * job when a rank ends with a status other than 0; Hydra lets the other ranks wait for it in {@code
 * MPI_Init}.
 */
final class HydraAbort {
  /** Hydra's own, and not of others that speak PMI over {@code PMI_FD} (Slurm). */
  private static final String HYDRA_VARIABLE = "HYDI_CONTROL_FD";

  private static final String SOCKET_VARIABLE = "PMI_FD";

  private HydraAbort() {}

  /**
   * Asks Hydra to end every rank with a status (PMI-1's {@code abort}); does nothing under another
   * launcher.
   */
  static void endJob(int status, Map<String, String> environment) {
    String socket = environment.get(SOCKET_VARIABLE);
    if (!environment.containsKey(HYDRA_VARIABLE) || socket == null || !socket.matches("\\d{1,9}")) {
      return;
    }
    byte[] message = ("cmd=abort exitcode=" + status + "\n").getBytes(StandardCharsets.US_ASCII);
    try (Arena arena = Arena.ofConfined()) {
      // ssize_t write(int fd, const void *buf, size_t count), write(2).
      MethodHandle write =
          NativeLibrary.open("libc.so.6")
              .function("write", CType.longFunction(CType.INT, CType.POINTER, CType.LONG));
      MemorySegment text = arena.allocateFrom(ValueLayout.JAVA_BYTE, message);
      long ignored =
          (long) write.invokeExact(Integer.parseInt(socket), text.address(), text.byteSize());
    } catch (NativeLibraryException otherLibc) {
      return; // The rank ends with its status all the same.
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
