package io.weft.fabric;

import java.lang.foreign.MemorySegment;

/**
 * Local memory of an atomic operation: operands, comparands or results, which begin where it
 * begins. Make it once, not per operation.
 *
 * @param memory native memory
 * @param descriptor {@link MemoryRegion#descriptor}, or 0 where no registration is needed
 */
public record Operand(MemorySegment memory, long descriptor) {
  /**
   * Makes one that is not registered.
   *
   * @param memory native memory
   */
  public Operand(MemorySegment memory) {
    this(memory, 0);
  }
}
