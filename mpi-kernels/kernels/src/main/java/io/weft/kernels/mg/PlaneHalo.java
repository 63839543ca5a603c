package io.weft.kernels.mg;

import io.weft.comm.Communicator;
import io.weft.comm.HaloExchange;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Brings the first and last plane of the neighbours along z to the ghost planes of fields of one
 * shape: one exchange, made once, for all of them. The border between arrays and native memory.
 */
final class PlaneHalo implements AutoCloseable {
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE;
  private static final int DOWN = 0;
  private static final int UP = 1;

  private final int elements;
  private final MemorySegment send;
  private final MemorySegment receive;
  private final HaloExchange exchange;

  /** Makes one; collective. */
  PlaneHalo(Communicator communicator, int planeElements) {
    this.elements = planeElements;
    long bytes = bytesOfPlane(planeElements);
    this.send = communicator.allocate(2 * bytes);
    this.receive = communicator.allocate(2 * bytes);
    int rank = communicator.rank();
    int ranks = communicator.size();
    int below = (rank + ranks - 1) % ranks;
    int above = (rank + 1) % ranks;
    this.exchange =
        HaloExchange.of(
            communicator,
            List.of(
                new HaloExchange.Face(below, send, 0, receive, 0, bytes, DOWN, UP),
                new HaloExchange.Face(above, send, bytes, receive, bytes, bytes, UP, DOWN)));
  }

  /** What one takes of the communicator's memory. */
  static long bytes(int planeElements) {
    return 4 * bytesOfPlane(planeElements);
  }

  private static long bytesOfPlane(int elements) {
    return (long) elements * Double.BYTES;
  }

  /** Sends the outer planes; they may be changed at once. */
  void start(Field field) {
    double[] values = field.values();
    MemorySegment.copy(values, field.start(0), send, DOUBLE, 0, elements);
    int last = field.start(field.planes() - 1);
    MemorySegment.copy(values, last, send, DOUBLE, bytesOfPlane(elements), elements);
    exchange.start();
  }

  /** Waits for the neighbours' planes. */
  void await() {
    exchange.await();
  }

  /** Puts them into the ghost planes. */
  void copyTo(Field field) {
    double[] values = field.values();
    MemorySegment.copy(receive, DOUBLE, 0, values, field.start(-1), elements);
    int above = field.start(field.planes());
    MemorySegment.copy(receive, DOUBLE, bytesOfPlane(elements), values, above, elements);
  }

  @Override
  public void close() {
    exchange.close();
  }
}
