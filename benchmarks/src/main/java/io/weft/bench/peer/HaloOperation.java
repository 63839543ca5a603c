package io.weft.bench.peer;

import io.weft.comm.Cartesian;
import io.weft.comm.Communicator;
import io.weft.comm.HaloExchange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The faces of a periodic grid of ranks, by one persistent exchange. */
final class HaloOperation extends CommunicatorOperation {
  private final HaloExchange exchange;
  private final int faces;

  HaloOperation(Communicator comm, long bytes, int dimensions) {
    super(comm, bytes, 2L * dimensions * bytes, 2L * dimensions * bytes);
    this.faces = 2 * dimensions;
    boolean[] periodic = new boolean[dimensions];
    Arrays.fill(periodic, true);
    Cartesian grid = new Cartesian(Cartesian.balanced(comm.size(), dimensions), periodic);
    List<HaloExchange.Face> all = new ArrayList<>();
    for (int face = 0; face < faces; face++) {
      // Face 2d goes to the lower neighbour along d, 2d + 1 to the upper one; each comes in as the
      // other's opposite.
      int neighbour = grid.neighbour(rank, face / 2, face % 2 == 0 ? -1 : 1);
      int opposite = face ^ 1;
      all.add(
          new HaloExchange.Face(
              neighbour, out, face * bytes, in, face * bytes, bytes, face, opposite));
    }
    this.exchange = HaloExchange.of(comm, all);
  }

  @Override
  public void run(int count) {
    for (int i = 0; i < count; i++) {
      exchange.start();
      exchange.await();
    }
  }

  @Override
  long received() {
    return faces * bytes;
  }

  @Override
  public void close() {
    exchange.close();
  }
}
