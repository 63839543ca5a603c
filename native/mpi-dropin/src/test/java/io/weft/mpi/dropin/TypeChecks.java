package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import mpi.Count;
import mpi.Datatype;
import mpi.DoubleComplex;
import mpi.DoubleInt;
import mpi.FloatComplex;
import mpi.FloatInt;
import mpi.Int2;
import mpi.Intracomm;
import mpi.LongInt;
import mpi.MPI;
import mpi.MPIException;
import mpi.ShortInt;
import mpi.Struct;

/** Datatypes, structures and complex numbers. */
final class TypeChecks extends Checks {
  TypeChecks(Intracomm comm) throws MPIException {
    super(comm);
  }

  /** A point and its neighbours, as programs write structures. */
  static final class Particle extends Struct {
    final int kind = addByte();
    final int charge = addByte(2);
    final int letter = addChar();
    final int letters = addChar(2);
    final int small = addShort();
    final int smalls = addShort(2);
    final int id = addInt();
    final int ids = addInt(2);
    final int big = addLong();
    final int bigs = addLong(2);
    final int mass = addFloat();
    final int masses = addFloat(2);
    final int x = setOffset(80).addDouble();
    final int xs = addDouble(2);
    final int pair;
    final int pairs;
    final int extra;
    final int extras;

    Particle() throws MPIException {
      pair = addStruct(MPI.int2);
      pairs = addStruct(MPI.int2, 2);
      extra = addData(MPI.INT);
      extras = addData(MPI.INT, 2);
    }

    @Override
    protected Data newData() {
      return new Data();
    }

    final class Data extends Struct.Data {
      void fill(int seed) {
        putByte(kind, (byte) seed);
        putByte(charge, 1, (byte) (seed + 1));
        putChar(letter, (char) (seed + 2));
        putChar(letters, 1, (char) (seed + 3));
        putShort(small, (short) (seed + 4));
        putShort(smalls, 1, (short) (seed + 5));
        putInt(id, seed + 6);
        putInt(ids, 1, seed + 7);
        putLong(big, seed + 8);
        putLong(bigs, 1, seed + 9);
        putFloat(mass, seed + 10);
        putFloat(masses, 1, seed + 11);
        putDouble(x, seed + 12);
        putDouble(xs, 1, seed + 13);
        Int2.Data one = getData(MPI.int2, pair);
        one.putValue(seed + 14);
        Int2.Data second = getData(MPI.int2, pairs, 1);
        second.putIndex(seed + 15);
        getBuffer(MPI.INT, extra).putInt(0, seed + 16);
      }

      void fillLast(int seed) throws MPIException {
        getBuffer(MPI.INT, extras, 1).putInt(0, seed + 17);
      }

      void check(int seed) {
        assertEquals((byte) seed, getByte(kind));
        assertEquals((byte) (seed + 1), getByte(charge, 1));
        assertEquals((char) (seed + 2), getChar(letter));
        assertEquals((char) (seed + 3), getChar(letters, 1));
        assertEquals((short) (seed + 4), getShort(small));
        assertEquals((short) (seed + 5), getShort(smalls, 1));
        assertEquals(seed + 6, getInt(id));
        assertEquals(seed + 7, getInt(ids, 1));
        assertEquals(seed + 8, getLong(big));
        assertEquals(seed + 9, getLong(bigs, 1));
        assertEquals(seed + 10, getFloat(mass));
        assertEquals(seed + 11, getFloat(masses, 1));
        assertEquals(seed + 12, getDouble(x));
        assertEquals(seed + 13, getDouble(xs, 1));
        Int2.Data one = getData(MPI.int2, pair);
        assertEquals(seed + 14, one.getValue());
        Int2.Data second = getData(MPI.int2, pairs, 1);
        assertEquals(seed + 15, second.getIndex());
        assertEquals(seed + 16, getBuffer(MPI.INT, extra).getInt(0));
        assertEquals(seed + 17, getBuffer().getInt(extras + 4));
      }
    }
  }

  void structures() throws MPIException {
    Particle particle = new Particle();
    assertEquals(0, particle.kind);
    assertEquals(1, particle.charge);
    assertEquals(3, particle.letter);
    assertEquals(5, particle.letters);
    assertEquals(80, particle.x);
    int extent = particle.getExtent();
    assertEquals(extent, particle.getType().getExtent());
    ByteBuffer out = MPI.newByteBuffer(2 * extent);
    byte[] in = new byte[2 * extent];
    for (int i = 0; i < 2; i++) {
      Particle.Data data = particle.getData(out, i);
      data.fill(10 * rank + i);
      data.fillLast(10 * rank + i);
    }
    Datatype type = particle.getType();
    comm.sendRecv(out, 2, type, next, 0, in, 2, type, previous, 0);
    Particle.Data first = particle.getData(in);
    first.check(10 * previous);
    Particle.Data second = particle.getData(in, 1);
    second.check(10 * previous + 1);
    Particle.Data here = particle.getData(out);
    here.check(10 * rank);
    assertThrows(AssertionError.class, particle::addInt);
    assertThrows(IndexOutOfBoundsException.class, () -> particle.getData(in, 3));
    assertThrows(IllegalArgumentException.class, () -> particle.setOffset(1));
  }

  void pairs() throws MPIException {
    ByteBuffer buffer = MPI.newByteBuffer(16);
    ByteBuffer result = MPI.newByteBuffer(16);
    DoubleInt.Data doubleInt = MPI.doubleInt.getData(buffer);
    doubleInt.putValue(-rank);
    doubleInt.putIndex(rank);
    comm.allReduce(buffer, result, 1, MPI.DOUBLE_INT, MPI.MINLOC);
    DoubleInt.Data least = MPI.doubleInt.getData(result);
    assertEquals(1.0 - size, least.getValue());
    assertEquals(size - 1, least.getIndex());
    FloatInt.Data floatInt = MPI.floatInt.getData(buffer);
    floatInt.putValue(rank);
    floatInt.putIndex(rank);
    comm.allReduce(buffer, result, 1, MPI.FLOAT_INT, MPI.MAXLOC);
    FloatInt.Data most = MPI.floatInt.getData(result);
    assertEquals(size - 1, most.getValue());
    assertEquals(size - 1, most.getIndex());
    Int2.Data int2 = MPI.int2.getData(buffer);
    int2.putValue(7);
    int2.putIndex(rank);
    comm.allReduce(buffer, result, 1, MPI.INT2, MPI.MAXLOC);
    Int2.Data equal = MPI.int2.getData(result);
    assertEquals(7, equal.getValue());
    assertEquals(0, equal.getIndex(), "of equal values the lowest rank's");
    LongInt.Data longInt = MPI.longInt.getData(buffer);
    longInt.putValue((1L << 40) + rank);
    longInt.putIndex(rank);
    comm.allReduce(buffer, result, 1, MPI.LONG_INT, MPI.MAXLOC);
    LongInt.Data large = MPI.longInt.getData(result);
    assertEquals((1L << 40) + size - 1, large.getValue());
    assertEquals(size - 1, large.getIndex());
    ShortInt.Data shortInt = MPI.shortInt.getData(buffer);
    shortInt.putValue((short) -rank);
    shortInt.putIndex(rank);
    comm.allReduce(buffer, result, 1, MPI.SHORT_INT, MPI.MINLOC);
    ShortInt.Data small = MPI.shortInt.getData(result);
    assertEquals(1 - size, small.getValue());
    assertEquals(size - 1, small.getIndex());
    assertEquals(MPI.DOUBLE_INT.getExtent(), MPI.doubleInt.getExtent());
    assertEquals(MPI.SHORT_INT.getExtent(), MPI.shortInt.getExtent());
  }

  void complexNumbers() throws MPIException {
    double[] doubles = {1, rank, 3, 4};
    DoubleComplex second = DoubleComplex.get(doubles, 1);
    second.putReal(5);
    second.putImag(6);
    assertArrayEquals(new double[] {1, rank, 5, 6}, doubles);
    assertEquals(rank, DoubleComplex.get(doubles).getImag());
    assertEquals(5, DoubleComplex.get(DoubleBuffer.wrap(doubles), 1).getReal());
    assertEquals(1, DoubleComplex.get(DoubleBuffer.wrap(doubles)).getReal());
    assertEquals(2, second.getBuffer().capacity());
    ByteBuffer bytes = MPI.newByteBuffer(32);
    DoubleComplex.get(bytes, 1).putImag(8);
    assertEquals(8, bytes.getDouble(24));
    DoubleComplex.get(bytes).putReal(9);
    assertEquals(9, bytes.getDouble(0));
    double[] sums = new double[4];
    comm.allReduce(doubles, sums, 2, MPI.DOUBLE_COMPLEX, MPI.SUM);
    assertArrayEquals(new double[] {size, size * (size - 1) / 2.0, 5.0 * size, 6.0 * size}, sums);
    float[] floats = {1, 2, 3, 4};
    FloatComplex.get(floats, 1).putReal(5);
    FloatComplex.get(floats).putImag(6);
    assertArrayEquals(new float[] {1, 6, 5, 4}, floats);
    assertEquals(4, FloatComplex.get(FloatBuffer.wrap(floats), 1).getImag());
    assertEquals(1, FloatComplex.get(FloatBuffer.wrap(floats)).getReal());
    assertEquals(2, FloatComplex.get(floats).getBuffer().capacity());
    ByteBuffer big = ByteBuffer.allocate(16).order(ByteOrder.BIG_ENDIAN);
    FloatComplex.get(big, 1).putReal(7);
    FloatComplex.get(big).putReal(3);
    assertEquals(7, big.getFloat(8));
    assertEquals(3, big.getFloat(0));
    assertThrows(IndexOutOfBoundsException.class, () -> DoubleComplex.get(doubles, 2));
    Count count = new Count(5);
    count.setCount(6);
    assertEquals(6, count.getCount());
    assertEquals(new Count(6), count);
    assertTrue(new Count(7).compareTo(count) > 0);
  }

  void constructors() throws MPIException {
    double[] matrix = new double[9];
    double[] got = new double[9];
    for (int i = 0; i < 9; i++) {
      matrix[i] = 10 * rank + i;
    }
    double p = 10 * previous;
    Datatype column = Datatype.createVector(3, 1, 3, MPI.DOUBLE);
    refused(MPI.ERR_TYPE, "MPI_Send", "not committed", () -> comm.send(matrix, 1, column, next, 0));
    column.commit();
    comm.sendRecv(
        MPI.slice(matrix, 1), 1, column, next, 0, MPI.slice(got, 2), 1, column, previous, 0);
    assertArrayEquals(new double[] {0, 0, p + 1, 0, 0, p + 4, 0, 0, p + 7}, got);
    assertEquals(7, column.getExtent());
    assertEquals(3, column.getSize());
    Datatype same = Datatype.createHVector(3, 1, 24, MPI.DOUBLE);
    assertEquals(7, same.getExtent());
    Datatype corners = Datatype.createIndexed(new int[] {1, 2}, new int[] {0, 7}, MPI.DOUBLE);
    corners.commit();
    double[] packed = new double[3];
    comm.sendRecv(matrix, 1, corners, next, 0, packed, 3, MPI.DOUBLE, previous, 0);
    assertArrayEquals(new double[] {p, p + 7, p + 8}, packed);
    Datatype bytes = Datatype.createHIndexed(new int[] {1, 2}, new int[] {0, 56}, MPI.DOUBLE);
    assertEquals(corners.getExtent(), bytes.getExtent());
    Datatype three = Datatype.createContiguous(3, MPI.DOUBLE);
    three.commit();
    comm.sendRecv(matrix, 3, three, next, 0, got, 3, three, previous, 0);
    assertEquals(p + 8, got[8]);
    Datatype mixed =
        Datatype.createStruct(
            new int[] {1, 2}, new int[] {0, 8}, new Datatype[] {MPI.INT, MPI.DOUBLE});
    mixed.commit();
    assertEquals(24, mixed.getExtent());
    assertEquals(20, mixed.getSize());
    Datatype wide = Datatype.createResized(MPI.DOUBLE, 0, 24);
    wide.commit();
    assertEquals(3, wide.getExtent());
    assertEquals(1, wide.getTrueExtent());
    assertEquals(0, wide.getLb());
    assertEquals(0, wide.getTrueLb());
    double[] every = new double[3];
    comm.sendRecv(matrix, 3, wide, next, 0, every, 3, MPI.DOUBLE, previous, 0);
    assertArrayEquals(new double[] {p, p + 3, p + 6}, every);
    for (Datatype each : new Datatype[] {column, same, corners, bytes, three, mixed, wide}) {
      each.free();
      assertTrue(each.isNull());
      refused(MPI.ERR_TYPE, "MPI_Type_free", "freed", each::free);
    }
    assertEquals(1, MPI.INT.getExtent());
    assertEquals(2, MPI.DOUBLE_COMPLEX.getSize());
    assertTrue(MPI.DATATYPE_NULL.isNull());
  }

  /** Elements that run back from the middle of a buffer, which a part of it names. */
  void negativeLowerBounds() throws MPIException {
    Datatype back = Datatype.createVector(3, 1, -2, MPI.SHORT);
    back.commit();
    short[] values = new short[8];
    for (int i = 0; i < values.length; i++) {
      values[i] = (short) (10 * rank + i);
    }
    ShortBuffer made = MPI.newShortBuffer(8).put(values);
    byte[] bytes = new byte[24];
    ByteBuffer packed = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    for (ShortBuffer part : new ShortBuffer[] {MPI.slice(made, 5), MPI.slice(values, 5)}) {
      assertEquals(6, comm.pack(part, 1, back, bytes, 0));
      assertEquals(values[5], packed.getShort(0));
      assertEquals(values[3], packed.getShort(2));
      assertEquals(values[1], packed.getShort(4));
    }
    ShortBuffer inMade = MPI.newShortBuffer(8);
    ShortBuffer inArray = ShortBuffer.allocate(8);
    for (ShortBuffer in : new ShortBuffer[] {inMade, inArray}) {
      comm.sendRecv(MPI.slice(made, 4), 1, back, next, 0, MPI.slice(in, 6), 1, back, previous, 0);
      for (int i = 0; i < 8; i++) {
        int sent = i == 2 || i == 4 || i == 6 ? 10 * previous + i - 2 : 0;
        assertEquals(sent, in.get(i), "element " + i);
      }
    }
    ByteBuffer partOfPart = MPI.slice(MPI.slice(MPI.newByteBuffer(16), 2), 6);
    comm.pack(partOfPart, 1, back, bytes, 0);
    for (ShortBuffer part : new ShortBuffer[] {MPI.slice(made, 3), MPI.slice(values, 3)}) {
      assertThrows(
          IndexOutOfBoundsException.class, () -> comm.pack(part, 1, back, bytes, 0), "before it");
    }
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> comm.pack(ByteBuffer.allocateDirect(16).slice(8, 8), 1, back, bytes, 0),
        "of memory that is not known");
    back.free();
  }

  void namesAndAttributes() throws MPIException {
    Datatype type = Datatype.createContiguous(2, MPI.INT);
    assertEquals("", type.getName());
    type.setName("two");
    assertEquals("two", type.getName());
    int key = Datatype.createKeyval();
    assertNull(type.getAttr(key));
    type.setAttr(key, new int[] {1, 2});
    assertArrayEquals(new int[] {1, 2}, (int[]) type.getAttr(key));
    Datatype copy = type.dup();
    Datatype clone = type.clone();
    type.deleteAttr(key);
    assertNull(type.getAttr(key));
    assertArrayEquals(new int[] {1, 2}, (int[]) copy.getAttr(key));
    Datatype.freeKeyval(key);
    copy.commit();
    assertFalse(copy.isNull());
    copy.free();
    clone.free();
    type.free();
  }
}
