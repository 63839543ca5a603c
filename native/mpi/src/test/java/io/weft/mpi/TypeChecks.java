package io.weft.mpi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

/** Derived datatypes: which ints of a buffer they send, in which order. */
final class TypeChecks extends Checks {
  TypeChecks(Mpi mpi, Comm comm) {
    super(mpi, comm);
  }

  /** Sends one element to the next rank as plain ints: those of the places, in that order. */
  private void picks(DerivedType type, int... places) {
    try (type) {
      assertEquals(4L * places.length, type.sizeBytes(), type.toString());
      assertThrows(
          IllegalStateException.class, () -> comm.send(send, 0, 1, type, next, 1), type.toString());
      type.commit();
      for (int i = 0; i < 64; i++) {
        send.setAtIndex(JAVA_INT, i, 100 * rank + i);
        recv.setAtIndex(JAVA_INT, i, -1);
      }
      Request request = comm.newRequest();
      comm.isend(send, 0, 1, type, next, 1, request);
      comm.recv(recv, 0, places.length, Datatype.INT, previous, 1, null);
      request.await(null);
      for (int i = 0; i < places.length; i++) {
        assertEquals(100 * previous + places[i], recv.getAtIndex(JAVA_INT, i), type.toString());
      }
      // And back to where they were, leaving the rest alone.
      recv.asSlice(1024, 256).fill((byte) 0);
      comm.sendrecv(send, 0, 0, next, recv, 0, 0, previous, Datatype.INT, 2);
      comm.isend(send, 0, 1, type, next, 3, request);
      comm.recv(recv, 1024, 1, type, previous, 3, null);
      request.await(null);
      List<Integer> expected = new ArrayList<>();
      for (int place : places) {
        expected.add(place);
      }
      for (int i = 0; i < 64; i++) {
        int there = expected.contains(i) ? 100 * previous + i : 0;
        assertEquals(there, recv.get(JAVA_INT, 1024 + 4L * i), type + " place " + i);
      }
      int last = places[0];
      for (int place : places) {
        last = Math.max(last, place);
      }
      long length = 4L * last;
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> comm.send(send.asSlice(0, length), 0, 1, type, next, 1));
    }
    assertThrows(IllegalStateException.class, () -> comm.send(send, 0, 1, type, next, 1));
    type.close();
  }

  void constructors() {
    DerivedTypes types = mpi.types();
    Datatype i = Datatype.INT;
    picks(types.contiguous(3, i), 0, 1, 2);
    picks(types.vector(3, 2, 4, i), 0, 1, 4, 5, 8, 9);
    picks(types.hvector(2, 1, 20, i), 0, 5);
    picks(types.indexed(new long[] {1, 3}, new long[] {7, 2}, i), 7, 2, 3, 4);
    picks(types.hindexed(new long[] {2, 1}, new long[] {40, 4}, i), 10, 11, 1);
    picks(types.indexedBlock(2, new long[] {6, 0}, i), 6, 7, 0, 1);
    picks(types.hindexedBlock(2, new long[] {24, 8}, i), 6, 7, 2, 3);
    picks(types.struct(new long[] {1, 2}, new long[] {4, 16}, i, i), 1, 4, 5);
    // Rows 1 and 2, columns 2 and 3, of 4 rows of 5.
    picks(types.subarray(new int[] {4, 5}, new int[] {2, 2}, new int[] {1, 2}, i), 7, 8, 12, 13);
    try (DerivedType row = types.contiguous(2, i)) {
      picks(types.vector(2, 1, 2, row), 0, 1, 4, 5);
      picks(types.dup(row), 0, 1);
    }
  }

  void distributedArrays() {
    DerivedTypes types = mpi.types();
    Datatype i = Datatype.INT;
    // 6 elements dealt out to 2 ranks one at a time; in blocks of 3.
    picks(types.distributed(2, 1, new int[] {6}, new int[] {1}, new int[] {2}, i), 1, 3, 5);
    picks(types.distributed(2, 1, new int[] {6}, new int[] {0}, new int[] {2}, i), 3, 4, 5);
    // 4 by 4 over 2 by 1: rank 1 has rows 2 and 3.
    picks(
        types.distributed(2, 1, new int[] {4, 4}, new int[] {0, 0}, new int[] {2, 1}, i),
        8,
        9,
        10,
        11,
        12,
        13,
        14,
        15);
  }

  void extents() {
    try (DerivedType column = mpi.types().vector(3, 1, 4, Datatype.DOUBLE);
        DerivedType narrow = mpi.types().resized(column, 0, 8).commit();
        DerivedType shifted = mpi.types().hindexed(new long[] {1}, new long[] {16}, Datatype.INT)) {
      assertEquals(24, column.sizeBytes());
      assertEquals(8 * (2 * 4 + 1), column.extentBytes());
      assertEquals(8, narrow.extentBytes());
      assertEquals(72, narrow.trueUpperBound());
      assertEquals(0, narrow.lowerBound());
      assertEquals(16, shifted.lowerBound());
      assertEquals(16, shifted.trueLowerBound());
      assertEquals(20, shifted.trueUpperBound());
      // Four columns of a matrix of 3 rows arrive one after the other: a transposition.
      for (int i = 0; i < 12; i++) {
        send.setAtIndex(JAVA_DOUBLE, i, rank + i / 16.0);
      }
      Request request = comm.newRequest();
      comm.isend(send, 0, 4, narrow, next, 1, request);
      comm.recv(recv, 0, 12, Datatype.DOUBLE, previous, 1, null);
      request.await(null);
      for (int k = 0; k < 12; k++) {
        assertEquals(previous + (k % 3 * 4 + k / 3) / 16.0, recv.getAtIndex(JAVA_DOUBLE, k));
      }
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> comm.send(send.asSlice(0, 96), 0, 5, narrow, next, 1));
    }
  }

  void structsOfMixedTypes() {
    try (DerivedType record =
        mpi.types()
            .struct(
                new long[] {1, 1, 3},
                new long[] {0, 8, 16},
                Datatype.INT,
                Datatype.DOUBLE,
                Datatype.BYTE)
            .commit()) {
      assertEquals(15, record.sizeBytes());
      send.set(JAVA_INT, 0, rank);
      send.set(JAVA_DOUBLE, 8, rank / 4.0);
      send.set(JAVA_BYTE, 18, (byte) (rank + 7));
      comm.sendrecv(send, 0, 1, next, recv, 0, 1, previous, record, 1);
      assertEquals(previous, recv.get(JAVA_INT, 0));
      assertEquals(previous / 4.0, recv.get(JAVA_DOUBLE, 8));
      assertEquals(previous + 7, recv.get(JAVA_BYTE, 18));
    }
  }

  void namesAndAttributes() {
    List<String> gone = new ArrayList<>();
    AttributeKey<String> key =
        mpi.createAttributeKey(AttributeKey.Kind.TYPE, value -> value + "'", gone::add);
    DerivedType type = mpi.types().contiguous(2, Datatype.INT);
    type.setName("pair");
    assertEquals("pair", type.name());
    assertNull(type.attribute(key));
    type.setAttribute(key, "a");
    DerivedType copy = mpi.types().dup(type);
    assertEquals("a'", copy.attribute(key));
    type.deleteAttribute(key);
    assertNull(type.attribute(key));
    assertEquals(List.of("a"), gone);
    type.close();
    copy.close();
    assertEquals(List.of("a", "a'"), gone);
    key.close();
    assertThrows(IllegalStateException.class, type::name);
  }

  void whatIsWrongWithTypes() {
    DerivedTypes types = mpi.types();
    assertThrows(IllegalArgumentException.class, () -> types.contiguous(-1, Datatype.INT));
    assertThrows(
        IllegalArgumentException.class,
        () -> types.indexed(new long[1], new long[2], Datatype.INT));
    assertThrows(
        IllegalArgumentException.class,
        () -> types.indexed(new long[] {-2}, new long[1], Datatype.INT));
    DerivedType closed = types.contiguous(1, Datatype.INT).commit();
    closed.close();
    IllegalStateException said =
        assertThrows(
            IllegalStateException.class, () -> comm.recv(recv, 0, 1, closed, previous, 1, null));
    assertTrue(said.getMessage().contains("contiguous(1, MPI_INT32_T)"), said.getMessage());
    assertThrows(IllegalStateException.class, () -> types.dup(closed));
    assertThrows(IllegalStateException.class, closed::commit);
    assertThrows(
        IllegalArgumentException.class,
        () -> types.subarray(new int[] {4}, new int[] {3}, new int[] {2}, Datatype.INT));
    assertThrows(
        IllegalArgumentException.class,
        () -> types.subarray(new int[] {4}, new int[] {1}, new int[] {-1}, Datatype.INT));
    assertThrows(
        IllegalArgumentException.class,
        () -> types.distributed(3, 0, new int[] {4}, new int[] {0}, new int[] {2}, Datatype.INT));
  }

  /** What messages of exceptions name things by. */
  void whatItIsIsSaid() {
    assertEquals("MPI_DOUBLE", Datatype.DOUBLE.toString());
    assertEquals("MPI_SUM", Op.SUM.toString());
    try (UserOp op = mpi.createOp((in, inOut, count, type) -> {}, false)) {
      assertEquals("non-commutative user operation", op.toString());
    }
    // The library that the process has taken.
    String library = WhichMpi.describe();
    assertTrue(library.contains(mpi.libraryVersion().lines().findFirst().get()), library);
    MpiException failed =
        assertThrows(
            MpiException.class, () -> comm.send(send, 0, 1, Datatype.INT, comm.size() + 7, 0));
    assertTrue(
        failed.getMessage().endsWith("dest " + (comm.size() + 7) + ", tag 0)"), failed.text());
    MpiException ofRoot =
        assertThrows(
            MpiException.class, () -> comm.bcast(send, 0, 1, Datatype.INT, comm.size() + 5));
    assertTrue(ofRoot.getMessage().contains("root " + (comm.size() + 5)), ofRoot.getMessage());
    MpiException same =
        new MpiException(failed.function(), failed.code(), failed.errorClass(), "text");
    assertEquals(
        "MPI_Send failed with " + failed.errorClass() + " (code " + failed.code() + "): text",
        same.getMessage());
  }
}
