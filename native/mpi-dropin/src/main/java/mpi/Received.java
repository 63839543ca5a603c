package mpi;

import io.weft.mpi.ffm.StatusLength;
import java.nio.Buffer;

/** Brings what a receive has written to where it belongs, and no byte more. */
final class Received {
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

  /** After the receive: copies back, and reads the status. The message may be a short one. */
  static Status taken(Scratch scratch, Object buf, int count, Datatype type) {
    Status status = new Status(scratch.status);
    if (!(buf instanceof Buffer buffer && buffer.isDirect())) {
      long first = type.first(count);
      scratch.receive.back(
          buf,
          first,
          first,
          type.isContiguous()
              ? StatusLength.bytes(scratch.status, scratch.cell3)
              : type.end(count));
    }
    return status;
  }
}
