package mpi;

import io.weft.ffi.NativeMemory;
import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiErrorClass;
import io.weft.mpi.ffm.MpiStatuses;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Room for buffered sends: MPI has one for the whole process (MPI-4.0 section 3.6). */
final class SendBuffer {
  private static byte[] attached;

  /** What C uses while {@link #attached} stands for it. */
  private static MemorySegment room;

  private SendBuffer() {}

  static synchronized void attach(byte[] buffer) throws MPIException {
    String f = "MPI_Buffer_attach";
    State.check(f);
    Errors.notNull(f, "buffer", buffer);
    if (attached != null) {
      throw Errors.argument(f, MpiErrorClass.MPI_ERR_BUFFER, "there is a buffer attached already");
    }
    MemorySegment made = NativeMemory.allocatePages(Arena.ofAuto(), buffer.length);
    try {
      MpiStatuses.bufferAttach(made.address(), buffer.length);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    room = made;
    attached = buffer;
  }

  static synchronized byte[] detach() throws MPIException {
    String f = "MPI_Buffer_detach";
    State.check(f);
    if (attached == null) {
      throw Errors.argument(f, MpiErrorClass.MPI_ERR_BUFFER, "there is no buffer attached");
    }
    Scratch scratch = Scratch.begin();
    try {
      MpiStatuses.bufferDetach(scratch.cell, scratch.cell2);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    byte[] detached = attached;
    attached = null;
    room = MemorySegment.NULL;
    return detached;
  }
}
