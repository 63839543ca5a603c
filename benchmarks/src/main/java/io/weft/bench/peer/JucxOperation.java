package io.weft.bench.peer;

import java.nio.ByteBuffer;
import org.openucx.jucx.ucp.UcpContext;
import org.openucx.jucx.ucp.UcpEndpoint;
import org.openucx.jucx.ucp.UcpMemory;
import org.openucx.jucx.ucp.UcpRemoteKey;
import org.openucx.jucx.ucp.UcpRequest;
import org.openucx.jucx.ucp.UcpWorker;

/**
 * Messages, puts and gets over UCX. The binding makes an object for each of them.
 *
 * <p>A batch of puts or gets ends with an empty message, which is not timed: without it rank 1
 * would not know how long it has to poll, which transports without remote memory of their own need.
 */
final class JucxOperation extends PairOperation {
  private static final long WHOLE_TAG = -1;
  private static final long MESSAGE = 1L << 32;
  private static final long EMPTY = 2L << 32;

  private final int rank;
  private final UcpWorker worker;
  private final UcpEndpoint endpoint;
  private final Pause pause;
  private final long outgoing = out().address();
  private final long incoming = in().address();
  private final UcpRequest[] sends = new UcpRequest[WINDOW];
  private final UcpRequest[] receives = new UcpRequest[WINDOW];
  private UcpMemory shared;
  private UcpRemoteKey key;
  private long remote;
  private long ownNanos = -1;

  JucxOperation(
      Pattern pattern,
      long bytes,
      int rank,
      int size,
      int partner,
      UcpWorker worker,
      UcpEndpoint endpoint,
      Pause pause) {
    super(pattern, bytes, rank, size, partner);
    this.rank = rank;
    this.worker = worker;
    this.endpoint = endpoint;
    this.pause = pause;
  }

  /** What rank 0 must know of rank 1's memory; empty on other ranks. */
  byte[] share(UcpContext context) {
    if (rank != 1) {
      return new byte[0];
    }
    shared = context.registerMemory((pattern() == Pattern.PUT ? in() : out()).asByteBuffer());
    byte[] packed = JucxPeer.toArray(shared.getRemoteKeyBuffer());
    return ByteBuffer.allocate(Long.BYTES + packed.length)
        .putLong(shared.getAddress())
        .put(packed)
        .array();
  }

  /** Takes what rank 1 has shared. */
  void reach(byte[] memory) {
    if (rank == 0) {
      ByteBuffer text = ByteBuffer.wrap(memory);
      remote = text.getLong();
      byte[] packed = new byte[text.remaining()];
      text.get(packed);
      key = endpoint.unpackRemoteKey(JucxPeer.direct(packed));
    }
  }

  @Override
  void send() {
    await(post(outgoing, bytes(), MESSAGE));
  }

  @Override
  void receive() {
    await(postReceive(incoming, bytes(), MESSAGE));
  }

  @Override
  void sendEmpty() {
    await(post(outgoing, 0, EMPTY));
  }

  @Override
  void receiveEmpty() {
    await(postReceive(incoming, 0, EMPTY));
  }

  @Override
  void sendWindow() {
    postSends();
    awaitAll(sends);
  }

  @Override
  void receiveWindow() {
    postReceives();
    awaitAll(receives);
  }

  @Override
  void exchangeWindow() {
    postReceives();
    postSends();
    awaitAll(sends);
    awaitAll(receives);
  }

  @Override
  void put(int count) {
    if (rank == 1) {
      receiveEmpty();
      return;
    }
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      await(endpoint.putNonBlocking(outgoing, bytes(), remote, key, null));
      await(endpoint.flushNonBlocking(null));
    }
    ownNanos = System.nanoTime() - start;
    sendEmpty();
  }

  @Override
  void get(int count) {
    if (rank == 1) {
      receiveEmpty();
      return;
    }
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      await(endpoint.getNonBlocking(remote, key, incoming, bytes(), null));
      await(endpoint.flushNonBlocking(null));
    }
    ownNanos = System.nanoTime() - start;
    sendEmpty();
  }

  @Override
  public long ownNanos() {
    return ownNanos;
  }

  private void postSends() {
    for (int i = 0; i < WINDOW; i++) {
      sends[i] = post(outgoing, bytes(), MESSAGE);
    }
  }

  private void postReceives() {
    for (int i = 0; i < WINDOW; i++) {
      receives[i] = postReceive(incoming, bytes(), MESSAGE);
    }
  }

  private UcpRequest post(long address, long length, long kind) {
    return endpoint.sendTaggedNonBlocking(address, length, kind | rank, null);
  }

  private UcpRequest postReceive(long address, long length, long kind) {
    return worker.recvTaggedNonBlocking(address, length, kind | partner(), WHOLE_TAG, null);
  }

  private void awaitAll(UcpRequest[] requests) {
    for (UcpRequest request : requests) {
      await(request);
    }
  }

  private void await(UcpRequest request) {
    while (!request.isCompleted()) {
      if (progress() == 0) {
        pause.once();
      }
    }
    if (request.getStatus() < 0) {
      throw new IllegalStateException("UCX ended an operation with status " + request.getStatus());
    }
  }

  private int progress() {
    try {
      return worker.progress();
    } catch (RuntimeException thrown) {
      throw thrown;
    } catch (Exception thrown) {
      throw new IllegalStateException("UCX cannot move messages", thrown);
    }
  }

  @Override
  public void close() {
    if (key != null) {
      key.close();
    }
    if (shared != null) {
      shared.deregister();
    }
    super.close();
  }
}
