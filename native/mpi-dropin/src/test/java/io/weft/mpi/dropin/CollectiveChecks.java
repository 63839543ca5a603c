package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.IntBuffer;
import java.util.Arrays;
import mpi.CartComm;
import mpi.Datatype;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;

/**
 * Collective operations on arrays and, started, on direct buffers. Element i of rank r is 100 r + i
 * wherever nothing else is said.
 */
final class CollectiveChecks extends Checks {
  private final int root;
  private final int[] counts;
  private final int[] displs;
  private final int total;

  CollectiveChecks(Intracomm comm) throws MPIException {
    super(comm);
    this.root = size - 1;
    this.counts = new int[size];
    this.displs = new int[size];
    int at = 0;
    for (int r = 0; r < size; r++) {
      counts[r] = r + 1;
      // A gap of one element before each block.
      displs[r] = at + 1;
      at = displs[r] + counts[r];
    }
    this.total = at;
  }

  private static int of(int rank, int i) {
    return 100 * rank + i;
  }

  private int[] mine(int count) {
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = of(rank, i);
    }
    return values;
  }

  private static IntBuffer direct(int... values) {
    return MPI.newIntBuffer(values.length).put(0, values);
  }

  private static int[] array(IntBuffer buffer) {
    int[] values = new int[buffer.capacity()];
    buffer.get(0, values);
    return values;
  }

  private int[] gathered(int count) {
    int[] values = new int[size * count];
    for (int i = 0; i < values.length; i++) {
      values[i] = of(i / count, i % count);
    }
    return values;
  }

  /** Blocks of all ranks where {@link #displs} says; -1 in the gaps. */
  private int[] gatheredVector() {
    int[] values = gaps();
    for (int r = 0; r < size; r++) {
      for (int i = 0; i < counts[r]; i++) {
        values[displs[r] + i] = of(r, i);
      }
    }
    return values;
  }

  private int[] gaps() {
    int[] values = new int[total];
    java.util.Arrays.fill(values, -1);
    return values;
  }

  void broadcast() throws MPIException {
    int[] values = rank == root ? mine(3) : new int[3];
    comm.bcast(values, 3, MPI.INT, root);
    assertArrayEquals(new int[] {of(root, 0), of(root, 1), of(root, 2)}, values);
    IntBuffer buffer = direct(rank == root ? mine(3) : new int[3]);
    comm.iBcast(buffer, 3, MPI.INT, root).waitFor();
    assertArrayEquals(values, array(buffer));
    comm.barrier();
    comm.iBarrier().waitFor();
  }

  void gather() throws MPIException {
    int[] got = new int[2 * size];
    comm.gather(mine(2), 2, MPI.INT, rank == root ? got : null, 2, MPI.INT, root);
    assertArrayEquals(rank == root ? gathered(2) : new int[2 * size], got);
    IntBuffer buffer = MPI.newIntBuffer(2 * size);
    comm.iGather(direct(mine(2)), 2, MPI.INT, buffer, 2, MPI.INT, root).waitFor();
    assertArrayEquals(got, array(buffer));
    int[] place = rank == root ? new int[2 * size] : mine(2);
    if (rank == root) {
      System.arraycopy(mine(2), 0, place, 2 * rank, 2);
    }
    IntBuffer same = direct(place.clone());
    comm.gather(place, 2, MPI.INT, root);
    comm.iGather(same, 2, MPI.INT, root).waitFor();
    assertArrayEquals(rank == root ? gathered(2) : mine(2), place);
    assertArrayEquals(place, array(same));
  }

  void gatherVector() throws MPIException {
    int[] got = gaps();
    comm.gatherv(mine(rank + 1), rank + 1, MPI.INT, got, counts, displs, MPI.INT, root);
    assertArrayEquals(rank == root ? gatheredVector() : gaps(), got);
    IntBuffer buffer = direct(gaps());
    comm.iGatherv(direct(mine(rank + 1)), rank + 1, MPI.INT, buffer, counts, displs, MPI.INT, root)
        .waitFor();
    assertArrayEquals(got, array(buffer));
    int[] inPlace = gaps();
    System.arraycopy(mine(rank + 1), 0, inPlace, displs[rank], rank + 1);
    IntBuffer same = direct(inPlace.clone());
    if (rank == root) {
      comm.gatherv(inPlace, counts, displs, MPI.INT, root);
      comm.iGatherv(same, counts, displs, MPI.INT, root).waitFor();
      assertArrayEquals(gatheredVector(), inPlace);
      assertArrayEquals(gatheredVector(), array(same));
      refused(MPI.ERR_ROOT, "MPI_Gatherv", "root", () -> comm.gatherv(inPlace, 1, MPI.INT, root));
    } else {
      comm.gatherv(mine(rank + 1), rank + 1, MPI.INT, root);
      comm.iGatherv(direct(mine(rank + 1)), rank + 1, MPI.INT, root).waitFor();
      refused(
          MPI.ERR_ROOT,
          "MPI_Gatherv",
          "root",
          () -> comm.gatherv(inPlace, counts, displs, MPI.INT, root));
    }
  }

  void scatter() throws MPIException {
    int[] all = rank == root ? gathered(2) : null;
    int[] got = new int[2];
    comm.scatter(all, 2, MPI.INT, got, 2, MPI.INT, root);
    assertArrayEquals(mine(2), got);
    IntBuffer buffer = MPI.newIntBuffer(2);
    comm.iScatter(rank == root ? direct(all) : null, 2, MPI.INT, buffer, 2, MPI.INT, root)
        .waitFor();
    assertArrayEquals(mine(2), array(buffer));
    int[] place = rank == root ? gathered(2) : new int[2];
    IntBuffer same = direct(place.clone());
    comm.scatter(place, 2, MPI.INT, root);
    comm.iScatter(same, 2, MPI.INT, root).waitFor();
    assertArrayEquals(rank == root ? gathered(2) : mine(2), place);
    assertArrayEquals(place, array(same));
  }

  void scatterVector() throws MPIException {
    int[] all = gatheredVector();
    int[] got = new int[rank + 1];
    comm.scatterv(all, counts, displs, MPI.INT, got, rank + 1, MPI.INT, root);
    assertArrayEquals(mine(rank + 1), got);
    IntBuffer buffer = MPI.newIntBuffer(rank + 1);
    comm.iScatterv(direct(all), counts, displs, MPI.INT, buffer, rank + 1, MPI.INT, root).waitFor();
    assertArrayEquals(got, array(buffer));
    if (rank == root) {
      comm.scatterv(all, counts, displs, MPI.INT, root);
      comm.iScatterv(direct(all), counts, displs, MPI.INT, root).waitFor();
    } else {
      int[] part = new int[rank + 1];
      comm.scatterv(part, rank + 1, MPI.INT, root);
      assertArrayEquals(got, part);
      IntBuffer same = MPI.newIntBuffer(rank + 1);
      comm.iScatterv(same, rank + 1, MPI.INT, root).waitFor();
      assertArrayEquals(got, array(same));
    }
  }

  void allGather() throws MPIException {
    int[] got = new int[2 * size];
    comm.allGather(mine(2), 2, MPI.INT, got, 2, MPI.INT);
    assertArrayEquals(gathered(2), got);
    IntBuffer buffer = MPI.newIntBuffer(2 * size);
    comm.iAllGather(direct(mine(2)), 2, MPI.INT, buffer, 2, MPI.INT).waitFor();
    assertArrayEquals(got, array(buffer));
    int[] place = new int[2 * size];
    System.arraycopy(mine(2), 0, place, 2 * rank, 2);
    IntBuffer same = direct(place.clone());
    comm.allGather(place, 2, MPI.INT);
    comm.iAllGather(same, 2, MPI.INT).waitFor();
    assertArrayEquals(got, place);
    assertArrayEquals(got, array(same));
    if (size == 1 && isMpich4()) {
      System.out.println(
          "[skipped] allGatherv with a gap on one rank: MPICH 4.0 puts the block at 0, from C too");
      return;
    }
    int[] vector = gaps();
    comm.allGatherv(mine(rank + 1), rank + 1, MPI.INT, vector, counts, displs, MPI.INT);
    assertArrayEquals(gatheredVector(), vector);
    IntBuffer direct = direct(gaps());
    comm.iAllGatherv(direct(mine(rank + 1)), rank + 1, MPI.INT, direct, counts, displs, MPI.INT)
        .waitFor();
    assertArrayEquals(vector, array(direct));
    int[] own = gaps();
    System.arraycopy(mine(rank + 1), 0, own, displs[rank], rank + 1);
    IntBuffer ownDirect = direct(own.clone());
    comm.allGatherv(own, counts, displs, MPI.INT);
    comm.iAllGatherv(ownDirect, counts, displs, MPI.INT).waitFor();
    assertArrayEquals(vector, own);
    assertArrayEquals(vector, array(ownDirect));
  }

  /** Rank r gives rank d the number 100 r + d. */
  void allToAll() throws MPIException {
    int[] expected = new int[size];
    for (int r = 0; r < size; r++) {
      expected[r] = of(r, rank);
    }
    int[] got = new int[size];
    comm.allToAll(mine(size), 1, MPI.INT, got, 1, MPI.INT);
    assertArrayEquals(expected, got);
    IntBuffer buffer = MPI.newIntBuffer(size);
    comm.iAllToAll(direct(mine(size)), 1, MPI.INT, buffer, 1, MPI.INT).waitFor();
    assertArrayEquals(expected, array(buffer));
    int[] ones = new int[size];
    int[] places = new int[size];
    int[] bytes = new int[size];
    Datatype[] types = new Datatype[size];
    for (int r = 0; r < size; r++) {
      ones[r] = 1;
      places[r] = r;
      bytes[r] = Integer.BYTES * r;
      types[r] = MPI.INT;
    }
    int[] vector = new int[size];
    comm.allToAllv(mine(size), ones, places, MPI.INT, vector, ones, places, MPI.INT);
    assertArrayEquals(expected, vector);
    IntBuffer direct = MPI.newIntBuffer(size);
    comm.iAllToAllv(direct(mine(size)), ones, places, MPI.INT, direct, ones, places, MPI.INT)
        .waitFor();
    assertArrayEquals(expected, array(direct));
    IntBuffer typed = MPI.newIntBuffer(size);
    comm.allToAllw(direct(mine(size)), ones, bytes, types, typed, ones, bytes, types);
    assertArrayEquals(expected, array(typed));
    IntBuffer started = MPI.newIntBuffer(size);
    comm.iAllToAllw(direct(mine(size)), ones, bytes, types, started, ones, bytes, types).waitFor();
    assertArrayEquals(expected, array(started));
    int[] onHeap = new int[size + 1];
    Object given = mine(size);
    comm.allToAllw(given, ones, bytes, types, MPI.slice(onHeap, 1), ones, bytes, types);
    assertEquals(0, onHeap[0]);
    assertArrayEquals(expected, Arrays.copyOfRange(onHeap, 1, size + 1));
    Object array = new int[size];
    comm.allToAllw(given, ones, bytes, types, array, ones, bytes, types);
    assertArrayEquals(expected, (int[]) array);
    blocksOfUnequalTypes();
    bytes[0] = Integer.BYTES * size;
    assertThrows(
        ArrayIndexOutOfBoundsException.class,
        () -> comm.allToAllw(given, ones, bytes, types, array, ones, bytes, types));
    assertThrows(
        ArrayIndexOutOfBoundsException.class,
        () -> comm.allToAllw(direct(mine(size)), ones, bytes, types, typed, ones, bytes, types));
  }

  /** Blocks of two numbers in arrays; those of even ranks are put with a gap between them. */
  private void blocksOfUnequalTypes() throws MPIException {
    Datatype gapped = Datatype.createVector(2, 1, 2, MPI.INT);
    gapped.commit();
    int[] given = new int[size];
    int[] from = new int[size];
    int[] taken = new int[size];
    int[] to = new int[size];
    Datatype[] sent = new Datatype[size];
    Datatype[] received = new Datatype[size];
    int[] expected = new int[4 * size];
    Arrays.fill(expected, -7);
    for (int r = 0; r < size; r++) {
      boolean gap = r % 2 == 0;
      given[r] = 2;
      from[r] = 2 * r * Integer.BYTES;
      taken[r] = gap ? 1 : 2;
      to[r] = 4 * r * Integer.BYTES;
      sent[r] = MPI.INT;
      received[r] = gap ? gapped : MPI.INT;
      expected[4 * r] = of(r, 2 * rank);
      expected[4 * r + (gap ? 2 : 1)] = of(r, 2 * rank + 1);
    }
    int[] got = new int[4 * size];
    Arrays.fill(got, -7);
    Object numbers = mine(2 * size);
    comm.allToAllw(numbers, given, from, sent, (Object) got, taken, to, received);
    gapped.free();
    assertArrayEquals(expected, got);
  }

  /** A line of ranks that is no ring: those at the ends have one neighbour each. */
  void neighbors() throws MPIException {
    CartComm line = comm.createCart(new int[] {size}, new boolean[] {false}, false);
    int[] expected = {rank > 0 ? of(rank - 1, 0) : -1, rank < size - 1 ? of(rank + 1, 0) : -1};
    int[] two = {1, 1};
    int[] places = {0, 1};
    int[] got = {-1, -1};
    line.neighborAllGather(mine(1), 1, MPI.INT, got, 1, MPI.INT);
    assertArrayEquals(expected, got);
    IntBuffer started = direct(-1, -1);
    line.iNeighborAllGather(direct(mine(1)), 1, MPI.INT, started, 1, MPI.INT).waitFor();
    assertArrayEquals(expected, array(started));
    int[] vector = {-1, -1};
    line.neighborAllGatherv(mine(1), 1, MPI.INT, vector, two, places, MPI.INT);
    assertArrayEquals(expected, vector);
    started = direct(-1, -1);
    line.iNeighborAllGatherv(direct(mine(1)), 1, MPI.INT, started, two, places, MPI.INT).waitFor();
    assertArrayEquals(expected, array(started));
    // To the left goes element 0, to the right element 1.
    int[] each = {rank > 0 ? of(rank - 1, 1) : -1, rank < size - 1 ? of(rank + 1, 0) : -1};
    int[] all = {-1, -1};
    line.neighborAllToAll(mine(2), 1, MPI.INT, all, 1, MPI.INT);
    assertArrayEquals(each, all);
    started = direct(-1, -1);
    line.iNeighborAllToAll(direct(mine(2)), 1, MPI.INT, started, 1, MPI.INT).waitFor();
    assertArrayEquals(each, array(started));
    int[] allVector = {-1, -1};
    line.neighborAllToAllv(mine(2), two, places, MPI.INT, allVector, two, places, MPI.INT);
    assertArrayEquals(each, allVector);
    started = direct(-1, -1);
    line.iNeighborAllToAllv(direct(mine(2)), two, places, MPI.INT, started, two, places, MPI.INT)
        .waitFor();
    assertArrayEquals(each, array(started));
    line.free();
    refused(
        MPI.ERR_TOPOLOGY,
        "MPI_Neighbor_allgather",
        "topology",
        () -> comm.neighborAllGather(mine(1), 1, MPI.INT, new int[9], 1, MPI.INT));
  }
}
