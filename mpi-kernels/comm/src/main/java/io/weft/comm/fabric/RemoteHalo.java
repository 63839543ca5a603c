package io.weft.comm.fabric;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.weft.comm.CommunicatorException;
import io.weft.comm.fabric.FabricRequest.Stage;
import io.weft.fabric.MemoryRegion;
import io.weft.fabric.RemoteRegion;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Faces that are exchanged by writes into registered memory of the neighbour, which its completion
 * queue tells of (fi_writedata, fi_rma(3)). Before each write the neighbour says that the place is
 * ready for it; it does so as it starts its own exchange, so that the write need not wait where the
 * neighbour is ahead. Of a long face no more than that word and the bytes cross.
 */
public final class RemoteHalo implements ActiveMessages, AutoCloseable {
  private static final int RECORD = RemoteRegion.BYTES + Integer.BYTES;

  /**
   * What goes to and comes from one neighbour; ranks are the group's.
   *
   * @param neighbour the other rank
   * @param send holds what goes out
   * @param sendOffset where it starts
   * @param recv takes what comes in
   * @param recvOffset where it goes
   * @param length of either in bytes
   * @param sendTag the {@code recvTag} of the neighbour's face
   * @param recvTag tells this face from others of that neighbour
   */
  public record Face(
      int neighbour,
      MemorySegment send,
      long sendOffset,
      MemorySegment recv,
      long recvOffset,
      long length,
      int sendTag,
      int recvTag) {}

  /** A face while it is in use. */
  private static final class Side {
    final Face face;
    final FabricRequest write;
    MemoryRegion place;
    RemoteRegion target;

    /** Which of its faces the neighbour takes this one's bytes with. */
    int remoteFace;

    /** The neighbour's place is ready for the next write. */
    boolean ready;

    /** This exchange's write has not been posted. */
    boolean owes;

    Side(Face face, FabricRequest write) {
      this.face = face;
      this.write = write;
    }
  }

  private final Channel channel;
  private final ProviderPostings postings;
  private final Group group;
  private final Side[] sides;
  private final FabricRequest.Completion written = this::left;
  private final FabricRequest.Completion told = this::said;
  private int remaining;
  private CommunicatorException failure;
  private boolean closed;

  private RemoteHalo(Channel channel, ProviderPostings postings, Group group, List<Face> faces) {
    this.channel = channel;
    this.postings = postings;
    this.group = group;
    this.sides = new Side[faces.size()];
    for (int i = 0; i < sides.length; i++) {
      sides[i] = new Side(faces.get(i), channel.newRequest(group));
    }
  }

  /**
   * Makes one; collective, also for ranks without faces.
   *
   * @param channel carries it; {@link Channel#writesRemotely}
   * @param group whose context is for this exchange alone
   * @param exchange reaches the other ranks
   * @param faces what goes where
   * @return the exchange
   * @throws CommunicatorException on every rank if memory cannot be registered on one
   */
  public static RemoteHalo open(
      Channel channel, Group group, RemoteMemory.ByteExchange exchange, List<Face> faces) {
    RemoteHalo halo = new RemoteHalo(channel, channel.providerPostings(), group, faces);
    String refusal = "";
    try {
      halo.register();
    } catch (RuntimeException e) {
      refusal = "a face's memory cannot be registered: " + e.getMessage();
    }
    byte[][] refusals = exchange.allgather(refusal.getBytes(StandardCharsets.UTF_8));
    for (int rank = 0; rank < refusals.length; rank++) {
      if (refusals[rank].length > 0) {
        halo.close();
        throw new CommunicatorException(
            "rank " + rank + ": " + new String(refusals[rank], StandardCharsets.UTF_8));
      }
    }
    halo.introduce();
    exchange.allgather(new byte[0]); // Nobody starts before everybody knows its neighbours.
    return halo;
  }

  private void register() {
    if (sides.length > RemoteAccess.MOST_TOLD) {
      throw new IllegalArgumentException(
          sides.length + " faces are more than " + RemoteAccess.MOST_TOLD);
    }
    for (Side side : sides) {
      Face face = side.face;
      side.place = postings.remote().share(face.recv.asSlice(face.recvOffset, face.length));
    }
    postings.handlers().set(group.context, this);
  }

  /** Tells each neighbour where it has to write, and hears the same from it. */
  private void introduce() {
    try (Arena arena = Arena.ofConfined()) {
      FabricRequest[] requests = new FabricRequest[2 * sides.length];
      MemorySegment in = arena.allocate(Math.max(1, (long) RECORD * sides.length));
      MemorySegment out = arena.allocate(Math.max(1, (long) RECORD * sides.length));
      for (int i = 0; i < sides.length; i++) {
        Face face = sides[i].face;
        long at = (long) i * RECORD;
        ByteBuffer record = ByteBuffer.allocate(RECORD).order(ByteOrder.LITTLE_ENDIAN);
        record.put(sides[i].place.remote().toBytes()).putInt(i);
        MemorySegment.copy(MemorySegment.ofArray(record.array()), 0, out, at, RECORD);
        requests[2 * i] = channel.newRequest(group);
        requests[2 * i + 1] = channel.newRequest(group);
        channel.receive(requests[2 * i], in, at, RECORD, face.neighbour, face.sendTag);
        channel.send(requests[2 * i + 1], out, at, RECORD, face.neighbour, face.recvTag);
      }
      for (FabricRequest request : requests) {
        channel.await(request);
        request.finish(null);
        channel.recycle(request);
      }
      for (int i = 0; i < sides.length; i++) {
        ByteBuffer record = in.asSlice((long) i * RECORD, RECORD).asByteBuffer();
        record.order(ByteOrder.LITTLE_ENDIAN);
        byte[] region = new byte[RemoteRegion.BYTES];
        record.get(region);
        sides[i].target = RemoteRegion.of(region);
        sides[i].remoteFace = record.getInt();
        checkLengths(sides[i]);
      }
    }
  }

  private void checkLengths(Side side) {
    if (side.target.lengthBytes() != side.face.length) {
      throw new CommunicatorException(
          "rank "
              + group.rank()
              + ": a face of "
              + side.face.length
              + " bytes meets one of "
              + side.target.lengthBytes()
              + " bytes at rank "
              + side.face.neighbour
              + " (tag "
              + side.face.sendTag
              + ")");
    }
  }

  /** Starts all writes, and says that the own places are ready; does not block. */
  public void start() {
    channel.check();
    if (remaining > 0) {
      throw new IllegalStateException("the exchange is under way: await it first");
    }
    remaining = 2 * sides.length;
    for (int i = 0; i < sides.length; i++) {
      sides[i].owes = true;
      sayReady(i);
    }
    for (Side side : sides) {
      writeIfReady(side);
    }
  }

  private void sayReady(int which) {
    FabricRequest r = channel.newRequest(group);
    r.envelope = postings.envelope(Envelope.BYTES + Integer.BYTES);
    r.envelope.memory.set(JAVA_INT, Envelope.BYTES, which);
    r.length = Integer.BYTES;
    r.peer = group.member(sides[which].face.neighbour);
    r.completion = told;
    channel.sendActive(r);
  }

  private void said(FabricRequest r) {
    note(r.failure);
    r.reset();
    channel.recycle(r);
  }

  private void note(CommunicatorException failed) {
    if (failed != null && failure == null) {
      failure = failed;
    }
  }

  private void writeIfReady(Side side) {
    if (!side.ready || !side.owes) {
      return;
    }
    side.ready = false;
    side.owes = false;
    Face face = side.face;
    FabricRequest r = side.write;
    r.buffer = face.send;
    r.offset = face.sendOffset;
    r.length = face.length;
    r.peer = group.member(face.neighbour);
    r.remote = side.target;
    r.remoteOffset = 0;
    r.told = RemoteAccess.told(group.context, side.remoteFace);
    r.completion = written;
    r.stage = Stage.WRITE_TOLD;
    channel.startRemote(r);
  }

  private void left(FabricRequest r) {
    note(r.failure);
    r.reset();
    remaining--;
  }

  @Override
  public void arrived(int source, MemorySegment from, long at, long length) {
    int which = from.get(JAVA_INT, at);
    for (Side side : sides) {
      if (side.remoteFace == which && group.member(side.face.neighbour) == source && !side.ready) {
        side.ready = true;
        writeIfReady(side);
        return;
      }
    }
    throw new CommunicatorException(
        "rank " + group.rank() + ": rank " + group.place(source) + " has no face " + which);
  }

  @Override
  public void written(int which) {
    if (which >= sides.length) {
      throw new CommunicatorException(
          "rank " + group.rank() + ": a write tells of face " + which + " of " + sides.length);
    }
    remaining--;
  }

  /**
   * Says whether {@link #await} would return at once; does not poll.
   *
   * @return true if so
   */
  public boolean isDone() {
    return remaining == 0;
  }

  /** Polls once. */
  public void progress() {
    channel.check();
    channel.progress();
  }

  /** Waits until everything has come in, and everything that goes out may be changed. */
  public void await() {
    channel.check();
    int empty = 0;
    while (remaining > 0) {
      empty = channel.pollOrIdle(empty, "a halo that neighbours write");
    }
    CommunicatorException thrown = failure;
    failure = null;
    if (thrown != null) {
      throw thrown;
    }
  }

  /** Releases the memory; closing twice does nothing. */
  @Override
  public void close() {
    if (closed || channel.isClosed()) {
      return;
    }
    if (remaining > 0) {
      throw new IllegalStateException("the exchange is under way: await it first");
    }
    closed = true;
    postings.handlers().set(group.context, null);
    for (Side side : sides) {
      channel.recycle(side.write);
      if (side.place != null) {
        side.place.close();
      }
    }
    channel.groups().end(group);
  }
}
