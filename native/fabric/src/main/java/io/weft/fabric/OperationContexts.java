package io.weft.fabric;

import io.weft.fabric.ffm.Layouts.fi_context2;
import io.weft.ffi.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Native memory that operations lend the provider while they are outstanding ({@code struct
 * fi_context2}, fi_cq(3)), each with a number by which its completion finds its way back. Grows in
 * slabs; a context stays where it is until {@link #close}. Not for more than one thread at a time.
 */
public final class OperationContexts implements AutoCloseable {
  private static final int SLAB_CONTEXTS = 256;

  /** A cache line for the provider and one for us, so that neither disturbs the other. */
  private static final long STRIDE_BYTES = 2 * fi_context2.sizeof;

  private final Arena arena = Arena.ofShared();
  private MemorySegment slab;
  private int count;

  /** Makes an empty collection. */
  public OperationContexts() {}

  /**
   * Makes a context. Allocates a slab every {@value #SLAB_CONTEXTS} calls.
   *
   * @return its address; the number that {@link #index} gives for it is how many there were before
   */
  public long add() {
    int inSlab = count % SLAB_CONTEXTS;
    if (inSlab == 0) {
      slab = arena.allocate(SLAB_CONTEXTS * STRIDE_BYTES, STRIDE_BYTES);
    }
    slab.set(ValueLayout.JAVA_INT, inSlab * STRIDE_BYTES + fi_context2.sizeof, count);
    count++;
    return slab.address() + inSlab * STRIDE_BYTES;
  }

  /**
   * The number of a context.
   *
   * @param context an address that {@link #add} gave
   * @return {@code 0 ..}, in the order of making
   */
  public static int index(long context) {
    return NativeMemory.EVERYTHING.get(ValueLayout.JAVA_INT, context + fi_context2.sizeof);
  }

  /** Frees the contexts; no operation that has one may be outstanding. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
