package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import mpi.Count;
import mpi.DoubleInt;
import mpi.FloatInt;
import mpi.Int2;
import mpi.Intracomm;
import mpi.LongInt;
import mpi.MPI;
import mpi.MPIException;
import mpi.ShortInt;

/** Classes that only hold values. */
final class ValueChecks extends Checks {
  ValueChecks(Intracomm comm) throws MPIException {
    super(comm);
  }

  void counts() {
    Count count = new Count(1L << 40);
    assertEquals(1L << 40, count.getCount());
    assertTrue(count.equals(new Count(1L << 40)));
    assertFalse(count.equals(new Count(1)));
    assertFalse(count.equals(Long.valueOf(1L << 40)));
    assertTrue(count.compareTo(new Count(5)) > 0);
    assertTrue(new Count(5).compareTo(count) < 0);
    count.setCount(5);
    assertEquals(0, count.compareTo(new Count(5)));
  }

  /** What a program makes itself has no memory: {@code getData} gives it some. */
  void dataWithoutMemory() {
    DoubleInt.Data ofDouble = MPI.doubleInt.new Data();
    FloatInt.Data ofFloat = MPI.floatInt.new Data();
    LongInt.Data ofLong = MPI.longInt.new Data();
    ShortInt.Data ofShort = MPI.shortInt.new Data();
    Int2.Data ofInt = MPI.int2.new Data();
    assertThrows(NullPointerException.class, ofDouble::getValue);
    assertThrows(NullPointerException.class, ofFloat::getValue);
    assertThrows(NullPointerException.class, ofLong::getValue);
    assertThrows(NullPointerException.class, ofShort::getValue);
    assertThrows(NullPointerException.class, ofInt::getBuffer);
  }
}
