package io.weft.comm.fabric;

import io.weft.comm.CommunicatorException;
import io.weft.comm.ReceiveStatus;
import io.weft.comm.Request;
import io.weft.fabric.RegistrationCache;
import io.weft.fabric.RemoteRegion;
import java.lang.foreign.MemorySegment;

/** One operation of a {@link Channel}, used again and again. */
public final class FabricRequest extends Operation implements Request {
  /** What has to be done next, or is being waited for. */
  enum Stage {
    /** Nothing is under way. */
    IDLE,
    /** A short message, to be sent in its envelope. */
    SEND_ENVELOPE,
    /** An envelope that announces a long message, to be sent. */
    ANNOUNCE,
    /** An announced message that must not be sent yet. */
    AWAIT_CLEARANCE,
    /** The bytes of an announced message, to be sent. */
    SEND_BYTES,
    /** A message to this rank that waits for its receive. */
    SEND_TO_SELF,
    /** A receive that nothing has matched yet; the provider does not know of it. */
    EXPECT,
    /** The bytes of an announced message, to be received. */
    RECEIVE_BYTES,
    /** Bytes of another rank's memory, to be read. */
    READ,
    /** Bytes for another rank's memory, to be written. */
    WRITE,
    /** The same, and the other rank to be told. */
    WRITE_TOLD,
    /** The clearance for the bytes that are to be received, to be sent. */
    CLEAR,
    /** All done, or failed; the caller has not yet been told. */
    DONE
  }

  final Channel channel;

  /** Whose ranks its peers are; changes only between uses. */
  Group group;

  Stage stage = Stage.IDLE;
  boolean collective;

  /** Sent with a completion although it is short enough to go without. */
  boolean tracked;

  boolean isReceive;
  MemorySegment buffer;
  long offset;
  long length;

  /** The channel's rank, as is {@code source}. */
  int peer;

  int tag;
  int sequence;

  /** How much of a message that goes in pieces has gone. */
  long moved;

  /** Holds the envelope while the provider has it; null where it was injected. */
  Slot envelope;

  /** What to read or write at the other rank, and from where on; and what to tell it. */
  RemoteRegion remote;

  long remoteOffset;
  long told;

  /** Is told of the end instead of a waiting caller; null for messages. */
  Completion completion;

  /** The registration of the buffer while the provider has it; null where none is needed. */
  RegistrationCache.Registration registration;

  CommunicatorException failure;
  int source;
  int receivedTag;
  long receivedLength;

  /** Hears of the end of a request that nobody waits for. */
  @FunctionalInterface
  interface Completion {
    /**
     * The operation has ended, maybe by its {@link #failure}; the request may be used again after
     * {@link #reset}.
     */
    void ended(FabricRequest request);
  }

  FabricRequest(Channel channel) {
    super(0);
    this.channel = channel;
  }

  /**
   * Says whose request this is.
   *
   * @param other a group
   * @return true if it was made for it
   */
  public boolean isOf(Group other) {
    return group == other;
  }

  /**
   * Says whether the operation has ended, without ending it for the caller.
   *
   * @return true if {@link #await} would return at once
   */
  public boolean isDone() {
    return stage == Stage.DONE;
  }

  void done() {
    stage = Stage.DONE;
    if (registration != null) {
      registration.release();
      registration = null;
    }
    if (envelope != null) {
      envelope.pool.give(envelope);
      envelope = null;
    }
    if (completion != null) {
      completion.ended(this);
    }
  }

  /**
   * Forgets an operation that is over. What the provider may still know of one that failed is not
   * lent to another.
   */
  void reset() {
    if (failure == null) {
      channel.ended(this);
    }
    stage = Stage.IDLE;
    buffer = null;
    failure = null;
    remote = null;
    completion = null;
  }

  /**
   * Ends the operation at the caller's side.
   *
   * @param status filled for a receive; may be null
   * @throws CommunicatorException if the operation failed
   */
  public void finish(ReceiveStatus status) {
    CommunicatorException thrown = failure;
    reset();
    if (thrown != null) {
      throw thrown;
    }
    if (status != null && isReceive) {
      status.set(group.place(source), receivedTag, receivedLength);
    }
  }

  /**
   * What a probe that found a message says of it.
   *
   * @param status filled; may be null
   */
  public void describeMessage(ReceiveStatus status) {
    if (status != null) {
      status.set(group.place(source), receivedTag, receivedLength);
    }
  }

  @Override
  public void await(ReceiveStatus status) {
    channel.check();
    if (stage != Stage.IDLE) {
      channel.await(this);
      finish(status);
    }
  }

  @Override
  public boolean test(ReceiveStatus status) {
    channel.check();
    if (stage == Stage.IDLE) {
      return true;
    }
    if (!isDone()) {
      channel.progress();
    }
    if (!isDone()) {
      return false;
    }
    finish(status);
    return true;
  }

  @Override
  public boolean isActive() {
    return stage != Stage.IDLE;
  }

  @Override
  public String toString() {
    if (stage == Stage.IDLE) {
      return "an inactive request";
    }
    if (completion != null) {
      return "one-sided operation on " + length + " bytes of rank " + group.place(peer);
    }
    return (collective ? "a collective's " : "")
        + (isReceive ? "receive from " : "send to ")
        + (peer < 0 ? "any rank" : "rank " + group.place(peer))
        + (collective ? " (number " + tag + ")" : tag < 0 ? " with any tag" : " with tag " + tag)
        + " of "
        + (isReceive && stage == Stage.EXPECT ? "up to " : "")
        + length
        + " bytes";
  }
}
