package io.weft.fabric;

import io.weft.fabric.ffm.Constants;
import io.weft.fabric.ffm.ObjectLayouts.fid_mr;
import io.weft.fabric.ffm.Operations;
import io.weft.ffi.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Memory that a device may read and write, fi_mr(3). Confined to the thread that opened it. */
public final class MemoryRegion extends FabricObject {
  private static final long WRITTEN =
      Constants.FI_RECV | Constants.FI_READ | Constants.FI_REMOTE_WRITE;
  private static final long REMOTE = Constants.FI_REMOTE_READ | Constants.FI_REMOTE_WRITE;

  private final MemorySegment memory;
  private final long descriptor;
  private final RemoteRegion remote;

  private MemoryRegion(
      Domain domain, long address, MemorySegment memory, boolean virtual, boolean isRemote) {
    super("MemoryRegion", domain, address);
    this.memory = memory;
    this.descriptor = NativeMemory.pointerAt(address + fid_mr.mem_desc);
    long key = NativeMemory.pointerAt(address + fid_mr.key);
    this.remote =
        isRemote ? new RemoteRegion(virtual ? memory.address() : 0, key, memory.byteSize()) : null;
  }

  static MemoryRegion open(
      Domain domain, FabricInfo info, MemorySegment memory, long access, long requestedKey) {
    if (!memory.isNative()) {
      throw new IllegalArgumentException("memory to register must be native, not on the heap");
    }
    if (!memory.scope().isAlive()) {
      throw new IllegalStateException("the arena of the memory to register is closed");
    }
    if (memory.isReadOnly() && (access & WRITTEN) != 0) {
      throw new IllegalArgumentException("memory to register for writing is read-only");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment result = arena.allocate(ValueLayout.JAVA_LONG);
      int code =
          Operations.fi_mr_reg(
              domain.address(),
              memory.address(),
              memory.byteSize(),
              access,
              requestedKey,
              result.address());
      FabricException.check(Operations.FI_MR_REG.name(), code);
      long region = result.get(ValueLayout.JAVA_LONG, 0);
      return new MemoryRegion(
          domain, region, memory, info.usesVirtualAddresses(), (access & REMOTE) != 0);
    }
  }

  /** What it is, and what peers know of it. */
  @Override
  public String toString() {
    return super.toString()
        + " of "
        + memory.byteSize()
        + " bytes"
        + (remote == null ? "" : ", for peers " + remote);
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

  /**
   * What peers must know to read and write this memory.
   *
   * @return its address, key and length
   * @throws IllegalStateException if it was registered neither with {@link Access#REMOTE_READ} nor
   *     with {@link Access#REMOTE_WRITE}, or is closed
   */
  public RemoteRegion remote() {
    address();
    if (remote == null) {
      throw new IllegalStateException(
          "this memory is registered neither for REMOTE_READ nor for REMOTE_WRITE");
    }
    return remote;
  }
}
