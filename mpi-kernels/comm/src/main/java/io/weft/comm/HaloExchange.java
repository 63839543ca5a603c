package io.weft.comm;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The same exchange with the same neighbours from the same buffers, again and again: what a stencil
 * does at each step. Made once; {@link #start} starts all messages, {@link #await} completes them,
 * and what needs no halo is computed between the two. Nothing is allocated after the first
 * exchange.
 *
 * <p>Confined to the communicator's thread; all ranks concerned start it equally often.
 */
public final class HaloExchange implements AutoCloseable {
  /**
   * What goes to and comes from one neighbour.
   *
   * @param neighbour the other rank; a face without neighbour ({@link Cartesian#NO_NEIGHBOUR}) is
   *     left out
   * @param send native memory that holds what goes out at each start
   * @param sendOffsetBytes where it starts
   * @param recv native memory for what comes in, which may be read after {@link #await}
   * @param recvOffsetBytes where it goes
   * @param lengthBytes the length of either
   * @param sendTag the tag of what goes out: the {@code recvTag} of the neighbour's face
   * @param recvTag the tag of what comes in
   */
  public record Face(
      int neighbour,
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long lengthBytes,
      int sendTag,
      int recvTag) {}

  private final Communicator communicator;
  private final PersistentRequest[] requests;

  private HaloExchange(Communicator communicator, PersistentRequest[] requests) {
    this.communicator = communicator;
    this.requests = requests;
  }

  /**
   * Makes an exchange; sends nothing.
   *
   * @param communicator carries it
   * @param faces what goes where; their target regions must not overlap
   * @return the exchange, to be closed before the communicator
   */
  public static HaloExchange of(Communicator communicator, List<Face> faces) {
    List<PersistentRequest> receives = new ArrayList<>();
    List<PersistentRequest> sends = new ArrayList<>();
    try {
      for (Face f : faces) {
        if (f.neighbour() != Cartesian.NO_NEIGHBOUR) {
          receives.add(
              communicator.recvInit(
                  f.recv(), f.recvOffsetBytes(), f.lengthBytes(), f.neighbour(), f.recvTag()));
          sends.add(
              communicator.sendInit(
                  f.send(), f.sendOffsetBytes(), f.lengthBytes(), f.neighbour(), f.sendTag()));
        }
      }
    } catch (RuntimeException refused) {
      receives.forEach(PersistentRequest::close);
      sends.forEach(PersistentRequest::close);
      throw refused;
    }
    // Receives are started first, so that messages find their place.
    receives.addAll(sends);
    return new HaloExchange(communicator, receives.toArray(PersistentRequest[]::new));
  }

  /**
   * Starts all messages; does not block. Until {@link #await} returns, what goes out must not be
   * changed and what comes in not be touched.
   */
  public void start() {
    for (PersistentRequest request : requests) {
      request.start();
    }
  }

  /** Waits until everything has come in and everything that went out may be changed. */
  public void await() {
    communicator.awaitAll(requests, null);
  }

  /**
   * Makes progress and says whether {@link #await} would return at once; does not block.
   *
   * @return true if all messages are complete, which ends them
   */
  public boolean test() {
    return communicator.testAll(requests, null);
  }

  /** Releases the requests; closing twice does nothing. */
  @Override
  public void close() {
    for (PersistentRequest request : requests) {
      request.close();
    }
  }
}
