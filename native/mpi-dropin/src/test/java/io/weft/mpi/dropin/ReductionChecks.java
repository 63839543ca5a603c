package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import mpi.Comm;
import mpi.Datatype;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;
import mpi.Op;
import mpi.Request;
import mpi.UserFunction;

/** Reductions, with MPI's operations and with those of Java. */
final class ReductionChecks extends Checks {
  ReductionChecks(Intracomm comm) throws MPIException {
    super(comm);
  }

  /** Made before MPI was started, as programs do in static fields. */
  private static final Op SUM_OF_ARRAYS =
      new Op(
          new UserFunction() {
            @Override
            public void call(Object in, Object inOut, int count, Datatype type) {
              int[] a = (int[]) in;
              int[] b = (int[]) inOut;
              for (int i = 0; i < count; i++) {
                b[i] += a[i];
              }
            }
          },
          true);

  private static IntBuffer direct(int... values) {
    return MPI.newIntBuffer(values.length).put(0, values);
  }

  private int[] mine() {
    return new int[] {rank + 1, 10 * rank};
  }

  private int[] sums(int ranks) {
    return new int[] {ranks * (ranks + 1) / 2, 5 * ranks * (ranks - 1)};
  }

  private static int[] array(IntBuffer buffer) {
    int[] values = new int[buffer.capacity()];
    buffer.get(0, values);
    return values;
  }

  void toOne() throws MPIException {
    int root = size - 1;
    int[] nothing = {-1, -1};
    int[] got = {-1, -1};
    comm.reduce(mine(), got, 2, MPI.INT, MPI.SUM, root);
    assertArrayEquals(rank == root ? sums(size) : nothing, got);
    IntBuffer started = direct(-1, -1);
    comm.iReduce(direct(mine()), started, 2, MPI.INT, MPI.SUM, root).waitFor();
    assertArrayEquals(got, array(started));
    int[] place = mine();
    comm.reduce(place, 2, MPI.INT, MPI.SUM, root);
    assertArrayEquals(rank == root ? sums(size) : mine(), place);
    started = direct(mine());
    comm.iReduce(started, 2, MPI.INT, MPI.SUM, root).waitFor();
    assertArrayEquals(place, array(started));
  }

  void toAll() throws MPIException {
    int[] got = new int[2];
    comm.allReduce(mine(), got, 2, MPI.INT, MPI.SUM);
    assertArrayEquals(sums(size), got);
    IntBuffer started = MPI.newIntBuffer(2);
    comm.iAllReduce(direct(mine()), started, 2, MPI.INT, MPI.SUM).waitFor();
    assertArrayEquals(got, array(started));
    int[] place = mine();
    comm.allReduce(place, 2, MPI.INT, MPI.SUM);
    assertArrayEquals(got, place);
    started = direct(mine());
    comm.iAllReduce(started, 2, MPI.INT, MPI.SUM).waitFor();
    assertArrayEquals(got, array(started));
    int[] most = new int[2];
    comm.allReduce(mine(), most, 2, MPI.INT, MPI.MAX);
    assertArrayEquals(new int[] {size, 10 * (size - 1)}, most);
    boolean[] all = {true, rank == 0};
    comm.allReduce(all, 2, MPI.BOOLEAN, MPI.LAND);
    assertArrayEquals(new boolean[] {true, size == 1}, all);
  }

  void parts() throws MPIException {
    int[] ones = new int[size];
    int[] data = new int[size];
    for (int i = 0; i < size; i++) {
      ones[i] = 1;
      data[i] = 100 * rank + i;
    }
    int expected = 50 * size * (size - 1) + rank * size;
    int[] got = new int[1];
    comm.reduceScatter(data, got, ones, MPI.INT, MPI.SUM);
    assertEquals(expected, got[0]);
    IntBuffer started = MPI.newIntBuffer(1);
    comm.iReduceScatter(direct(data), started, ones, MPI.INT, MPI.SUM).waitFor();
    assertEquals(expected, started.get(0));
    int[] place = data.clone();
    comm.reduceScatter(place, ones, MPI.INT, MPI.SUM);
    assertEquals(expected, place[0]);
    started = direct(data);
    comm.iReduceScatter(started, ones, MPI.INT, MPI.SUM).waitFor();
    assertEquals(expected, started.get(0));
    got[0] = 0;
    comm.reduceScatterBlock(data, got, 1, MPI.INT, MPI.SUM);
    assertEquals(expected, got[0]);
    started = MPI.newIntBuffer(1);
    comm.iReduceScatterBlock(direct(data), started, 1, MPI.INT, MPI.SUM).waitFor();
    assertEquals(expected, started.get(0));
    place = data.clone();
    comm.reduceScatterBlock(place, 1, MPI.INT, MPI.SUM);
    assertEquals(expected, place[0]);
    started = direct(data);
    comm.iReduceScatterBlock(started, 1, MPI.INT, MPI.SUM).waitFor();
    assertEquals(expected, started.get(0));
  }

  void scans() throws MPIException {
    int[] got = new int[2];
    comm.scan(mine(), got, 2, MPI.INT, MPI.SUM);
    assertArrayEquals(sums(rank + 1), got);
    IntBuffer started = MPI.newIntBuffer(2);
    comm.iScan(direct(mine()), started, 2, MPI.INT, MPI.SUM).waitFor();
    assertArrayEquals(got, array(started));
    int[] place = mine();
    comm.scan(place, 2, MPI.INT, MPI.SUM);
    assertArrayEquals(got, place);
    started = direct(mine());
    comm.iScan(started, 2, MPI.INT, MPI.SUM).waitFor();
    assertArrayEquals(got, array(started));
    int[] before = {-1, -1};
    comm.exScan(mine(), before, 2, MPI.INT, MPI.SUM);
    assertArrayEquals(rank == 0 ? new int[] {-1, -1} : sums(rank), before);
    started = direct(-1, -1);
    comm.iExScan(direct(mine()), started, 2, MPI.INT, MPI.SUM).waitFor();
    int[] expected = sums(rank);
    place = mine();
    comm.exScan(place, 2, MPI.INT, MPI.SUM);
    IntBuffer same = direct(mine());
    comm.iExScan(same, 2, MPI.INT, MPI.SUM).waitFor();
    if (rank > 0) {
      assertArrayEquals(expected, array(started));
      assertArrayEquals(expected, place);
      assertArrayEquals(expected, array(same));
    }
  }

  void localOnes() throws MPIException {
    int[] sum = {3, 4};
    Comm.reduceLocal(new int[] {1, 2}, sum, 2, MPI.INT, MPI.SUM);
    assertArrayEquals(new int[] {4, 6}, sum);
    assertTrue(MPI.SUM.isCommutative());
    assertFalse(MPI.SUM.isNull());
    refused(MPI.ERR_OP, "MPI_Op_free", "predefined", MPI.SUM::free);
    byte[] bytes = {3};
    check(MPI.BAND, 5, 6, 5 & 6);
    check(MPI.BOR, 5, 6, 5 | 6);
    check(MPI.BXOR, 5, 6, 5 ^ 6);
    check(MPI.LOR, 5, 0, 1);
    check(MPI.LAND, 5, 0, 0);
    check(MPI.LXOR, 5, 3, 0);
    check(MPI.PROD, 5, 6, 30);
    check(MPI.MIN, 5, -6, -6);
    check(MPI.MAX, 5, -6, 5);
    Comm.reduceLocal(new byte[] {7}, bytes, 1, MPI.BYTE, MPI.MAX);
    assertEquals(7, bytes[0]);
  }

  private static void check(Op op, int a, int b, int expected) throws MPIException {
    int[] result = {b};
    Comm.reduceLocal(new int[] {a}, result, 1, MPI.INT, op);
    assertEquals(expected, result[0]);
  }

  void inJava() throws MPIException {
    int[] got = new int[2];
    comm.allReduce(mine(), got, 2, MPI.INT, SUM_OF_ARRAYS);
    assertArrayEquals(sums(size), got);
    IntBuffer started = MPI.newIntBuffer(2);
    comm.iAllReduce(direct(mine()), started, 2, MPI.INT, SUM_OF_ARRAYS).waitFor();
    assertArrayEquals(got, array(started));
    Op last = new Op(new Last(), false);
    assertFalse(last.isCommutative());
    assertFalse(last.isNull());
    Datatype pair = Datatype.createContiguous(2, MPI.INT);
    pair.commit();
    int[] two = {rank, 7 * rank};
    comm.allReduce(two, 1, pair, last);
    assertArrayEquals(new int[] {size - 1, 7 * (size - 1)}, two);
    // The next datatype may get the handle of the one before.
    for (int turn = 0; turn < 3; turn++) {
      Datatype other = Datatype.createContiguous(2, MPI.INT);
      other.commit();
      int[] values = {rank + turn, 0};
      comm.allReduce(values, 1, other, last);
      assertEquals(size - 1 + turn, values[0]);
      other.free();
    }
    last.free();
    assertTrue(last.isNull());
    refused(MPI.ERR_OP, "MPI_Op_free", "freed", last::free);
    refused(MPI.ERR_OP, "MPI_Allreduce", "freed", () -> comm.allReduce(two, 1, pair, last));
    pair.free();
  }

  /** The right operand wins; calls of MPI in it do no harm. */
  private static final class Last extends UserFunction {
    @Override
    public void call(ByteBuffer in, ByteBuffer inOut, int count, Datatype type)
        throws MPIException {
      // in op inOut: inOut stays, and is the higher rank's.
      assertEquals(2 * count * Integer.BYTES, inOut.capacity());
      assertEquals(2, type.getExtent());
      assertEquals(MPI.newByteBuffer(1).order(), in.order());
    }
  }

  /** What an operation throws comes out of the call that reduces, on the rank that called it. */
  void throwing() throws MPIException {
    Op refuses =
        new Op(
            new UserFunction() {
              @Override
              public void call(Object in, Object inOut, int count, Datatype type)
                  throws MPIException {
                throw new MPIException("of the operation");
              }
            },
            true);
    MPIException thrown =
        assertThrows(
            MPIException.class,
            () -> Comm.reduceLocal(new int[1], new int[1], 1, MPI.INT, refuses));
    assertEquals("of the operation", thrown.getMessage());
    Op nothing = new Op(new UserFunction() {}, true);
    assertThrows(
        UnsupportedOperationException.class,
        () -> Comm.reduceLocal(new int[1], new int[1], 1, MPI.INT, nothing));
    int raised = 0;
    try {
      comm.allReduce(new int[1], new int[1], 1, MPI.INT, refuses);
    } catch (MPIException expected) {
      raised = 1;
    }
    try {
      Request request = comm.iAllReduce(direct(0), direct(0), 1, MPI.INT, refuses);
      request.waitFor();
    } catch (MPIException expected) {
      raised++;
    }
    int[] all = {raised};
    comm.allReduce(all, 1, MPI.INT, MPI.SUM);
    // On one rank there is nothing to combine.
    assertTrue(size == 1 ? all[0] == 0 : all[0] >= 2, () -> all[0] + " exceptions");
  }
}
