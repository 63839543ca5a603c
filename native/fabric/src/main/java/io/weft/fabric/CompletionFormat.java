package io.weft.fabric;

import io.weft.fabric.ffm.Constants;
import io.weft.fabric.ffm.Layouts.fi_cq_data_entry;
import io.weft.fabric.ffm.Layouts.fi_cq_entry;
import io.weft.fabric.ffm.Layouts.fi_cq_msg_entry;
import io.weft.fabric.ffm.Layouts.fi_cq_tagged_entry;

/** How much a {@link CompletionQueue} tells of each operation, fi_cq(3). */
public enum CompletionFormat {
  /** The context only: {@link CompletionQueue#context}. */
  CONTEXT(Constants.FI_CQ_FORMAT_CONTEXT, fi_cq_entry.sizeof),

  /** Besides what it was, and a message's length. */
  MESSAGE(Constants.FI_CQ_FORMAT_MSG, fi_cq_msg_entry.sizeof),

  /** Besides the peer's data. */
  DATA(Constants.FI_CQ_FORMAT_DATA, fi_cq_data_entry.sizeof),

  /** Besides a message's tag. */
  TAGGED(Constants.FI_CQ_FORMAT_TAGGED, fi_cq_tagged_entry.sizeof);

  private final int value;
  private final long entryBytes;

  CompletionFormat(int value, long entryBytes) {
    this.value = value;
    this.entryBytes = entryBytes;
  }

  int value() {
    return value;
  }

  long entryBytes() {
    return entryBytes;
  }
}
