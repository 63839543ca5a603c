package io.weft.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Memory for which the kernel is asked for huge pages (madvise(2), MADV_HUGEPAGE), which it gives
 * where transparent huge pages are on or left to the program. Who copies from another process's
 * memory, as MPI libraries do on one host, has the kernel look up every page of it: with pages of 4
 * KiB that takes as long as the copy itself.
 */
final class HugePages {
  /** Of x86-64, and of AArch64 with pages of 4 KiB; elsewhere an alignment like any other. */
  static final long BYTES = 2L << 20;

  private HugePages() {}

  /**
   * Maps zeroed memory that starts on a huge page; its last page is whole, whatever the length.
   *
   * @param arena what unmaps it when it closes
   * @param lengthBytes at least 1
   */
  @SuppressWarnings("restricted") // the memory is mapped here, to exactly this length
  static MemorySegment allocate(Arena arena, long lengthBytes) {
    long whole = (lengthBytes + BYTES - 1) & -BYTES;
    long mappedBytes = Math.addExact(whole, BYTES);
    long mapped = Libc.mmapAnonymous(mappedBytes);
    long start = (mapped + BYTES - 1) & -BYTES;
    // Advice: without it the memory is as good as other memory.
    Libc.madviseHugePage(start, whole);
    MemorySegment made =
        MemorySegment.ofAddress(start)
            .reinterpret(lengthBytes, arena, memory -> Libc.munmap(mapped, mappedBytes));
    return touched(made);
  }

  /**
   * A direct buffer as {@link ByteBuffer#allocateDirect} makes it, which the collector knows the
   * size of, but on huge pages: those of small pages that the JDK filled with zeros are given back.
   */
  static ByteBuffer allocateDirect(int capacity) {
    ByteBuffer larger = ByteBuffer.allocateDirect(Math.toIntExact(capacity + BYTES));
    int before = larger.alignmentOffset(0, (int) BYTES);
    ByteBuffer aligned = larger.slice(before == 0 ? 0 : (int) BYTES - before, capacity);
    long whole = capacity & -BYTES;
    long start = MemorySegment.ofBuffer(aligned).address();
    if (Libc.madviseHugePage(start, whole)) {
      Libc.madviseDontNeed(start, whole);
      touched(MemorySegment.ofBuffer(aligned));
    }
    return aligned;
  }

  /**
   * Has the kernel give every page now. Memory that libfabric watches by userfaultfd(2) must have
   * them: the first touch of a page that is not there waits for libfabric's own thread, for ever
   * where the one that touches holds its locks.
   */
  private static MemorySegment touched(MemorySegment memory) {
    return memory.fill((byte) 0);
  }
}
