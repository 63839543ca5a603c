package io.weft.fabric;

import io.weft.fabric.ffm.Layouts.fi_msg_rma;
import io.weft.fabric.ffm.Layouts.fi_rma_iov;
import io.weft.fabric.ffm.Layouts.iovec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A {@code struct fi_msg_rma} of one piece on either side, fi_rma(3), filled again and again: the
 * provider reads it during the call only.
 */
final class WriteMessage {
  private static final long LOCAL = fi_msg_rma.sizeof;
  private static final long REMOTE = LOCAL + iovec.sizeof;
  private static final long DESCRIPTOR = REMOTE + fi_rma_iov.sizeof;

  private final MemorySegment memory = Arena.ofAuto().allocate(DESCRIPTOR + Long.BYTES, 64);
  private final long address = memory.address();

  WriteMessage() {
    put(fi_msg_rma.msg_iov, address + LOCAL);
    put(fi_msg_rma.desc, address + DESCRIPTOR);
    put(fi_msg_rma.iov_count, 1);
    put(fi_msg_rma.rma_iov, address + REMOTE);
    put(fi_msg_rma.rma_iov_count, 1);
  }

  /** Returns the structure's address. */
  long fill(
      long from, long lengthBytes, long descriptor, long peer, long to, long key, long context) {
    put(LOCAL + iovec.iov_base, from);
    put(LOCAL + iovec.iov_len, lengthBytes);
    put(DESCRIPTOR, descriptor);
    put(fi_msg_rma.addr, peer);
    put(REMOTE + fi_rma_iov.addr, to);
    put(REMOTE + fi_rma_iov.len, lengthBytes);
    put(REMOTE + fi_rma_iov.key, key);
    put(fi_msg_rma.context, context);
    return address;
  }

  private void put(long offset, long value) {
    memory.set(ValueLayout.JAVA_LONG, offset, value);
  }
}
