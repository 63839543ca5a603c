package io.weft.kernels;

import io.weft.comm.ReceiveStatus;
import io.weft.comm.Request;

/** A request of a {@link LocalCommunicator}. */
final class LocalRequest implements Request {
  private LocalMailbox mailbox;
  private LocalMailbox.Entry entry;
  private int source;
  private int tag;

  void start(LocalMailbox mailbox, LocalMailbox.Entry entry, int source, int tag) {
    if (isActive()) {
      throw new IllegalStateException("the request is under way");
    }
    this.mailbox = mailbox;
    this.entry = entry;
    this.source = source;
    this.tag = tag;
  }

  @Override
  public void await(ReceiveStatus status) {
    if (isActive()) {
      mailbox.await(entry);
      end(status);
    }
  }

  @Override
  public boolean test(ReceiveStatus status) {
    if (isActive() && mailbox.isDone(entry)) {
      end(status);
    }
    return !isActive();
  }

  private void end(ReceiveStatus status) {
    long length = mailbox.end(entry);
    if (status != null) {
      status.set(source, tag, length);
    }
    mailbox = null;
  }

  @Override
  public boolean isActive() {
    return mailbox != null;
  }
}
