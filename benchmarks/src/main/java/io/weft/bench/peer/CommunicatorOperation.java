package io.weft.bench.peer;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.weft.bench.Checksum;
import io.weft.comm.Communicator;
import java.lang.foreign.MemorySegment;

/** A pattern over a communicator, with a buffer to send and one to receive. */
abstract class CommunicatorOperation implements Operation {
  final Communicator comm;
  final int rank;
  final long bytes;
  final MemorySegment out;
  final MemorySegment in;

  /** Of so many bytes each; {@code bytes} is a message's. */
  CommunicatorOperation(Communicator comm, long bytes, long outBytes, long inBytes) {
    this.comm = comm;
    this.rank = comm.rank();
    this.bytes = bytes;
    this.out = comm.allocate(Math.max(1, outBytes));
    this.in = comm.allocate(Math.max(1, inBytes));
    for (long k = 0; k < outBytes; k++) {
      out.set(JAVA_BYTE, k, (byte) (7 * k + rank));
    }
  }

  /** How many bytes of {@link #target} this rank receives. */
  abstract long received();

  /** Where it receives them. */
  MemorySegment target() {
    return in;
  }

  @Override
  public final long checksum() {
    long length = received();
    return length == 0 ? 0 : Checksum.sum(target(), length);
  }

  @Override
  public void close() {
    // The communicator owns its memory.
  }
}
