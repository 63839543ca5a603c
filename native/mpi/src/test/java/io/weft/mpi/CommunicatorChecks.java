package io.weft.mpi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Groups, communicators, inter-communicators, and what they carry. */
final class CommunicatorChecks extends Checks {
  CommunicatorChecks(Mpi mpi, Comm comm) {
    super(mpi, comm);
  }

  void groups() {
    try (Group all = comm.group();
        Group none = mpi.emptyGroup();
        Group first = all.include(0);
        Group rest = all.exclude(0);
        Group again = first.union(rest);
        Group reversed = all.includeRanges(new int[] {size - 1, 0, -1});
        Group evens = all.includeRanges(new int[] {0, size - 1, 2});
        Group odds = all.excludeRanges(new int[] {0, size - 1, 2});
        Group both = evens.intersection(odds);
        Group left = all.difference(evens)) {
      assertEquals(size, all.size());
      assertEquals(rank, all.rank());
      assertEquals(0, none.size());
      assertEquals(rank == 0 ? 0 : -1, first.rank());
      assertEquals(rank - 1, rest.rank());
      assertEquals(Comparison.IDENT, all.compare(again));
      assertEquals(size - 1 - rank, reversed.rank());
      assertEquals(size == 1 ? Comparison.IDENT : Comparison.SIMILAR, all.compare(reversed));
      assertEquals(size > 1 ? Comparison.UNEQUAL : Comparison.IDENT, all.compare(first));
      assertEquals((size + 1) / 2, evens.size());
      assertEquals(size / 2, odds.size());
      assertEquals(0, both.size());
      assertEquals(Comparison.IDENT, left.compare(odds));
      int[] there = all.translate(new int[] {0, size - 1}, rest);
      assertArrayEquals(new int[] {-1, size - 2}, there);
      assertThrows(IllegalArgumentException.class, () -> all.include(size));
      assertThrows(IllegalArgumentException.class, () -> all.translate(new int[] {size}, all));
      assertThrows(IllegalArgumentException.class, () -> all.translate(new int[] {-7}, all));
      assertThrows(IllegalArgumentException.class, () -> all.exclude(0, 0));
      assertThrows(IllegalArgumentException.class, () -> all.includeRanges(new int[] {0, 1}));
    }
    Group gone = comm.group();
    gone.close();
    gone.close();
    assertThrows(IllegalStateException.class, gone::size);
  }

  void communicatorsOfParts() {
    try (Group all = comm.group();
        Group evens = all.includeRanges(new int[] {0, size - 1, 2});
        Comm host = comm.splitShared(-rank, null)) {
      Comm made = comm.create(evens);
      assertEquals(rank % 2 == 0, made != null);
      assertEquals(size, host.size());
      assertEquals(size - 1 - rank, host.rank());
      if (rank % 2 == 0) {
        assertEquals(rank / 2, made.rank());
        assertEquals((size + 1) / 2, made.size());
        Comm group = comm.createGroup(evens, 5);
        assertEquals(Comparison.CONGRUENT, group.compare(made));
        assertEquals(Comparison.IDENT, group.compare(group));
        group.close();
        made.close();
      }
      assertNull(comm.split(-1, 0));
      assertEquals(1, mpi.self().size());
    }
  }

  void duplicates() {
    try (Info info = mpi.newInfo();
        Comm hinted = comm.dup(info.set("weft_hint", "yes"))) {
      assertEquals(Comparison.CONGRUENT, comm.compare(hinted));
      Request request = comm.newRequest();
      PendingComm pending = comm.idup(request);
      request.await(null);
      Comm made = pending.comm();
      assertSame(made, pending.comm());
      assertEquals(rank, made.rank());
      assertEquals(Comparison.CONGRUENT, made.compare(comm));
      send.set(JAVA_LONG, 0, rank);
      made.allreduce(send, 0, recv, 0, 1, Datatype.LONG, Op.SUM);
      assertEquals(size * (size - 1L) / 2, recv.get(JAVA_LONG, 0));
      made.close();
      assertThrows(IllegalStateException.class, made::barrier);
    }
  }

  void theWorldStays() {
    assertThrows(IllegalStateException.class, () -> mpi.world().disconnect());
    mpi.world().barrier();
    assertNull(mpi.parent());
  }

  void names() {
    try (Comm named = comm.dup()) {
      named.setName("halo");
      assertEquals("halo", named.name());
      named.setName("x".repeat(10_000));
      assertTrue(named.name().matches("x{32,1000}"), named.name());
    }
    assertEquals("MPI_COMM_WORLD", mpi.world().name());
  }

  void infos() {
    try (Info info = mpi.newInfo()) {
      assertNull(info.get("none"));
      info.set("a", "1").set("b", "two").set("a", "3");
      assertEquals("3", info.get("a"));
      assertEquals(Map.of("a", "3", "b", "two"), info.toMap());
      try (Info copy = info.dup()) {
        info.delete("a");
        assertNull(info.get("a"));
        assertEquals("3", copy.get("a"));
      }
      MpiException none = assertThrows(MpiException.class, () -> info.delete("a"));
      assertEquals("MPI_ERR_INFO_NOKEY", none.errorClass());
      assertThrows(IllegalArgumentException.class, () -> info.set("k".repeat(5000), "v"));
      assertThrows(IllegalArgumentException.class, () -> info.set("", "v"));
      assertThrows(IllegalArgumentException.class, () -> info.get("a\0b"));
      try (Comm hinted = comm.dup()) {
        hinted.setInfo(info);
        try (Info inForce = hinted.info()) {
          assertNotNull(inForce.toMap());
        }
      }
    }
    Info gone = mpi.newInfo();
    gone.close();
    gone.close();
    assertThrows(IllegalStateException.class, () -> gone.get("b"));
  }

  void attributes() {
    List<String> gone = new ArrayList<>();
    AttributeKey<String> copied =
        mpi.createAttributeKey(AttributeKey.Kind.COMM, value -> value + "+", gone::add);
    AttributeKey<Integer> alone = mpi.createAttributeKey(AttributeKey.Kind.COMM, null, null);
    Comm one = comm.dup();
    assertNull(one.attribute(copied));
    one.setAttribute(copied, "a");
    one.setAttribute(alone, 7);
    assertEquals("a", one.attribute(copied));
    Comm two = one.dup();
    assertEquals("a+", two.attribute(copied));
    assertNull(two.attribute(alone));
    one.setAttribute(copied, "b");
    assertEquals(List.of("a"), gone);
    two.deleteAttribute(copied);
    assertNull(two.attribute(copied));
    assertEquals(List.of("a", "a+"), gone);
    two.close();
    one.close();
    assertEquals(List.of("a", "a+", "b"), gone);
    AttributeKey<String> throwing =
        mpi.createAttributeKey(
            AttributeKey.Kind.COMM,
            value -> {
              throw new ArithmeticException("cannot copy " + value);
            },
            null);
    Comm three = comm.dup();
    three.setAttribute(throwing, "c");
    ArithmeticException thrown = assertThrows(ArithmeticException.class, three::dup);
    assertEquals("cannot copy c", thrown.getMessage());
    three.close();
    throwing.close();
    copied.close();
    alone.close();
    alone.close();
    assertThrows(IllegalStateException.class, () -> comm.attribute(copied));
    try (Win win = comm.allocateWin(8)) {
      AttributeKey<String> ofWin = mpi.createAttributeKey(AttributeKey.Kind.WIN, null, gone::add);
      win.setAttribute(ofWin, "w");
      assertEquals("w", win.attribute(ofWin));
      win.deleteAttribute(ofWin);
      assertNull(win.attribute(ofWin));
      assertEquals("w", gone.getLast());
      assertThrows(IllegalArgumentException.class, () -> comm.setAttribute(ofWin, "x"));
      ofWin.close();
    }
  }

  void aboutTheJob() {
    assertTrue(mpi.tagUpperBound() >= 32767);
    assertTrue(mpi.universeSize() == -1 || mpi.universeSize() >= 1);
    assertTrue(mpi.applicationNumber() == -1 || mpi.applicationNumber() == 0);
    assertTrue(mpi.isThreadMain());
    assertNull(mpi.parent());
    assertTrue(List.of("openmpi", "mpich", "standard").contains(mpi.abiName()));
    assertTrue(comm.procNull() < 0 && comm.root() < 0 && comm.procNull() != comm.root());
    // To nobody and from nobody: nothing is touched.
    recv.set(JAVA_INT, 0, 17);
    Status status = new Status();
    comm.send(send, 0, 1, Datatype.INT, comm.procNull(), 0);
    comm.recv(recv, 0, 1, Datatype.INT, comm.procNull(), 0, status);
    assertEquals(17, recv.get(JAVA_INT, 0));
    assertEquals(comm.procNull(), status.source());
    assertEquals(0, status.lengthBytes());
  }

  void errorHandlers() {
    List<String> seen = new ArrayList<>();
    ErrorHandler handler =
        mpi.createErrorHandler(ErrorHandler.Kind.COMM, code -> seen.add(mpi.errorClass(code)));
    Comm own = comm.dup();
    assertSame(ErrorHandler.RETURN, own.errorHandler());
    own.setErrorHandler(handler);
    MpiException failed =
        assertThrows(MpiException.class, () -> comm.send(send, 0, 1, Datatype.INT, size, 0));
    // MPICH 5 lets the call end as if it had succeeded when the handler has returned.
    boolean thrown = false;
    try {
      own.send(send, 0, 1, Datatype.INT, size, 0);
    } catch (MpiException expected) {
      thrown = true;
      assertEquals("MPI_ERR_RANK", expected.errorClass());
    }
    assertTrue(thrown || mpi.libraryVersion().contains("MPICH Version: 5"), mpi.libraryVersion());
    assertEquals(List.of("MPI_ERR_RANK"), seen);
    Comm inherits = own.dup();
    assertSame(handler, inherits.errorHandler());
    inherits.callErrorHandler(failed.code());
    assertEquals(2, seen.size());
    ErrorHandler throwing =
        mpi.createErrorHandler(
            ErrorHandler.Kind.COMM,
            code -> {
              throw new ArithmeticException("handled");
            });
    inherits.setErrorHandler(throwing);
    assertThrows(ArithmeticException.class, () -> inherits.callErrorHandler(failed.code()));
    if (thrown) {
      assertThrows(
          ArithmeticException.class, () -> inherits.send(send, 0, 1, Datatype.INT, size, 0));
    }
    throwing.close();
    handler.close();
    handler.close();
    assertThrows(IllegalStateException.class, () -> own.setErrorHandler(handler));
    inherits.setErrorHandler(ErrorHandler.RETURN);
    assertThrows(MpiException.class, () -> inherits.send(send, 0, 1, Datatype.INT, size, 0));
    inherits.close();
    own.close();
    try (Win win = comm.allocateWin(8);
        ErrorHandler ofWin =
            mpi.createErrorHandler(ErrorHandler.Kind.WIN, code -> seen.add("win"))) {
      win.setErrorHandler(ofWin);
      win.callErrorHandler(failed.code());
      assertEquals("win", seen.getLast());
      assertThrows(IllegalArgumentException.class, () -> comm.setErrorHandler(ofWin));
      win.setErrorHandler(ErrorHandler.RETURN);
    }
  }

  void errorClassesOfOnesOwn() {
    int errorClass = mpi.addErrorClass();
    int code = mpi.addErrorCode(errorClass);
    mpi.addErrorString(code, "the mesh is torn");
    assertEquals("the mesh is torn", mpi.errorString(code));
    assertEquals("error class " + errorClass, mpi.errorClass(code));
    assertTrue(mpi.errorString(0).length() > 0);
  }

  /** Evens on one side, odds on the other. */
  void interCommunicators() {
    Assumptions.assumeTrue(size > 1, "one rank has no other side");
    try (Comm side = comm.split(rank % 2, rank);
        Comm inter = side.createInter(0, comm, 1 - rank % 2, 3);
        Group remote = inter.remoteGroup();
        Group local = inter.group()) {
      int others = rank % 2 == 0 ? size / 2 : (size + 1) / 2;
      assertTrue(inter.isInter());
      assertFalse(comm.isInter());
      assertThrows(IllegalStateException.class, comm::remoteSize);
      assertEquals(others, inter.remoteSize());
      assertEquals(others, remote.size());
      assertEquals(side.size(), local.size());
      send.set(JAVA_INT, 0, rank);
      // Each even rank and the odd one after it.
      int peer = rank / 2;
      if (peer < others) {
        Request request = inter.newRequest();
        inter.isend(send, 0, 1, Datatype.INT, peer, 1, request);
        inter.recv(recv, 0, 1, Datatype.INT, peer, 1, null);
        request.await(null);
        assertEquals(rank ^ 1, recv.get(JAVA_INT, 0));
      }
      inter.allgather(send, 0, recv, 0, 1, Datatype.INT);
      for (int i = 0; i < others; i++) {
        assertEquals(2 * i + 1 - rank % 2, recv.getAtIndex(JAVA_INT, i));
      }
      // World rank 0 is the root; the odd ones get what it has.
      int root = rank % 2 == 1 ? 0 : rank == 0 ? inter.root() : inter.procNull();
      send.set(JAVA_INT, 0, 40 + rank);
      recv.set(JAVA_INT, 0, -1);
      inter.bcast(rank == 0 ? send : recv, 0, 1, Datatype.INT, root);
      assertEquals(rank % 2 == 1 ? 40 : -1, recv.get(JAVA_INT, 0));
      inter.gather(send, 0, recv, 64, 1, Datatype.INT, root);
      inter.reduce(send, 0, recv, 128, 1, Datatype.INT, Op.SUM, root);
      if (rank == 0) {
        int sum = 0;
        for (int i = 0; i < others; i++) {
          assertEquals(41 + 2 * i, recv.get(JAVA_INT, 64 + 4L * i));
          sum += 41 + 2 * i;
        }
        assertEquals(sum, recv.get(JAVA_INT, 128));
      }
      try (Comm merged = inter.merge(rank % 2 == 1)) {
        assertFalse(merged.isInter());
        assertEquals(size, merged.size());
        assertEquals(rank / 2 + (rank % 2) * ((size + 1) / 2), merged.rank());
      }
    }
  }

  /** Each rank alone; made by MPI, and shared by none. */
  void self() {
    Comm self = mpi.self();
    assertEquals(1, self.size());
    assertEquals(0, self.rank());
    send.set(JAVA_INT, 0, 40 + rank);
    self.allreduce(send, 0, recv, 0, 1, Datatype.INT, Op.SUM);
    assertEquals(40 + rank, recv.get(JAVA_INT, 0));
    self.sendrecv(send, 0, 1, 0, recv, 64, 1, 0, Datatype.INT, 3);
    assertEquals(40 + rank, recv.get(JAVA_INT, 64));
    assertThrows(MpiException.class, () -> self.send(send, 0, 1, Datatype.INT, 1, 3));
  }
}
