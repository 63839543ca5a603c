package io.weft.fabric;

import io.weft.fabric.ffm.Operations;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A table of peer addresses, fi_av(3). Confined to the thread that opened it. */
public final class AddressVector extends FabricObject {
  AddressVector(Domain domain, long address) {
    super("AddressVector", domain, address);
  }

  /**
   * Adds a peer.
   *
   * @param name what the peer's {@link Endpoint#name} gave
   * @return what {@link Endpoint}'s operations take for the peer
   * @throws FabricException if the provider refuses the address
   */
  public long insert(byte[] name) {
    try (Arena arena = Arena.ofConfined()) {
      // A zero more: some providers' addresses are strings.
      MemorySegment from = arena.allocate(name.length + 1L, 8);
      MemorySegment.copy(name, 0, from, ValueLayout.JAVA_BYTE, 0, name.length);
      MemorySegment result = arena.allocate(ValueLayout.JAVA_LONG);
      int inserted = Operations.fi_av_insert(address(), from.address(), 1, result.address());
      FabricException.check(Operations.FI_AV_INSERT.name(), inserted);
      if (inserted != 1) {
        throw new FabricException(
            Operations.FI_AV_INSERT.name() + " took none of 1 address of " + name.length + " bytes",
            0);
      }
      return result.get(ValueLayout.JAVA_LONG, 0);
    }
  }
}
