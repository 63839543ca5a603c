package io.weft.kernels.ft;

import io.weft.comm.Communicator;
import io.weft.comm.Request;
import io.weft.kernels.timed.PhaseTimers;
import java.lang.foreign.MemorySegment;

/**
 * An all-to-all in parts: while the messages of one part are under way, the caller computes the
 * next. Each rank sends every other one message a part. There are two sets of buffers and requests,
 * for even and odd parts, made once; parts of two transposes follow each other in the order of
 * their messages.
 *
 * <p>Peers are taken in order of their distance, so that not all ranks send to the same one at
 * once. Nothing is allocated after the constructor.
 */
final class TransposePipeline {
  private static final int SETS = 2;
  private static final int TAG = 0;
  private static final long PAGE_BYTES = 4096;

  private final Communicator communicator;
  private final int rank;
  private final int ranks;
  private final boolean overlap;
  private final PhaseTimers timers;
  private final long slotBytes;
  private final MemorySegment outgoing;
  private final MemorySegment incoming;
  private final Request[] sends;
  private final Request[] receives;
  private ChunkMover mover;

  /**
   * Allocates.
   *
   * @param communicator at least two ranks
   * @param mostMessageBytes the longest message
   * @param overlap false to wait for the messages of each part before the next is computed
   * @param timers told of packing and waiting
   */
  TransposePipeline(
      Communicator communicator, long mostMessageBytes, boolean overlap, PhaseTimers timers) {
    this.communicator = communicator;
    this.rank = communicator.rank();
    this.ranks = communicator.size();
    this.overlap = overlap;
    this.timers = timers;
    this.slotBytes = pages(mostMessageBytes);
    this.outgoing = communicator.allocate(SETS * (ranks - 1) * slotBytes);
    this.incoming = communicator.allocate(SETS * (ranks - 1) * slotBytes);
    this.sends = requests();
    this.receives = requests();
  }

  private Request[] requests() {
    Request[] requests = new Request[SETS * (ranks - 1)];
    for (int k = 0; k < requests.length; k++) {
      requests[k] = communicator.newRequest();
    }
    return requests;
  }

  private static long pages(long lengthBytes) {
    return (lengthBytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
  }

  /** What an instance takes, in bytes, with some room for each request. */
  static long bytes(int ranks, long mostMessageBytes) {
    long requestBytes = 256;
    return 2L * SETS * (ranks - 1) * (pages(mostMessageBytes) + requestBytes);
  }

  /**
   * Starts a transpose: from here on other ranks' parts are received.
   *
   * @param transpose what is moved
   */
  void start(ChunkMover transpose) {
    timers.start();
    mover = transpose;
    for (int chunk = 0; chunk < Math.min(SETS, mover.chunks()); chunk++) {
      receive(chunk);
    }
    timers.end(FtPhase.ALL_TO_ALL);
  }

  /**
   * Sends a part, and takes in the one before (without overlap: the part itself).
   *
   * @param chunk which one; from 0, one after the other
   */
  void put(int chunk) {
    await(sends, chunk);
    timers.end(FtPhase.ALL_TO_ALL);
    for (int distance = 1; distance < ranks; distance++) {
      mover.pack(chunk, (rank + distance) % ranks, outgoing, slot(chunk, distance) * slotBytes);
    }
    mover.keep(chunk);
    timers.end(FtPhase.PACK);
    for (int distance = 1; distance < ranks; distance++) {
      int slot = slot(chunk, distance);
      communicator.isend(
          outgoing,
          slot * slotBytes,
          mover.messageBytes(),
          (rank + distance) % ranks,
          TAG,
          sends[slot]);
    }
    if (!overlap) {
      take(chunk);
      await(sends, chunk);
    } else if (chunk > 0) {
      take(chunk - 1);
    }
    timers.end(FtPhase.ALL_TO_ALL);
  }

  /** Lets messages advance; for a library that moves them only when it is called. */
  void progress() {
    if (overlap) {
      test(receives);
      test(sends);
      timers.end(FtPhase.ALL_TO_ALL);
    }
  }

  private static void test(Request[] requests) {
    for (Request request : requests) {
      if (request.isActive()) {
        request.test();
      }
    }
  }

  /** Takes in what is left, and waits until everything is sent. */
  void finish() {
    int last = mover.chunks() - 1;
    if (overlap) {
      take(last);
    }
    for (int chunk = Math.max(0, last - 1); chunk <= last; chunk++) {
      await(sends, chunk);
    }
    timers.end(FtPhase.ALL_TO_ALL);
  }

  private void take(int chunk) {
    await(receives, chunk);
    timers.end(FtPhase.ALL_TO_ALL);
    for (int distance = 1; distance < ranks; distance++) {
      int from = Math.floorMod(rank - distance, ranks);
      mover.unpack(chunk, from, incoming, slot(chunk, distance) * slotBytes);
    }
    timers.end(FtPhase.PACK);
    if (chunk + SETS < mover.chunks()) {
      receive(chunk + SETS);
    }
  }

  private void receive(int chunk) {
    for (int distance = 1; distance < ranks; distance++) {
      int slot = slot(chunk, distance);
      communicator.irecv(
          incoming,
          slot * slotBytes,
          mover.messageBytes(),
          Math.floorMod(rank - distance, ranks),
          TAG,
          receives[slot]);
    }
  }

  private void await(Request[] requests, int chunk) {
    for (int distance = 1; distance < ranks; distance++) {
      requests[slot(chunk, distance)].await();
    }
  }

  private int slot(int chunk, int distance) {
    return chunk % SETS * (ranks - 1) + distance - 1;
  }
}
