package io.weft.mpi;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.mpi.ffm.StatusLength;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/** Messages between two ranks: each sends to the next and receives from the one before. */
final class MessageChecks extends Checks {
  MessageChecks(Mpi mpi, Comm comm) {
    super(mpi, comm);
  }

  private long value(int of, int i) {
    return 1000L * of + i;
  }

  private void fill() {
    for (int i = 0; i < 8; i++) {
      send.setAtIndex(JAVA_LONG, i, value(rank, i));
      recv.setAtIndex(JAVA_LONG, i, -1);
    }
  }

  private void expectFromPrevious() {
    for (int i = 0; i < 8; i++) {
      assertEquals(value(previous, i), recv.getAtIndex(JAVA_LONG, i));
    }
  }

  void buffered() {
    fill();
    assertTrue(mpi.bufferOverhead() > 0);
    mpi.attachBuffer(2 * (64 + mpi.bufferOverhead()) + 1024);
    assertThrows(IllegalStateException.class, () -> mpi.attachBuffer(1));
    comm.bsend(send, 0, 8, Datatype.LONG, next, 1);
    Request request = comm.newRequest();
    comm.ibsend(send, 0, 8, Datatype.LONG, next, 2, request);
    request.await(null);
    // The buffer may be changed at once: the messages are copies.
    send.fill((byte) 0);
    for (int tag = 1; tag <= 2; tag++) {
      comm.recv(recv, 0, 8, Datatype.LONG, previous, tag, null);
      expectFromPrevious();
    }
    mpi.detachBuffer();
    // Too long for what is attached, and for being sent at once. On a communicator of its own: no
    // later message arrives on it with Open MPI, which has counted the one that failed.
    try (Comm own = comm.dup()) {
      mpi.attachBuffer(1024);
      MpiException small =
          assertThrows(MpiException.class, () -> own.bsend(send, 0, 8000, Datatype.LONG, next, 3));
      assertEquals("MPI_ERR_BUFFER", small.errorClass());
      mpi.detachBuffer();
    }
  }

  void synchronous() {
    fill();
    Request receive = comm.newRequest();
    Request request = comm.newRequest();
    comm.issend(send, 0, 8, Datatype.LONG, next, 1, request);
    comm.barrier();
    // Nobody has begun to receive.
    assertFalse(request.isComplete());
    comm.barrier();
    comm.irecv(recv, 0, 8, Datatype.LONG, previous, 1, receive);
    receive.await(null);
    request.await(null);
    expectFromPrevious();
    comm.irecv(recv, 0, 8, Datatype.LONG, previous, 2, receive);
    comm.ssend(send, 0, 8, Datatype.LONG, next, 2);
    receive.await(null);
    expectFromPrevious();
  }

  void ready() {
    fill();
    Request receive = comm.newRequest();
    comm.irecv(recv, 0, 8, Datatype.LONG, previous, 1, receive);
    comm.barrier();
    comm.rsend(send, 0, 8, Datatype.LONG, next, 1);
    receive.await(null);
    expectFromPrevious();
    comm.irecv(recv, 0, 8, Datatype.LONG, previous, 2, receive);
    comm.barrier();
    Request request = comm.newRequest();
    comm.irsend(send, 0, 8, Datatype.LONG, next, 2, request);
    receive.await(null);
    request.await(null);
    expectFromPrevious();
  }

  void persistentOfAllModes() {
    mpi.attachBuffer(4 * (64 + mpi.bufferOverhead()));
    try (PersistentRequest standard = comm.sendInit(send, 0, 8, Datatype.LONG, next, 1);
        PersistentRequest buffered = comm.bsendInit(send, 0, 8, Datatype.LONG, next, 2);
        PersistentRequest synchronous = comm.ssendInit(send, 0, 8, Datatype.LONG, next, 3);
        PersistentRequest ready = comm.rsendInit(send, 0, 8, Datatype.LONG, next, 4)) {
      PersistentRequest[] sends = {standard, buffered, synchronous, ready};
      for (int tag = 1; tag <= 4; tag++) {
        try (PersistentRequest receive = comm.recvInit(recv, 0, 8, Datatype.LONG, previous, tag)) {
          for (int round = 0; round < 3; round++) {
            fill();
            receive.start();
            assertThrows(IllegalStateException.class, receive::start);
            comm.barrier();
            sends[tag - 1].start();
            RequestSet both = comm.newRequestSet(List.of(receive, sends[tag - 1]));
            both.awaitAll();
            expectFromPrevious();
          }
        }
      }
    }
    mpi.detachBuffer();
  }

  void startAll() {
    fill();
    try (PersistentRequest out = comm.sendInit(send, 0, 8, Datatype.LONG, next, 1);
        PersistentRequest in = comm.recvInit(recv, 0, 8, Datatype.LONG, previous, 1)) {
      assertThrows(IllegalArgumentException.class, () -> comm.newRequestSet(List.of(in, in)));
      RequestSet both = comm.newRequestSet(List.of(in, out));
      Status[] statuses = {new Status(), null};
      for (int round = 0; round < 3; round++) {
        both.startAll();
        assertThrows(IllegalStateException.class, both::startAll);
        assertTrue(in.isActive());
        both.awaitAll(statuses);
        assertEquals(previous, statuses[0].source());
        assertEquals(8, statuses[0].count(Datatype.LONG));
        expectFromPrevious();
      }
      RequestSet plain = comm.newRequestSet(List.of(comm.newRequest()));
      assertThrows(IllegalStateException.class, plain::startAll);
    }
  }

  void replaced() {
    fill();
    Status status = new Status();
    MemorySegment.copy(send, 0, recv, 0, 64);
    comm.sendrecvReplace(recv, 0, 8, Datatype.LONG, next, 5, previous, comm.anyTag(), status);
    expectFromPrevious();
    assertEquals(previous, status.source());
    assertEquals(5, status.tag());
    assertEquals(64, status.lengthBytes());
  }

  void probed() {
    fill();
    Request request = comm.newRequest();
    assertFalse(request.isActive());
    comm.isend(send, 0, 5, Datatype.LONG, next, 11, request);
    Operation started = request;
    assertTrue(started.isActive());
    Status status = new Status();
    comm.probe(comm.anySource(), 11, status);
    assertEquals(previous, status.source());
    assertEquals(11, status.tag());
    assertEquals(40, status.lengthBytes());
    // It stays: a probe without a status finds it too, and a receive takes it.
    comm.probe(previous, comm.anyTag(), null);
    comm.recv(recv, 0, 8, Datatype.LONG, previous, 11, status);
    assertEquals(5, status.count(Datatype.LONG));
    for (int i = 0; i < 8; i++) {
      assertEquals(i < 5 ? value(previous, i) : -1, recv.getAtIndex(JAVA_LONG, i));
    }
    request.await(null);
  }

  void matchedProbes() {
    fill();
    Request[] sends = {comm.newRequest(), comm.newRequest()};
    comm.isend(send, 0, 8, Datatype.LONG, next, 1, sends[0]);
    comm.isend(send, 0, 4, Datatype.LONG, next, 2, sends[1]);
    Status status = new Status();
    Message second = comm.mprobe(previous, 2, status);
    assertEquals(32, status.lengthBytes());
    Message first;
    do {
      first = comm.improbe(comm.anySource(), comm.anyTag(), status);
    } while (first == null);
    assertEquals(64, status.lengthBytes());
    assertEquals(1, status.tag());
    // Both are taken: no receive and no probe finds them.
    assertNull(comm.improbe(comm.anySource(), comm.anyTag(), null));
    assertFalse(comm.iprobe(previous, 1, null));
    // A rank that goes on to other messages would be found by those that still look.
    comm.barrier();
    first.recv(recv, 0, 8, Datatype.LONG, status);
    assertEquals(previous, status.source());
    expectFromPrevious();
    Message gone = first;
    assertThrows(IllegalStateException.class, () -> gone.recv(recv, 0, 8, Datatype.LONG, null));
    Request request = comm.newRequest();
    second.irecv(recv, 128, 4, Datatype.LONG, request);
    request.await(status);
    assertEquals(4, status.count(Datatype.LONG));
    assertEquals(value(previous, 3), recv.get(JAVA_LONG, 128 + 24));
    comm.newRequestSet(List.of(sends)).awaitAll();
  }

  void heapIsCopied() {
    double[] out = new double[10];
    double[] in = new double[12];
    Arrays.fill(in, -1);
    for (int i = 0; i < out.length; i++) {
      out[i] = rank + i / 8.0;
    }
    MemorySegment from = MemorySegment.ofArray(out);
    MemorySegment to = MemorySegment.ofArray(in);
    comm.sendrecv(from, 16, 8, next, to, 8, 8, previous, Datatype.DOUBLE, 3);
    for (int i = 0; i < 12; i++) {
      assertEquals(i < 1 || i > 8 ? -1 : previous + (i + 1) / 8.0, in[i]);
    }
    // A message shorter than its place: what lies behind it stays as it was.
    double[] few = {-2, -2, -2};
    comm.sendrecv(send, 0, 1, next, MemorySegment.ofArray(few), 0, 3, previous, Datatype.DOUBLE, 3);
    assertEquals(-2, few[1]);
    assertEquals(-2, few[2]);
    Request request = comm.newRequest();
    comm.isend(send, 0, 1, Datatype.DOUBLE, next, 4, request);
    Status status = new Status();
    comm.recv(to, 0, 3, Datatype.DOUBLE, previous, 4, status);
    assertEquals(1, status.count(Datatype.DOUBLE));
    // What did not arrive stays as it was.
    assertEquals(previous + 3 / 8.0, in[2]);
    request.await(null);
    int[] sums = new int[4];
    MemorySegment sum = MemorySegment.ofArray(sums);
    comm.allreduce(
        MemorySegment.ofArray(new int[] {1, rank, 2, 3}), 0, sum, 0, 4, Datatype.INT, Op.SUM);
    assertArrayEquals(new int[] {size, size * (size - 1) / 2, 2 * size, 3 * size}, sums);
    assertThrows(
        IllegalArgumentException.class,
        () -> comm.recv(to.asReadOnly(), 0, 1, Datatype.DOUBLE, previous, 4, null));
    assertThrows(
        IndexOutOfBoundsException.class, () -> comm.send(from, 8, 10, Datatype.DOUBLE, next, 4));
  }

  /** Lengths are read from the status where the library keeps them. */
  void lengthsAreWhatTheLibrarySays() {
    Status status = new Status();
    assertFalse(StatusLength.isAsked(), StatusLength::place);
    for (int length : new int[] {0, 1, 7, 64, 4095, 5000, 65_536}) {
      Request request = comm.newRequest();
      comm.isend(send, 0, length, Datatype.BYTE, next, 3, request);
      comm.recv(recv, 0, recv.byteSize(), Datatype.BYTE, previous, 3, status);
      request.await(null);
      assertEquals(length, status.lengthBytes());
      assertEquals(length, status.elements(Datatype.BYTE));
      // As from C's own status of a request.
      comm.irecv(recv, 0, recv.byteSize(), Datatype.BYTE, previous, 4, request);
      comm.send(send, 0, length, Datatype.BYTE, next, 4);
      request.await(status);
      assertEquals(length, status.lengthBytes());
      assertEquals(length, status.elements(Datatype.BYTE));
    }
    comm.recv(recv, 0, 5, Datatype.BYTE, comm.procNull(), 3, status);
    assertEquals(0, status.lengthBytes());
    assertEquals(comm.procNull(), status.source());
  }

  void statusesTellOfParts() {
    try (DerivedType pair = mpi.types().contiguous(2, Datatype.INT).commit()) {
      Request request = comm.newRequest();
      comm.isend(send, 0, 5, Datatype.INT, next, 1, request);
      Status status = new Status();
      assertThrows(IllegalStateException.class, status::isCancelled);
      assertThrows(IllegalStateException.class, () -> status.elements(pair));
      comm.recv(recv, 0, 4, pair, previous, 1, status);
      assertEquals(20, status.lengthBytes());
      assertEquals(5, status.count(Datatype.INT));
      assertEquals(-1, status.count(pair));
      assertEquals(5, status.elements(pair));
      assertFalse(status.isCancelled());
      request.await(null);
    }
  }

  void cancelledReceive() {
    Request request = comm.newRequest();
    request.cancel();
    comm.irecv(recv, 0, 1, Datatype.INT, previous, 77, request);
    request.cancel();
    Status status = new Status();
    request.await(status);
    assertTrue(status.isCancelled());
    assertFalse(request.isActive());
  }

  void packed() {
    send.set(JAVA_INT, 0, rank);
    send.set(JAVA_DOUBLE, 8, rank + 0.5);
    long most = comm.packSize(1, Datatype.INT) + comm.packSize(1, Datatype.DOUBLE);
    assertTrue(most >= 12);
    MemorySegment bytes = send.asSlice(64, most);
    int end = comm.pack(send, 0, 1, Datatype.INT, bytes, 0);
    end = comm.pack(send, 8, 1, Datatype.DOUBLE, bytes, end);
    assertTrue(end >= 12 && end <= most);
    comm.sendrecv(bytes, 0, end, next, recv, 0, most, previous, Datatype.PACKED, 6);
    MemorySegment got = recv.asSlice(0, most);
    int at = comm.unpack(got, 0, recv, 128, 1, Datatype.INT);
    assertEquals(end, comm.unpack(got, at, recv, 136, 1, Datatype.DOUBLE));
    assertEquals(previous, recv.get(JAVA_INT, 128));
    assertEquals(previous + 0.5, recv.get(JAVA_DOUBLE, 136));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> comm.pack(send, 0, 1, Datatype.INT, bytes, (int) most + 1));
    int small = end;
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> comm.pack(send, 0, 1000, Datatype.LONG, bytes, small));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> comm.unpack(got, small, recv, 0, 1000, Datatype.LONG));
  }

  void setsOfRequests() {
    fill();
    int n = 4;
    Request[] in = new Request[n];
    Request[] out = new Request[n];
    for (int i = 0; i < n; i++) {
      in[i] = comm.newRequest();
      out[i] = comm.newRequest();
    }
    RequestSet receives = comm.newRequestSet(List.of(in));
    RequestSet sends = comm.newRequestSet(List.of(out));
    assertEquals(n, receives.size());
    assertEquals(-1, receives.awaitAny(null));
    assertEquals(-1, receives.testAny(null));
    assertEquals(0, receives.awaitSome(new int[n], null));
    assertTrue(receives.testAll(null));
    Status status = new Status();
    Status[] statuses = {new Status(), new Status(), new Status(), new Status()};
    for (int way = 0; way < 5; way++) {
      for (int i = 0; i < n; i++) {
        comm.irecv(recv, 8L * i, 1, Datatype.LONG, previous, i, in[i]);
      }
      assertEquals(-1, receives.testAny(null));
      assertEquals(0, receives.testSome(new int[n], null));
      assertFalse(receives.testAll(null));
      comm.barrier();
      for (int i = 0; i < n; i++) {
        comm.isend(send, 8L * i, 1, Datatype.LONG, next, i, out[i]);
      }
      boolean[] seen = new boolean[n];
      int[] places = new int[n];
      int left = n;
      while (left > 0 && way < 4) {
        int count = 1;
        switch (way) {
          case 0 -> places[0] = receives.awaitAny(status);
          case 1 -> places[0] = receives.testAny(status);
          case 2 -> count = receives.awaitSome(places, statuses);
          default -> count = receives.testSome(places, statuses);
        }
        for (int i = 0; i < count && places[0] >= 0; i++) {
          Status of = way < 2 ? status : statuses[i];
          assertEquals(places[i], of.tag());
          assertEquals(8, of.lengthBytes());
          assertFalse(seen[places[i]]);
          seen[places[i]] = true;
          left--;
        }
      }
      while (way == 4 && !receives.testAll(statuses)) {
        Thread.onSpinWait();
      }
      for (int i = 0; i < n; i++) {
        assertFalse(in[i].isActive());
        assertEquals(value(previous, i), recv.getAtIndex(JAVA_LONG, i));
      }
      sends.awaitAll();
    }
    assertThrows(IllegalArgumentException.class, () -> receives.awaitSome(new int[1], null));
    assertThrows(IllegalArgumentException.class, () -> receives.awaitAll(new Status[1]));
  }

  void aTruncatedMessageOfASet() {
    Request good = comm.newRequest();
    Request tooLong = comm.newRequest();
    Request[] out = {comm.newRequest(), comm.newRequest()};
    comm.isend(send, 0, 4, Datatype.INT, rank, 1, out[0]);
    comm.isend(send, 0, 4, Datatype.INT, rank, 2, out[1]);
    // Where the receive comes first, Open MPI may cut the message off and say nothing, as from C.
    comm.irecv(recv, 0, 4, Datatype.INT, rank, 1, good);
    comm.irecv(recv, 64, 1, Datatype.INT, rank, 2, tooLong);
    RequestSet set = comm.newRequestSet(List.of(good, tooLong));
    MpiException failed = assertThrows(MpiException.class, () -> set.awaitAll());
    assertEquals("MPI_ERR_TRUNCATE", failed.errorClass());
    assertFalse(tooLong.isActive());
    good.await(null);
    assertFalse(good.isActive());
    comm.newRequestSet(List.of(out)).awaitAll();
  }

  void requestsStayReachable() {
    Request first = comm.newRequest();
    comm.irecv(recv, 0, 1, Datatype.INT, previous, 9, first);
    assertEquals(1, comm.active.sites().size());
    assertTrue(
        comm.active.sites().get(0).contains("MessageChecks.requestsStayReachable"),
        comm.active.sites().get(0));
    assertNotNull(first);
    comm.send(send, 0, 1, Datatype.INT, next, 9);
    first.await(null);
    assertTrue(comm.active.isEmpty());
  }
}
