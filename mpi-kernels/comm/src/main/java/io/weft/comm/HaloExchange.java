package io.weft.comm;

import io.weft.comm.fabric.RemoteHalo;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The same exchange with the same neighbours from the same buffers, again and again: what a stencil
 * does at each step. Made once; {@link #start} starts all messages, {@link #await} completes them,
 * and what needs no halo is computed between the two. Nothing is allocated after the first
 * exchange.
 *
 * <p>Over libfabric, a face too long to go along with its envelope is written straight into the
 * neighbour's registered memory, where the provider tells the neighbour of such writes (fi_rma(3),
 * {@code fi_writedata}); {@link #remoteWrites} says how many are. The others are persistent
 * messages.
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

  /** Null where no face is written. */
  private final RemoteHalo remote;

  /** The length of each face that is written, in bytes. */
  private final long[] writtenBytes;

  private HaloExchange(
      Communicator communicator,
      PersistentRequest[] requests,
      RemoteHalo remote,
      long[] writtenBytes) {
    this.communicator = communicator;
    this.requests = requests;
    this.remote = remote;
    this.writtenBytes = writtenBytes;
  }

  /**
   * Makes an exchange; collective over the communicator, also for ranks without neighbours.
   *
   * @param communicator carries it
   * @param faces what goes where; their target regions must not overlap
   * @return the exchange, to be closed before the communicator
   * @throws CommunicatorException if the memory of a face cannot be registered, or two neighbours'
   *     faces differ in length
   */
  public static HaloExchange of(Communicator communicator, List<Face> faces) {
    List<Face> messages = new ArrayList<>();
    List<RemoteHalo.Face> writes = new ArrayList<>();
    boolean writesRemotely = false;
    if (communicator instanceof FabricCommunicator fabric && fabric.writesRemotely()) {
      writesRemotely = true;
      long longestMessage = fabric.longestEager();
      for (Face f : faces) {
        boolean toOther =
            f.neighbour() != Cartesian.NO_NEIGHBOUR && f.neighbour() != communicator.rank();
        if (toOther && f.lengthBytes() > longestMessage) {
          writes.add(checked(f, communicator.size()));
        } else {
          messages.add(f);
        }
      }
    } else {
      messages = faces;
    }
    PersistentRequest[] requests = requests(communicator, messages);
    try {
      RemoteHalo remote =
          writesRemotely ? ((FabricCommunicator) communicator).remoteHalo(writes) : null;
      long[] writtenBytes = writes.stream().mapToLong(RemoteHalo.Face::length).toArray();
      return new HaloExchange(communicator, requests, remote, writtenBytes);
    } catch (RuntimeException refused) {
      closeAll(List.of(requests));
      throw refused;
    }
  }

  private static RemoteHalo.Face checked(Face f, int size) {
    Arguments.peer(f.neighbour(), size);
    Arguments.tag(f.sendTag());
    Arguments.tag(f.recvTag());
    Regions.source(f.send(), f.sendOffsetBytes(), f.lengthBytes());
    Regions.target(f.recv(), f.recvOffsetBytes(), f.lengthBytes());
    return new RemoteHalo.Face(
        f.neighbour(),
        f.send(),
        f.sendOffsetBytes(),
        f.recv(),
        f.recvOffsetBytes(),
        f.lengthBytes(),
        f.sendTag(),
        f.recvTag());
  }

  private static PersistentRequest[] requests(Communicator communicator, List<Face> faces) {
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
      closeAll(receives);
      closeAll(sends);
      throw refused;
    }
    // Receives are started first, so that messages find their place.
    receives.addAll(sends);
    return receives.toArray(PersistentRequest[]::new);
  }

  private static void closeAll(List<PersistentRequest> requests) {
    requests.forEach(PersistentRequest::close);
  }

  /**
   * How many faces of this rank are written into the neighbour's memory.
   *
   * @return a count, 0 where all are messages
   */
  public int remoteWrites() {
    return writtenBytes.length;
  }

  /**
   * Starts all messages; does not block. Until {@link #await} returns, what goes out must not be
   * changed and what comes in not be touched.
   */
  public void start() {
    if (remote != null) {
      remote.start();
      for (long bytes : writtenBytes) {
        communicator.traffic().countOneSided(bytes);
      }
    }
    for (PersistentRequest request : requests) {
      request.start();
    }
  }

  /** Waits until everything has come in and everything that went out may be changed. */
  public void await() {
    communicator.awaitAll(requests, null);
    if (remote != null) {
      remote.await();
    }
  }

  /**
   * Makes progress and says whether {@link #await} would return at once; does not block.
   *
   * @return true if all messages are complete, which ends them
   */
  public boolean test() {
    if (remote != null && !remote.isDone()) {
      remote.progress();
      return false;
    }
    if (!communicator.testAll(requests, null)) {
      return false;
    }
    if (remote != null) {
      remote.await();
    }
    return true;
  }

  /** Releases the requests; closing twice does nothing. */
  @Override
  public void close() {
    closeAll(List.of(requests));
    if (remote != null) {
      remote.close();
    }
  }
}
