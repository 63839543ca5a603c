package io.weft.comm.fabric;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.weft.comm.CommunicatorException;
import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import io.weft.comm.fabric.FabricRequest.Stage;
import io.weft.fabric.MemoryRegion;
import io.weft.fabric.RemoteRegion;
import io.weft.ffi.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * Memory of each rank that the others reach through a provider: puts and gets are its writes, which
 * complete when they are there, and its reads. Elements are combined, and locks kept, by the rank
 * whose memory it is, as messages ask for it while it polls; so every provider has all operations
 * on all types, and a rank's combining is atomic because one thread does it.
 */
final class ProviderRemoteMemory extends RemoteMemory implements ActiveMessages {
  private static final int COMBINE = 0;
  private static final int FETCH = 1;
  private static final int COMBINED = 2;
  private static final int FETCHED = 3;
  private static final int SHARE = 4;
  private static final int LOCK = 5;
  private static final int GRANTED = 6;
  private static final int UNLOCK = 7;

  /** What a message asks for; of what type and operation; where; and whose answer it is. */
  private static final long WHAT = 0;

  private static final long HOW = 4;
  private static final long OFFSET = 8;
  private static final long NUMBER = 16;
  private static final long ELEMENTS = 24;

  private static final int OP_BITS = 8;
  private static final ElementType[] TYPES = ElementType.values();
  private static final ReduceOp[] OPS = ReduceOp.values();

  private final Channel channel;
  private final ProviderPostings postings;
  private final Group group;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;
  private final MemoryRegion region;
  private final RemoteRegion[] regions;
  private final long[] lengths;
  private final long longestPiece;
  private final LockQueue locks;
  private final FetchTable fetches = new FetchTable();
  private final FabricRequest.Completion moved = this::moved;
  private final FabricRequest.Completion sent = this::sent;
  private final boolean[] granted;

  /** Operations on each rank's memory that are not complete; and of them all. */
  private final int[] pending;

  private int allPending;
  private CommunicatorException failure;

  /** Makes one; collective. The group's context is this memory's alone. */
  ProviderRemoteMemory(
      Channel channel,
      ProviderPostings postings,
      Group group,
      ByteExchange exchange,
      long lengthBytes) {
    this.channel = channel;
    this.postings = postings;
    this.group = group;
    int size = group.size();
    // No provider registers nothing.
    MemorySegment whole = NativeMemory.allocatePages(arena, Math.max(lengthBytes, 1));
    this.memory = whole.asSlice(0, lengthBytes);
    this.region = size == 1 ? null : shareOrNull(whole);
    this.regions = new RemoteRegion[size];
    this.lengths = new long[size];
    this.longestPiece = postings.longestEager() - ELEMENTS & -Long.BYTES;
    this.locks = new LockQueue(size, this::grant);
    this.granted = new boolean[size];
    this.pending = new int[size];
    postings.handlers().set(group.context, this);
    byte[] mine =
        region == null && size > 1
            ? new byte[0]
            : new RemoteRegion(
                    region == null ? 0 : region.remote().address(),
                    region == null ? 0 : region.remote().key(),
                    lengthBytes)
                .toBytes();
    byte[][] all = exchange.allgather(mine);
    for (int peer = 0; peer < size; peer++) {
      if (all[peer].length == 0) {
        RuntimeException here = failure;
        close();
        throw here != null
            ? here
            : new CommunicatorException("rank " + peer + " could not register its memory");
      }
      regions[peer] = RemoteRegion.of(all[peer]);
      lengths[peer] = regions[peer].lengthBytes();
    }
  }

  private MemoryRegion shareOrNull(MemorySegment whole) {
    try {
      postings.remote().require();
      return postings.remote().share(whole);
    } catch (RuntimeException refused) {
      failure =
          new CommunicatorException(
              "rank " + group.rank() + ": no memory for other ranks: " + refused.getMessage(),
              refused);
      return null; // The others must be told first.
    }
  }

  @Override
  public MemorySegment memory() {
    return memory;
  }

  @Override
  public long lengthBytes(int rank) {
    return lengths[rank];
  }

  @Override
  public void put(MemorySegment from, long at, long bytes, int target, long to) {
    if (target == group.rank()) {
      MemorySegment.copy(from, at, memory, to, bytes);
    } else if (bytes > 0) {
      move(Stage.WRITE, from, at, bytes, target, to);
    }
  }

  @Override
  public void get(MemorySegment into, long at, long bytes, int target, long from) {
    if (target == group.rank()) {
      MemorySegment.copy(memory, from, into, at, bytes);
    } else if (bytes > 0) {
      move(Stage.READ, into, at, bytes, target, from);
    }
  }

  private void move(Stage stage, MemorySegment here, long at, long bytes, int target, long there) {
    FabricRequest r = channel.newRequest(group);
    r.buffer = here;
    r.offset = at;
    r.length = bytes;
    r.peer = group.member(target);
    r.remote = regions[target];
    r.remoteOffset = there;
    r.completion = moved;
    begin(target);
    r.stage = stage;
    channel.startRemote(r);
  }

  private void begin(int target) {
    pending[target]++;
    allPending++;
  }

  private void end(int target) {
    pending[target]--;
    allPending--;
  }

  private void moved(FabricRequest r) {
    if (r.failure != null && failure == null) {
      failure = r.failure;
    }
    end(group.place(r.peer));
    recycle(r);
  }

  private void sent(FabricRequest r) {
    if (r.failure != null && failure == null) {
      failure = r.failure;
    }
    recycle(r);
  }

  private void recycle(FabricRequest r) {
    r.reset();
    channel.recycle(r);
  }

  @Override
  public void accumulate(
      MemorySegment from, long at, long bytes, ElementType type, ReduceOp op, int target, long to) {
    if (target == group.rank()) {
      Reduction.apply(type, op, memory, to, from, at, bytes);
      return;
    }
    for (long done = 0; done < bytes; done += longestPiece) {
      long piece = Math.min(longestPiece, bytes - done);
      begin(target);
      FabricRequest r = message(COMBINE, how(type, op), to + done, 0, piece);
      MemorySegment.copy(from, at + done, r.envelope.memory, Envelope.BYTES + ELEMENTS, piece);
      send(r, target);
    }
  }

  @Override
  public void fetchAndOp(
      MemorySegment from,
      long at,
      MemorySegment into,
      long resultAt,
      ElementType type,
      ReduceOp op,
      int target,
      long to) {
    long bytes = type.sizeBytes();
    if (target == group.rank()) {
      MemorySegment.copy(memory, to, into, resultAt, bytes);
      Reduction.apply(type, op, memory, to, from, at, bytes);
      return;
    }
    begin(target);
    FabricRequest r = message(FETCH, how(type, op), to, fetches.keep(into, resultAt), bytes);
    MemorySegment.copy(from, at, r.envelope.memory, Envelope.BYTES + ELEMENTS, bytes);
    send(r, target);
  }

  private static int how(ElementType type, ReduceOp op) {
    return type.ordinal() << OP_BITS | op.ordinal();
  }

  private FabricRequest message(int what, int how, long offset, long number, long bytes) {
    FabricRequest r = channel.newRequest(group);
    r.envelope = postings.envelope(Envelope.BYTES + ELEMENTS + bytes);
    r.length = ELEMENTS + bytes;
    r.completion = sent;
    MemorySegment to = r.envelope.memory;
    to.set(JAVA_INT, Envelope.BYTES + WHAT, what);
    to.set(JAVA_INT, Envelope.BYTES + HOW, how);
    to.set(JAVA_LONG, Envelope.BYTES + OFFSET, offset);
    to.set(JAVA_LONG, Envelope.BYTES + NUMBER, number);
    return r;
  }

  private void send(FabricRequest r, int target) {
    r.peer = group.member(target);
    channel.sendActive(r);
  }

  private void tell(int what, int target) {
    send(message(what, 0, 0, 0, 0), target);
  }

  @Override
  public void arrived(int source, MemorySegment from, long at, long length) {
    int rank = group.place(source);
    int what = from.get(JAVA_INT, at + WHAT);
    switch (what) {
      case COMBINE -> {
        combine(from, at, length - ELEMENTS);
        tell(COMBINED, rank);
      }
      case FETCH -> fetch(rank, from, at, length - ELEMENTS);
      case COMBINED -> end(rank);
      case FETCHED -> {
        int number = Math.toIntExact(from.get(JAVA_LONG, at + NUMBER));
        fetches.settle(number, from, at + ELEMENTS, length - ELEMENTS);
        end(rank);
      }
      case SHARE -> locks.ask(rank, false);
      case LOCK -> locks.ask(rank, true);
      case GRANTED -> granted[rank] = true;
      case UNLOCK -> locks.release();
      default ->
          throw new CommunicatorException(
              "rank " + group.rank() + ": rank " + rank + " asks a window for " + what);
    }
  }

  private void combine(MemorySegment from, long at, long bytes) {
    int how = from.get(JAVA_INT, at + HOW);
    long offset = from.get(JAVA_LONG, at + OFFSET);
    ElementType type = TYPES[how >>> OP_BITS];
    ReduceOp op = OPS[how & (1 << OP_BITS) - 1];
    Reduction.apply(type, op, memory, offset, from, at + ELEMENTS, bytes);
  }

  private void fetch(int rank, MemorySegment from, long at, long bytes) {
    FabricRequest answer = message(FETCHED, 0, 0, from.get(JAVA_LONG, at + NUMBER), bytes);
    long offset = from.get(JAVA_LONG, at + OFFSET);
    MemorySegment.copy(memory, offset, answer.envelope.memory, Envelope.BYTES + ELEMENTS, bytes);
    combine(from, at, bytes);
    send(answer, rank);
  }

  @Override
  public void written(int which) {
    throw new CommunicatorException("rank " + group.rank() + ": a write tells of no halo");
  }

  @Override
  public void flush(int target) {
    int empty = 0;
    while (pending[target] > 0) {
      empty = channel.pollOrIdle(empty, "operations on another rank's memory");
    }
    check();
  }

  @Override
  public void flushAll() {
    int empty = 0;
    while (allPending > 0) {
      empty = channel.pollOrIdle(empty, "operations on other ranks' memory");
    }
    check();
  }

  private void check() {
    CommunicatorException thrown = failure;
    failure = null;
    if (thrown != null) {
      throw thrown;
    }
  }

  @Override
  public void synchronise() {
    VarHandle.fullFence();
  }

  @Override
  public void lock(int target, boolean exclusive) {
    granted[target] = false;
    if (target == group.rank()) {
      locks.ask(target, exclusive);
    } else {
      tell(exclusive ? LOCK : SHARE, target);
    }
    int empty = 0;
    while (!granted[target]) {
      empty = channel.pollOrIdle(empty, "the lock on another rank's memory");
    }
  }

  private void grant(int rank) {
    if (rank == group.rank()) {
      granted[rank] = true;
    } else {
      tell(GRANTED, rank);
    }
  }

  @Override
  public void unlock(int target) {
    if (target == group.rank()) {
      locks.release();
    } else {
      tell(UNLOCK, target);
    }
  }

  @Override
  public void settle() {
    int empty = 0;
    while (!locks.isFree()) {
      empty = channel.pollOrIdle(empty, "locks on this rank's memory to be given back");
    }
  }

  @Override
  public void close() {
    postings.handlers().set(group.context, null);
    if (region != null) {
      region.close();
    }
    channel.groups().end(group);
    arena.close();
  }
}
