package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiStatuses;
import io.weft.mpi.ffm.PredefinedHandle;
import java.nio.Buffer;

/** Brings what a receive has written to where it belongs, and no byte more. */
final class Received {
  private static final long BYTE = Lib.handle(PredefinedHandle.MPI_BYTE);

  private Received() {}

  /** The address at which C receives. */
  static long place(
      String function, String name, Scratch scratch, Object buf, int count, Datatype type)
      throws MPIException {
    long first = type.first(count);
    long end = type.end(count);
    return type.isContiguous()
        ? scratch.receive.target(function, name, buf, first, end)
        : scratch.receive.both(function, name, buf, first, end);
  }

  /** After the receive: copies back, and reads the status. */
  static Status taken(Scratch scratch, Object buf, int count, Datatype type) throws MPIException {
    Status status = new Status(scratch.status);
    if (!(buf instanceof Buffer buffer && buffer.isDirect())) {
      long first = type.first(count);
      scratch.receive.back(
          buf, first, first, type.isContiguous() ? bytes(scratch) : type.end(count));
    }
    return status;
  }

  /** The length of the message, which may be shorter than the buffer. */
  private static long bytes(Scratch scratch) throws MPIException {
    try {
      MpiStatuses.getElementsX(scratch.status, BYTE, scratch.cell3);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Lib.readLong(scratch.cell3);
  }
}
