package io.weft.fabric;

import io.weft.fabric.ffm.Constants;
import io.weft.fabric.ffm.Layouts.fi_msg_rma;
import io.weft.fabric.ffm.Layouts.fi_msg_tagged;
import io.weft.fabric.ffm.Layouts.fi_rma_iov;
import io.weft.fabric.ffm.Layouts.iovec;
import io.weft.fabric.ffm.Operations;
import io.weft.fabric.ffm.WorkLayouts.fi_deferred_work;
import io.weft.fabric.ffm.WorkLayouts.fi_op_cntr;
import io.weft.fabric.ffm.WorkLayouts.fi_op_tagged;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * One operation that the provider starts by itself when a {@link Counter} has risen, {@code
 * FI_QUEUE_WORK} of fi_trigger(3): chains of messages, as collectives are made of, without a thread
 * of the program in between. It is complete when its completion counter rises; no completion queue
 * tells of it. What is queued cannot be taken back, and is queued once: each is an object of its
 * own, whose few hundred bytes of native memory stay until the endpoint closes, since nothing else
 * says when the provider has done with them.
 *
 * <p>The counters stay open as long as the endpoint. An endpoint may be closed while its work still
 * waits, unless others may raise the counter; the counter can only be closed then.
 *
 * <p>Made by {@link Endpoint#deferredWork}; confined to the endpoint's thread. Queueing does not
 * block. Of the providers of libfabric 1.17 without a card, sockets alone offers it.
 */
public final class DeferredWork {
  private static final long OPERATION = fi_deferred_work.sizeof;
  private static final long MESSAGE = OPERATION + fi_op_tagged.msg;
  private static final long LOCAL = OPERATION + fi_op_tagged.sizeof;
  private static final long REMOTE = LOCAL + iovec.sizeof;
  private static final long DESCRIPTOR = REMOTE + fi_rma_iov.sizeof;

  private final Endpoint endpoint;
  private final Domain domain;
  private final FabricInfo info;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory = arena.allocate(DESCRIPTOR + Long.BYTES, 64);
  private final long address = memory.address();
  private Counter trigger;
  private Counter completion;
  private long threshold;

  DeferredWork(Endpoint endpoint, Domain domain, FabricInfo info) {
    this.endpoint = endpoint;
    this.domain = domain;
    this.info = info;
  }

  /**
   * Queues a send with a tag.
   *
   * @param start the counter to wait for
   * @param least its value from which on the send starts, at once if it has it
   * @param end the counter that the send raises by 1 when it is complete, not {@code start}
   * @param buffer native memory, not to be changed until then
   * @param offsetBytes where the message starts in it
   * @param lengthBytes the message's length
   * @param descriptor {@link MemoryRegion#descriptor}, or 0 where no registration is needed
   * @param destination what {@link AddressVector#insert} gave
   * @param tag all 64 bits are matched
   * @throws IndexOutOfBoundsException if the message lies outside of the buffer
   * @throws IllegalArgumentException if the buffer is on the heap, or is not registered and must
   *     be, or {@code destination} is no address of the vector, or the counters are the same
   * @throws IllegalStateException if the endpoint, a counter or the buffer's arena is closed, or
   *     this was queued before and is not complete
   * @throws FabricException if the provider refuses
   */
  public void send(
      Counter start,
      long least,
      Counter end,
      MemorySegment buffer,
      long offsetBytes,
      long lengthBytes,
      long descriptor,
      long destination,
      long tag) {
    check(start, end);
    message(buffer, offsetBytes, lengthBytes, descriptor, destination);
    put(MESSAGE + fi_msg_tagged.tag, tag);
    put(MESSAGE + fi_msg_tagged.context, address);
    queue(Constants.FI_OP_TSEND, start, least, end);
  }

  /**
   * Queues a write to a peer's memory.
   *
   * @param start the counter to wait for
   * @param least its value from which on the write starts, at once if it has it
   * @param end the counter that the write raises by 1 when it is complete, not {@code start}
   * @param buffer native memory, not to be changed until then
   * @param offsetBytes where in it the data start
   * @param lengthBytes how much to write
   * @param descriptor {@link MemoryRegion#descriptor} of a region with {@link Access#WRITE}, or 0
   *     where no registration is needed
   * @param peer what {@link AddressVector#insert} gave
   * @param remote the peer's memory, registered with {@link Access#REMOTE_WRITE}
   * @param remoteOffsetBytes where in it to write
   * @throws UnsupportedOperationException if the endpoint was opened without {@link Capability#RMA}
   * @throws IndexOutOfBoundsException if either side lies outside of its memory
   * @throws IllegalArgumentException if the buffer is on the heap, or is not registered and must
   *     be, or {@code peer} is no address of the vector, or the counters are the same
   * @throws IllegalStateException if the endpoint, a counter or the buffer's arena is closed, or
   *     this was queued before and is not complete
   * @throws FabricException if the provider refuses
   */
  public void write(
      Counter start,
      long least,
      Counter end,
      MemorySegment buffer,
      long offsetBytes,
      long lengthBytes,
      long descriptor,
      long peer,
      RemoteRegion remote,
      long remoteOffsetBytes) {
    info.require(Capability.RMA);
    check(start, end);
    Objects.checkFromIndexSize(remoteOffsetBytes, lengthBytes, remote.lengthBytes());
    message(buffer, offsetBytes, lengthBytes, descriptor, peer);
    put(MESSAGE + fi_msg_rma.rma_iov, address + REMOTE);
    put(MESSAGE + fi_msg_rma.rma_iov_count, 1);
    put(MESSAGE + fi_msg_rma.context, address);
    put(REMOTE + fi_rma_iov.addr, remote.address() + remoteOffsetBytes);
    put(REMOTE + fi_rma_iov.len, lengthBytes);
    put(REMOTE + fi_rma_iov.key, remote.key());
    queue(Constants.FI_OP_WRITE, start, least, end);
  }

  /**
   * Queues the raising of a counter.
   *
   * @param start the counter to wait for
   * @param least its value from which on the other is raised, at once if it has it
   * @param end the counter to raise, not {@code start}
   * @param increment by how much, at least 1
   * @throws IllegalArgumentException if the increment is less than 1, or the counters are the same
   * @throws IllegalStateException if the endpoint or a counter is closed, or this was queued before
   *     and is not complete
   * @throws FabricException if the provider refuses
   */
  public void add(Counter start, long least, Counter end, long increment) {
    if (increment < 1) {
      throw new IllegalArgumentException("increment is " + increment + ", less than 1");
    }
    check(start, end);
    put(OPERATION + fi_op_cntr.cntr, end.address());
    put(OPERATION + fi_op_cntr.value, increment);
    queue(Constants.FI_OP_CNTR_ADD, start, least, end);
  }

  private void check(Counter start, Counter end) {
    endpoint.address();
    start.address();
    end.address();
    if (start == end) {
      throw new IllegalArgumentException("work that waits for a counter cannot raise the same one");
    }
    if (trigger != null) {
      throw new IllegalStateException("this work was queued before: ask the endpoint for another");
    }
  }

  private void message(
      MemorySegment buffer, long offsetBytes, long lengthBytes, long descriptor, long peer) {
    final long from = Endpoint.addressIn(buffer, offsetBytes, lengthBytes);
    if (info.needsRegistration() && descriptor == 0) {
      Endpoint.refuseUnregistered();
    }
    endpoint.checkPeer(peer);
    // The structures of tagged messages and of RMA begin alike.
    put(OPERATION + fi_op_tagged.ep, endpoint.address());
    put(MESSAGE + fi_msg_tagged.msg_iov, address + LOCAL);
    put(MESSAGE + fi_msg_tagged.desc, address + DESCRIPTOR);
    put(MESSAGE + fi_msg_tagged.iov_count, 1);
    put(MESSAGE + fi_msg_tagged.addr, peer);
    put(LOCAL + iovec.iov_base, from);
    put(LOCAL + iovec.iov_len, lengthBytes);
    put(DESCRIPTOR, descriptor);
  }

  private void queue(int operation, Counter start, long least, Counter end) {
    put(fi_deferred_work.threshold, least);
    put(fi_deferred_work.triggering_cntr, start.address());
    // A counter's raising is the operation itself: nothing is to be raised besides.
    boolean raises = operation == Constants.FI_OP_CNTR_ADD;
    put(fi_deferred_work.completion_cntr, raises ? 0 : end.address());
    memory.set(ValueLayout.JAVA_INT, fi_deferred_work.op_type, operation);
    put(fi_deferred_work.op, address + OPERATION);
    info.checkOffered(
        Operations.FI_QUEUE_WORK.name(),
        Operations.fi_queue_work(domain.address(), address),
        "deferred work");
    trigger = start;
    completion = end;
    threshold = least;
    start.use();
    end.use();
  }

  /** The counter that keeps it waiting; null if it was not queued or has started. */
  Counter awaited() {
    return trigger != null && trigger.read() < threshold ? trigger : null;
  }

  /** How many of the uses of a counter are its own. */
  int usesOf(Counter counter) {
    return (counter == trigger ? 1 : 0) + (counter == completion ? 1 : 0);
  }

  /** The endpoint is closed: frees what the provider no longer looks at. */
  void endpointClosed() {
    if (trigger != null) {
      trigger.release();
      completion.release();
    }
    arena.close();
  }

  private void put(long offset, long value) {
    memory.set(ValueLayout.JAVA_LONG, offset, value);
  }
}
