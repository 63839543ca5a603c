package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import mpi.Datatype;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;
import mpi.Message;
import mpi.Prequest;
import mpi.Request;
import mpi.Status;

/** Messages around the ring of ranks: each sends to the next one. */
final class MessageChecks extends Checks {
  private static final long SECONDS_10 = 10_000_000_000L;

  MessageChecks(Intracomm comm) throws MPIException {
    super(comm);
  }

  /** What the previous rank sends in this ring. */
  private int from(int value) {
    return 1000 * previous + value;
  }

  private int mine(int value) {
    return 1000 * rank + value;
  }

  private Status shift(Object out, int count, Datatype type, Object in) throws MPIException {
    return comm.sendRecv(out, count, type, next, 3, in, count, type, previous, 3);
  }

  void arraysOfEveryType() throws MPIException {
    byte[] bytes = new byte[2];
    shift(new byte[] {(byte) rank, -7}, 2, MPI.BYTE, bytes);
    assertArrayEquals(new byte[] {(byte) previous, -7}, bytes);
    char[] chars = new char[2];
    shift(new char[] {(char) ('a' + rank), '\u20ac'}, 2, MPI.CHAR, chars);
    assertArrayEquals(new char[] {(char) ('a' + previous), '\u20ac'}, chars);
    short[] shorts = new short[2];
    shift(new short[] {(short) mine(1), -2}, 2, MPI.SHORT, shorts);
    assertArrayEquals(new short[] {(short) from(1), -2}, shorts);
    boolean[] booleans = new boolean[3];
    shift(new boolean[] {rank % 2 == 0, true, false}, 3, MPI.BOOLEAN, booleans);
    assertArrayEquals(new boolean[] {previous % 2 == 0, true, false}, booleans);
    int[] ints = new int[2];
    shift(new int[] {mine(1), -2}, 2, MPI.INT, ints);
    assertArrayEquals(new int[] {from(1), -2}, ints);
    long[] longs = new long[2];
    shift(new long[] {mine(1), 1L << 40}, 2, MPI.LONG, longs);
    assertArrayEquals(new long[] {from(1), 1L << 40}, longs);
    float[] floats = new float[2];
    shift(new float[] {mine(1), 0.5f}, 2, MPI.FLOAT, floats);
    assertArrayEquals(new float[] {from(1), 0.5f}, floats);
    double[] doubles = new double[2];
    shift(new double[] {mine(1), 0.25}, 2, MPI.DOUBLE, doubles);
    assertArrayEquals(new double[] {from(1), 0.25}, doubles);
  }

  void buffersOfEveryType() throws MPIException {
    ByteBuffer bytes = MPI.newByteBuffer(2);
    shift(MPI.newByteBuffer(2).put(0, (byte) rank), 2, MPI.BYTE, bytes);
    assertEquals(previous, bytes.get(0));
    CharBuffer chars = MPI.newCharBuffer(2);
    shift(MPI.newCharBuffer(2).put(1, (char) mine(7)), 2, MPI.CHAR, chars);
    assertEquals((char) from(7), chars.get(1));
    ShortBuffer shorts = MPI.newShortBuffer(2);
    shift(MPI.newShortBuffer(2).put(1, (short) mine(8)), 2, MPI.SHORT, shorts);
    assertEquals(from(8), shorts.get(1));
    IntBuffer ints = MPI.newIntBuffer(2);
    shift(MPI.newIntBuffer(2).put(1, mine(9)), 2, MPI.INT, ints);
    assertEquals(from(9), ints.get(1));
    LongBuffer longs = MPI.newLongBuffer(2);
    shift(MPI.newLongBuffer(2).put(1, mine(10)), 2, MPI.LONG, longs);
    assertEquals(from(10), longs.get(1));
    FloatBuffer floats = MPI.newFloatBuffer(2);
    shift(MPI.newFloatBuffer(2).put(1, mine(11)), 2, MPI.FLOAT, floats);
    assertEquals(from(11), floats.get(1));
    DoubleBuffer doubles = MPI.newDoubleBuffer(2);
    shift(MPI.newDoubleBuffer(2).put(1, mine(12)), 2, MPI.DOUBLE, doubles);
    assertEquals(from(12), doubles.get(1));
  }

  void slicesOfArrays() throws MPIException {
    byte[] bytes = new byte[3];
    shift(MPI.slice(new byte[] {0, (byte) rank}, 1), 1, MPI.BYTE, MPI.slice(bytes, 2));
    assertArrayEquals(new byte[] {0, 0, (byte) previous}, bytes);
    char[] chars = new char[3];
    shift(MPI.slice(new char[] {0, (char) mine(1)}, 1), 1, MPI.CHAR, MPI.slice(chars, 2));
    assertArrayEquals(new char[] {0, 0, (char) from(1)}, chars);
    short[] shorts = new short[3];
    shift(MPI.slice(new short[] {0, (short) mine(1)}, 1), 1, MPI.SHORT, MPI.slice(shorts, 2));
    assertArrayEquals(new short[] {0, 0, (short) from(1)}, shorts);
    int[] ints = new int[3];
    shift(MPI.slice(new int[] {0, mine(1)}, 1), 1, MPI.INT, MPI.slice(ints, 2));
    assertArrayEquals(new int[] {0, 0, from(1)}, ints);
    long[] longs = new long[3];
    shift(MPI.slice(new long[] {0, mine(1)}, 1), 1, MPI.LONG, MPI.slice(longs, 2));
    assertArrayEquals(new long[] {0, 0, from(1)}, longs);
    float[] floats = new float[3];
    shift(MPI.slice(new float[] {0, mine(1)}, 1), 1, MPI.FLOAT, MPI.slice(floats, 2));
    assertArrayEquals(new float[] {0, 0, from(1)}, floats);
    double[] doubles = new double[3];
    shift(MPI.slice(new double[] {0, mine(1)}, 1), 1, MPI.DOUBLE, MPI.slice(doubles, 2));
    assertArrayEquals(new double[] {0, 0, from(1)}, doubles);
  }

  /** Of direct buffers and of buffers on the heap; a position counts for nothing. */
  void slicesOfBuffers() throws MPIException {
    ByteBuffer bytes = MPI.newByteBuffer(9);
    shift(
        MPI.slice(ByteBuffer.wrap(new byte[] {0, (byte) rank}), 1),
        1,
        MPI.BYTE,
        MPI.slice(bytes, 8));
    assertEquals(previous, bytes.get(8));
    assertEquals(MPI.newByteBuffer(1).order(), MPI.slice(bytes, 8).order());
    CharBuffer chars = MPI.newCharBuffer(9);
    shift(
        MPI.slice(CharBuffer.wrap(new char[] {0, (char) mine(1)}), 1),
        1,
        MPI.CHAR,
        MPI.slice(chars, 8));
    assertEquals((char) from(1), chars.get(8));
    ShortBuffer shorts = MPI.newShortBuffer(9);
    shift(
        MPI.slice(ShortBuffer.wrap(new short[] {0, (short) mine(1)}), 1),
        1,
        MPI.SHORT,
        MPI.slice(shorts, 8));
    assertEquals(from(1), shorts.get(8));
    IntBuffer ints = MPI.newIntBuffer(9);
    shift(MPI.slice(IntBuffer.wrap(new int[] {0, mine(1)}), 1), 1, MPI.INT, MPI.slice(ints, 8));
    assertEquals(from(1), ints.get(8));
    LongBuffer longs = MPI.newLongBuffer(9);
    shift(MPI.slice(LongBuffer.wrap(new long[] {0, mine(1)}), 1), 1, MPI.LONG, MPI.slice(longs, 8));
    assertEquals(from(1), longs.get(8));
    FloatBuffer floats = MPI.newFloatBuffer(9);
    shift(
        MPI.slice(FloatBuffer.wrap(new float[] {0, mine(1)}), 1),
        1,
        MPI.FLOAT,
        MPI.slice(floats, 8));
    assertEquals(from(1), floats.get(8));
    DoubleBuffer doubles = MPI.newDoubleBuffer(9);
    shift(
        MPI.slice(DoubleBuffer.wrap(new double[] {0, mine(1)}), 1),
        1,
        MPI.DOUBLE,
        MPI.slice(doubles, 8));
    assertEquals(from(1), doubles.get(8));
    IntBuffer moved = MPI.newIntBuffer(4).put(0, mine(5)).position(2).limit(3);
    IntBuffer movedToo = IntBuffer.wrap(new int[4]).position(3);
    shift(moved, 1, MPI.INT, movedToo);
    assertEquals(from(5), movedToo.get(0));
    // A view of bytes on the heap has no array of its own.
    IntBuffer view = ByteBuffer.allocate(12).order(bytes.order()).asIntBuffer();
    shift(
        ByteBuffer.allocate(12).order(bytes.order()).asIntBuffer().put(1, mine(6)),
        3,
        MPI.INT,
        view);
    assertEquals(from(6), view.get(1));
    // Reading of what is read-only is no harm.
    IntBuffer readOnly = IntBuffer.wrap(new int[] {mine(7)}).asReadOnlyBuffer();
    int[] got = new int[1];
    shift(readOnly, 1, MPI.INT, got);
    assertEquals(from(7), got[0]);
  }

  void modes() throws MPIException {
    int[] in = new int[1];
    IntBuffer posted = MPI.newIntBuffer(1);
    Request request = comm.iRecv(posted, 1, MPI.INT, previous, 1);
    comm.send(new int[] {mine(1)}, 1, MPI.INT, next, 1);
    Status status = request.waitStatus();
    assertEquals(from(1), posted.get(0));
    assertEquals(previous, status.getSource());
    assertEquals(1, status.getTag());
    assertEquals(1, status.getCount(MPI.INT));
    assertTrue(request.isNull());
    byte[] room = new byte[1000 + MPI.BSEND_OVERHEAD];
    MPI.attachBuffer(room);
    comm.bSend(new int[] {mine(2)}, 1, MPI.INT, next, 2);
    comm.recv(in, 1, MPI.INT, previous, 2);
    assertEquals(from(2), in[0]);
    assertSame(room, MPI.detachBuffer());
    request = comm.iRecv(posted, 1, MPI.INT, previous, 3);
    comm.sSend(new int[] {mine(3)}, 1, MPI.INT, next, 3);
    request.waitFor();
    assertEquals(from(3), posted.get(0));
    request = comm.iRecv(posted, 1, MPI.INT, previous, 4);
    comm.barrier();
    comm.rSend(new int[] {mine(4)}, 1, MPI.INT, next, 4);
    request.waitFor();
    assertEquals(from(4), posted.get(0));
    int[] both = {mine(5)};
    comm.sendRecvReplace(both, 1, MPI.INT, next, 5, previous, 5);
    assertEquals(from(5), both[0]);
  }

  void startedModes() throws MPIException {
    MPI.attachBuffer(new byte[1000 + MPI.BSEND_OVERHEAD]);
    for (int mode = 0; mode < 4; mode++) {
      IntBuffer in = MPI.newIntBuffer(1);
      IntBuffer out = MPI.newIntBuffer(1).put(0, mine(mode));
      Request receive = comm.iRecv(in, 1, MPI.INT, MPI.ANY_SOURCE, 10 + mode);
      comm.barrier();
      Request send =
          switch (mode) {
            case 0 -> comm.iSend(out, 1, MPI.INT, next, 10);
            case 1 -> comm.ibSend(out, 1, MPI.INT, next, 11);
            case 2 -> comm.isSend(out, 1, MPI.INT, next, 12);
            default -> comm.irSend(out, 1, MPI.INT, next, 13);
          };
      Request.waitAll(new Request[] {receive, send});
      assertEquals(from(mode), in.get(0));
    }
    MPI.detachBuffer();
  }

  void persistent() throws MPIException {
    MPI.attachBuffer(new byte[1000 + MPI.BSEND_OVERHEAD]);
    for (int mode = 0; mode < 4; mode++) {
      IntBuffer in = MPI.newIntBuffer(1);
      IntBuffer out = MPI.newIntBuffer(1);
      Prequest receive = comm.recvInit(in, 1, MPI.INT, previous, 20 + mode);
      Prequest send =
          switch (mode) {
            case 0 -> comm.sendInit(out, 1, MPI.INT, next, 20);
            case 1 -> comm.bSendInit(out, 1, MPI.INT, next, 21);
            case 2 -> comm.sSendInit(out, 1, MPI.INT, next, 22);
            default -> comm.rSendInit(out, 1, MPI.INT, next, 23);
          };
      for (int turn = 0; turn < 3; turn++) {
        out.put(0, mine(turn));
        if (turn == 1) {
          Prequest.startAll(new Prequest[] {receive});
        } else {
          receive.start();
        }
        comm.barrier();
        send.start();
        refused(MPI.ERR_REQUEST, "MPI_Start", "started already", send::start);
        Request.waitAll(new Request[] {send, receive});
        assertEquals(from(turn), in.get(0));
        assertFalse(send.isNull());
      }
      send.free();
      receive.free();
      assertTrue(send.isNull());
      refused(MPI.ERR_REQUEST, "MPI_Start", "freed", send::start);
    }
    MPI.detachBuffer();
  }

  void aShortMessageLeavesTheRest() throws MPIException {
    int[] in = {1, 2, 3, 4};
    Status status =
        comm.sendRecv(new int[] {mine(9)}, 1, MPI.INT, next, 1, in, 4, MPI.INT, previous, 1);
    assertArrayEquals(new int[] {from(9), 2, 3, 4}, in);
    assertEquals(1, status.getCount(MPI.INT));
    assertEquals(MPI.UNDEFINED, status.getCount(MPI.DOUBLE_COMPLEX));
    assertEquals(1, status.getElements(MPI.INT));
    assertEquals(1, status.getElementsX(MPI.INT).getCount());
    assertEquals(MPI.SUCCESS, status.getError());
    assertEquals(0, status.getIndex());
    assertFalse(status.isCancelled());
    status.setElements(MPI.INT, 7);
    assertEquals(7, status.getElements(MPI.INT));
    status.setElementsX(MPI.INT, new mpi.Count(8));
    assertEquals(8, status.getElementsX(MPI.INT).getCount());
    status.setCancelled(true);
    assertTrue(status.isCancelled());
    assertEquals(previous, status.getSource());
    in = new int[] {1, 2};
    comm.recv(in, 2, MPI.INT, MPI.PROC_NULL, 0);
    assertArrayEquals(new int[] {1, 2}, in);
  }

  void probes() throws MPIException {
    assertNull(comm.iProbe(MPI.ANY_SOURCE, 99));
    IntBuffer out = MPI.newIntBuffer(3).put(0, mine(1)).put(2, mine(3));
    Request send = comm.iSend(out, 3, MPI.INT, next, 31);
    Status status = comm.probe(previous, 31);
    assertEquals(3, status.getCount(MPI.INT));
    assertNotNull(comm.iProbe(previous, MPI.ANY_TAG));
    int[] in = new int[status.getCount(MPI.INT)];
    comm.recv(in, 3, MPI.INT, status.getSource(), status.getTag());
    assertArrayEquals(new int[] {from(1), 0, from(3)}, in);
    send.waitFor();
  }

  void matchedProbes() throws MPIException {
    Message message = new Message();
    assertTrue(message.isNull());
    assertNull(message.imProbe(MPI.ANY_SOURCE, 98, comm));
    refused(
        MPI.ERR_REQUEST, "MPI_Mrecv", "no message", () -> message.mRecv(new int[1], 1, MPI.INT));
    IntBuffer out = MPI.newIntBuffer(1).put(0, mine(4));
    Request[] sends = {
      comm.iSend(out, 1, MPI.INT, next, 32), comm.iSend(out, 1, MPI.INT, next, 33)
    };
    assertEquals(previous, message.mProbe(previous, 32, comm).getSource());
    assertFalse(message.isNull());
    int[] in = new int[1];
    assertEquals(32, message.mRecv(in, 1, MPI.INT).getTag());
    assertEquals(from(4), in[0]);
    assertTrue(message.isNull());
    Status found = null;
    for (long end = System.nanoTime() + SECONDS_10; found == null; ) {
      assertTrue(System.nanoTime() < end, "no message of tag 33 in 10 seconds");
      found = message.imProbe(previous, 33, comm);
    }
    IntBuffer direct = MPI.newIntBuffer(1);
    message.imRecv(direct, 1, MPI.INT).waitFor();
    assertEquals(from(4), direct.get(0));
    Request.waitAll(sends);
    message.mProbe(MPI.PROC_NULL, 0, comm);
    assertTrue(message.isNoProc());
    assertEquals(MPI.PROC_NULL, message.mRecv(null, 0, MPI.INT).getSource());
  }

  void packed() throws MPIException {
    byte[] buffer = new byte[comm.packSize(2, MPI.INT) + comm.packSize(1, MPI.DOUBLE) + 3];
    int position = comm.pack(new int[] {mine(1), -5}, 2, MPI.INT, buffer, 3);
    position = comm.pack(new double[] {0.5}, 1, MPI.DOUBLE, buffer, position);
    assertEquals(3 + 16, position);
    byte[] got = new byte[buffer.length];
    comm.sendRecv(MPI.slice(buffer, 3), 16, MPI.PACKED, next, 5, got, 16, MPI.PACKED, previous, 5);
    int[] ints = new int[2];
    double[] doubles = new double[1];
    position = comm.unpack(got, 0, ints, 2, MPI.INT);
    assertEquals(8, position);
    assertEquals(16, comm.unpack(got, position, doubles, 1, MPI.DOUBLE));
    assertArrayEquals(new int[] {from(1), -5}, ints);
    assertEquals(0.5, doubles[0]);
    refused(
        MPI.ERR_TRUNCATE,
        "MPI_Pack",
        "outbuf",
        () -> comm.pack(new int[2], 2, MPI.INT, new byte[4], 0));
    refused(
        MPI.ERR_TRUNCATE,
        "MPI_Unpack",
        "inbuf",
        () -> comm.unpack(new byte[4], 0, new int[2], 2, MPI.INT));
  }

  void setsOfRequests() throws MPIException {
    IntBuffer[] in = {MPI.newIntBuffer(1), MPI.newIntBuffer(1), MPI.newIntBuffer(1)};
    Request[] all = new Request[3];
    for (int i = 0; i < 3; i++) {
      all[i] = comm.iRecv(in[i], 1, MPI.INT, previous, 40 + i);
    }
    assertNull(Request.testAnyStatus(all));
    assertEquals(MPI.UNDEFINED, Request.testAny(all));
    assertNull(Request.testAllStatus(all));
    assertFalse(Request.testAll(all));
    assertEquals(0, Request.testSome(all).length);
    assertEquals(0, Request.testSomeStatus(all).length);
    assertNull(all[0].testStatus());
    assertNull(all[0].getStatus());
    assertFalse(all[0].test());
    comm.barrier();
    comm.send(new int[] {mine(41)}, 1, MPI.INT, next, 41);
    assertEquals(1, Request.waitAny(all));
    assertEquals(from(41), in[1].get(0));
    assertTrue(all[1].isNull());
    // Nobody sends the next one before all have got this one.
    comm.barrier();
    comm.send(new int[] {mine(42)}, 1, MPI.INT, next, 42);
    Status any = Request.waitAnyStatus(all);
    assertEquals(2, any.getIndex());
    assertEquals(42, any.getTag());
    comm.barrier();
    comm.send(new int[] {mine(40)}, 1, MPI.INT, next, 40);
    assertArrayEquals(new int[] {0}, Request.waitSome(all));
    assertEquals(from(40), in[0].get(0));
    // Nothing is active any more.
    assertEquals(MPI.UNDEFINED, Request.waitAny(all));
    assertEquals(MPI.UNDEFINED, Request.waitAnyStatus(all).getIndex());
    assertNull(Request.waitSome(all));
    assertNull(Request.waitSomeStatus(all));
    assertNull(Request.testSome(all));
    assertNull(Request.testSomeStatus(all));
    assertEquals(MPI.UNDEFINED, Request.testAnyStatus(all).getIndex());
    assertTrue(Request.testAll(all));
    all[0].free();
    assertEquals(3, Request.waitAllStatus(all).length);
    // A test that is repeated ends, each in its way.
    for (int way = 0; way < 5; way++) {
      Request[] one = {comm.iRecv(in[0], 1, MPI.INT, previous, 50 + way)};
      comm.send(new int[] {mine(way)}, 1, MPI.INT, next, 50 + way);
      long end = System.nanoTime() + SECONDS_10;
      while (!done(way, one)) {
        assertTrue(System.nanoTime() < end, "not done after 10 seconds: way " + way);
      }
      assertTrue(one[0].isNull());
      assertEquals(from(way), in[0].get(0));
    }
  }

  private boolean done(int way, Request[] one) throws MPIException {
    switch (way) {
      case 0:
        Status status = Request.testAnyStatus(one);
        return status != null && status.getIndex() == 0;
      case 1:
        return Request.testAny(one) == 0;
      case 2:
        Status[] some = Request.testSomeStatus(one);
        return some.length == 1 && some[0].getSource() == previous;
      case 3:
        return one[0].getStatus() != null && one[0].testStatus() != null;
      default:
        Status[] all = Request.testAllStatus(one);
        return all != null && all[0].getTag() == 50 + way;
    }
  }

  void waitSomeStatusSaysWhich() throws MPIException {
    IntBuffer in = MPI.newIntBuffer(1);
    Request[] requests = {MPI.REQUEST_NULL, comm.iRecv(in, 1, MPI.INT, previous, 60)};
    comm.send(new int[] {mine(1)}, 1, MPI.INT, next, 60);
    Status[] some = Request.waitSomeStatus(requests);
    assertEquals(1, some.length);
    assertEquals(1, some[0].getIndex());
    assertEquals(from(1), in.get(0));
    // Each of several: C's statuses lie side by side, and have no whole number of words.
    IntBuffer many = MPI.newIntBuffer(4);
    Request[] receives = new Request[4];
    for (int i = 0; i < receives.length; i++) {
      receives[i] = comm.iRecv(MPI.slice(many, i), 1, MPI.INT, previous, 70 + i);
    }
    for (int i = 0; i < receives.length; i++) {
      comm.send(new int[] {mine(i)}, 1, MPI.INT, next, 70 + i);
    }
    Status[] all = Request.waitAllStatus(receives);
    for (int i = 0; i < receives.length; i++) {
      assertEquals(previous, all[i].getSource());
      assertEquals(70 + i, all[i].getTag());
      assertEquals(4, all[i].getCount(MPI.BYTE));
      assertEquals(from(i), many.get(i));
    }
  }

  void cancelled() throws MPIException {
    Request receive = comm.iRecv(MPI.newIntBuffer(1), 1, MPI.INT, previous, 61);
    receive.cancel();
    assertTrue(receive.waitStatus().isCancelled());
    refused(MPI.ERR_REQUEST, "MPI_Cancel", "null", receive::cancel);
    Request freed = comm.iRecv(MPI.newIntBuffer(1), 1, MPI.INT, previous, 62);
    freed.free();
    assertTrue(freed.isNull());
    // It goes on, and takes the message.
    comm.send(new int[1], 1, MPI.INT, next, 62);
    comm.barrier();
    Request.waitAll(new Request[] {MPI.REQUEST_NULL});
    MPI.REQUEST_NULL.free();
    assertTrue(MPI.REQUEST_NULL.test());
  }

  /** Of an operation under way that the program has forgotten, buffers stay where they are. */
  void forgottenRequests() throws MPIException {
    int count = 1 << 16;
    for (int turn = 0; turn < 20; turn++) {
      IntBuffer out = MPI.newIntBuffer(count);
      for (int i = 0; i < count; i++) {
        out.put(i, mine(turn));
      }
      comm.iSend(out, count, MPI.INT, next, 70);
      out = null;
      if (turn % 5 == 0) {
        System.gc();
      }
      int[] in = new int[count];
      comm.recv(in, count, MPI.INT, previous, 70);
      for (int each : in) {
        assertEquals(from(turn), each);
      }
    }
  }

  /** The same call for all kinds of buffers that return at once. */
  void onlyDirectBuffersForWhatReturnsAtOnce() {
    Buffer heap = IntBuffer.allocate(4);
    IllegalArgumentException refused =
        org.junit.jupiter.api.Assertions.assertThrows(
            IllegalArgumentException.class, () -> comm.iSend(heap, 1, MPI.INT, next, 0));
    assertTrue(refused.getMessage().contains("MPI_Isend"), refused::getMessage);
    assertTrue(refused.getMessage().contains("direct"), refused::getMessage);
  }
}
