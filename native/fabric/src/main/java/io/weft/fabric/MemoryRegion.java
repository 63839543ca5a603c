package io.weft.fabric;

import io.weft.fabric.ffm.Constants;
import io.weft.fabric.ffm.Layouts.fid_mr;
import io.weft.fabric.ffm.Operations;
import io.weft.ffi.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Memory that a device may read and write, fi_mr(3). Confined to the thread that opened it. */
public final class MemoryRegion extends FabricObject {
  private final MemorySegment memory;
  private final long descriptor;

  private MemoryRegion(Domain domain, long address, MemorySegment memory) {
    super("MemoryRegion", domain, address);
    this.memory = memory;
    this.descriptor = NativeMemory.pointerAt(address + fid_mr.mem_desc);
  }

  static MemoryRegion open(Domain domain, MemorySegment memory) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment result = arena.allocate(ValueLayout.JAVA_LONG);
      int code =
          Operations.fi_mr_reg(
              domain.address(),
              memory.address(),
              memory.byteSize(),
              Constants.FI_SEND | Constants.FI_RECV,
              result.address());
      FabricException.check(Operations.FI_MR_REG.name(), code);
      return new MemoryRegion(domain, result.get(ValueLayout.JAVA_LONG, 0), memory);
    }
  }

  /**
   * The registered memory.
   *
   * @return what was registered
   */
  public MemorySegment memory() {
    return memory;
  }

  /**
   * What {@link Endpoint}'s operations want to see of a registered buffer.
   *
   * @return {@code fi_mr_desc}; 0 where the provider uses none
   */
  public long descriptor() {
    address();
    return descriptor;
  }
}
