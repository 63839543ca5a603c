package io.weft.kernels.mg;

import io.weft.comm.Communicator;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Puts the planes that each rank has of a field together on every rank. */
final class CoarseGather {
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE;

  private final Communicator communicator;
  private final int elements;
  private final MemorySegment send;
  private final MemorySegment receive;

  /** For fields with {@code planes} planes of so many elements in all, equally many a rank. */
  CoarseGather(Communicator communicator, int planeElements, int planes) {
    this.communicator = communicator;
    this.elements = planes / communicator.size() * planeElements;
    this.send = communicator.allocate((long) elements * Double.BYTES);
    this.receive = communicator.allocate((long) planes * planeElements * Double.BYTES);
  }

  /** What one takes of the communicator's memory. */
  static long bytes(int planeElements, int planes, int ranks) {
    return (long) planeElements * Double.BYTES * (planes + planes / ranks);
  }

  /** Completes a field of which this rank has computed its planes; collective. */
  void gather(Field field) {
    int own = field.start(communicator.rank() * (elements / field.plane()));
    MemorySegment.copy(field.values(), own, send, DOUBLE, 0, elements);
    communicator.allgather(send, 0, receive, 0, send.byteSize());
    int all = elements * communicator.size();
    MemorySegment.copy(receive, DOUBLE, 0, field.values(), field.start(0), all);
  }
}
