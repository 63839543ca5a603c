package io.weft.mpi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntBinaryOperator;

/** Operations of reductions, predefined and in Java. */
final class OpChecks extends Checks {
  OpChecks(Mpi mpi, Comm comm) {
    super(mpi, comm);
  }

  private void ofInts(Op op, IntBinaryOperator formula) {
    for (int i = 0; i < 4; i++) {
      send.setAtIndex(JAVA_INT, i, element(rank, i));
    }
    comm.allreduce(send, 0, recv, 0, 4, Datatype.INT, op);
    for (int i = 0; i < 4; i++) {
      int expected = element(0, i);
      for (int each = 1; each < size; each++) {
        expected = formula.applyAsInt(expected, element(each, i));
      }
      assertEquals(expected, recv.getAtIndex(JAVA_INT, i), op + " " + i);
    }
  }

  private static int element(int of, int i) {
    return i == 3 ? 0 : (of * 37 + i * 11) % 16 * (of == 1 && i == 2 ? 0 : 1);
  }

  private static int of(boolean truth) {
    return truth ? 1 : 0;
  }

  void predefined() {
    ofInts(Op.SUM, Integer::sum);
    ofInts(Op.PROD, (a, b) -> a * b);
    ofInts(Op.MIN, Math::min);
    ofInts(Op.MAX, Math::max);
    ofInts(Op.BAND, (a, b) -> a & b);
    ofInts(Op.BOR, (a, b) -> a | b);
    ofInts(Op.BXOR, (a, b) -> a ^ b);
    if (size > 1) {
      ofInts(Op.LAND, (a, b) -> of(a != 0 && b != 0));
      ofInts(Op.LOR, (a, b) -> of(a != 0 || b != 0));
      ofInts(Op.LXOR, (a, b) -> of((a != 0) != (b != 0)));
    }
  }

  void ofTheOtherTypes() {
    send.set(JAVA_BYTE, 0, (byte) (rank - 100));
    comm.allreduce(send, 0, recv, 0, 1, Datatype.INT8, Op.MIN);
    assertEquals(-100, recv.get(JAVA_BYTE, 0));
    send.set(JAVA_SHORT, 0, (short) (1000 * (rank + 1)));
    comm.allreduce(send, 0, recv, 0, 1, Datatype.SHORT, Op.SUM);
    assertEquals(500 * size * (size + 1), recv.get(JAVA_SHORT, 0));
    send.set(JAVA_SHORT, 0, (short) 0xffff);
    comm.allreduce(send, 0, recv, 0, 1, Datatype.CHAR, Op.MAX);
    assertEquals((short) 0xffff, recv.get(JAVA_SHORT, 0));
    send.set(JAVA_BYTE, 0, (byte) (rank == 0 ? 0 : 1));
    comm.allreduce(send, 0, recv, 0, 1, Datatype.BOOLEAN, Op.LAND);
    assertEquals(0, recv.get(JAVA_BYTE, 0));
    // (1 + i)^n of one factor for each rank.
    send.set(JAVA_DOUBLE, 0, 1);
    send.set(JAVA_DOUBLE, 8, 1);
    comm.allreduce(send, 0, recv, 0, 1, Datatype.DOUBLE_COMPLEX, Op.PROD);
    double modulus = Math.pow(2, size / 2.0);
    assertEquals(modulus * Math.cos(size * Math.PI / 4), recv.get(JAVA_DOUBLE, 0), 1e-12);
    assertEquals(modulus * Math.sin(size * Math.PI / 4), recv.get(JAVA_DOUBLE, 8), 1e-12);
    send.set(JAVA_FLOAT, 0, rank);
    send.set(JAVA_FLOAT, 4, 1);
    comm.allreduce(send, 0, recv, 0, 1, Datatype.FLOAT_COMPLEX, Op.SUM);
    assertEquals(size * (size - 1) / 2f, recv.get(JAVA_FLOAT, 0));
    assertEquals(size, recv.get(JAVA_FLOAT, 4));
  }

  void placesOfExtremes() {
    send.set(JAVA_INT, 0, (rank + 1) % size);
    send.set(JAVA_INT, 4, rank);
    comm.allreduce(send, 0, recv, 0, 1, Datatype.INT_INT, Op.MAXLOC);
    assertEquals(size - 1, recv.get(JAVA_INT, 0));
    assertEquals((2 * size - 2) % size, recv.get(JAVA_INT, 4));
    send.set(JAVA_DOUBLE, 16, 1.5);
    send.set(JAVA_INT, 24, rank + 5);
    comm.allreduce(send, 16, recv, 16, 1, Datatype.DOUBLE_INT, Op.MINLOC);
    assertEquals(1.5, recv.get(JAVA_DOUBLE, 16));
    assertEquals(5, recv.get(JAVA_INT, 24));
    send.set(JAVA_LONG, 32, 10L - rank);
    send.set(JAVA_INT, 40, rank);
    comm.allreduce(send, 32, recv, 32, 1, Datatype.LONG_INT, Op.MINLOC);
    assertEquals(11L - size, recv.get(JAVA_LONG, 32));
    assertEquals(size - 1, recv.get(JAVA_INT, 40));
    send.set(JAVA_FLOAT, 48, rank);
    send.set(JAVA_INT, 52, rank);
    comm.allreduce(send, 48, recv, 48, 1, Datatype.FLOAT_INT, Op.MAXLOC);
    assertEquals(size - 1, recv.get(JAVA_INT, 52));
    send.set(JAVA_SHORT, 56, (short) rank);
    send.set(JAVA_INT, 60, rank);
    comm.allreduce(send, 56, recv, 56, 1, Datatype.SHORT_INT, Op.MAXLOC);
    assertEquals(size - 1, recv.get(JAVA_INT, 60));
  }

  /** a op b = 10 a + b: the digits of the ranks, in their order. */
  void inJavaInOrder() {
    ReductionFunction digits =
        (in, inOut, count, type) -> {
          assertSame(Datatype.LONG, type);
          for (long i = 0; i < count; i++) {
            long b = inOut.getAtIndex(JAVA_LONG, i);
            long power = 1;
            while (power <= b) {
              power *= 10;
            }
            inOut.setAtIndex(JAVA_LONG, i, in.getAtIndex(JAVA_LONG, i) * power + b);
          }
        };
    try (UserOp op = mpi.createOp(digits, false)) {
      assertFalse(op.isCommutative());
      send.set(JAVA_LONG, 0, rank + 1);
      send.set(JAVA_LONG, 8, rank + 2);
      long expected = 0;
      long other = 0;
      for (int each = 1; each <= size; each++) {
        expected = 10 * expected + each;
        other = 10 * other + each + 1;
      }
      comm.allreduce(send, 0, recv, 0, 2, Datatype.LONG, op);
      assertEquals(expected, recv.get(JAVA_LONG, 0));
      assertEquals(other, recv.get(JAVA_LONG, 8));
      Request request = comm.newRequest();
      comm.iallreduce(send, 0, recv, 64, 1, Datatype.LONG, op, request);
      request.await(null);
      assertEquals(expected, recv.get(JAVA_LONG, 64));
    }
  }

  void inJavaOfADerivedType() {
    try (DerivedType pair = mpi.types().contiguous(2, Datatype.INT).commit();
        UserOp op =
            mpi.createOp(
                (in, inOut, count, type) -> {
                  assertSame(pair, type);
                  for (long i = 0; i < 2 * count; i++) {
                    int sum = in.getAtIndex(JAVA_INT, i) + inOut.getAtIndex(JAVA_INT, i);
                    inOut.setAtIndex(JAVA_INT, i, sum);
                  }
                },
                true)) {
      assertTrue(op.isCommutative());
      for (int i = 0; i < 6; i++) {
        send.setAtIndex(JAVA_INT, i, rank + i);
      }
      comm.reduce(send, 0, recv, 0, 3, pair, op, 0);
      for (int i = 0; i < 6 && rank == 0; i++) {
        assertEquals(size * (size - 1) / 2 + size * i, recv.getAtIndex(JAVA_INT, i));
      }
    }
  }

  /** What it throws comes out of the call, on the ranks where it was called. */
  void exceptionsInOperations() {
    int[] calls = new int[1];
    try (UserOp op =
        mpi.createOp(
            (in, inOut, count, type) -> {
              calls[0]++;
              throw new ArithmeticException("no such sum");
            },
            true)) {
      send.set(JAVA_INT, 0, rank);
      String said = "";
      try {
        comm.allreduce(send, 0, recv, 0, 1, Datatype.INT, op);
      } catch (ArithmeticException thrown) {
        said = thrown.getMessage();
      }
      assertEquals(calls[0] > 0 ? "no such sum" : "", said);
      // Nothing is left of it.
      comm.allreduce(send, 0, recv, 0, 1, Datatype.INT, Op.SUM);
      assertEquals(size * (size - 1) / 2, recv.get(JAVA_INT, 0));
      calls[0] = 0;
      Request request = comm.newRequest();
      comm.iallreduce(send, 0, recv, 0, 1, Datatype.INT, op, request);
      said = "";
      try {
        request.await(null);
      } catch (ArithmeticException thrown) {
        said = thrown.getMessage();
      }
      assertEquals(calls[0] > 0 ? "no such sum" : "", said);
      assertFalse(request.isActive());
    }
    UserOp gone = mpi.createOp((in, inOut, count, type) -> {}, true);
    gone.close();
    gone.close();
    assertThrows(
        IllegalStateException.class, () -> comm.allreduce(send, 0, recv, 0, 1, Datatype.INT, gone));
    assertThrows(IllegalStateException.class, gone::isCommutative);
  }
}
