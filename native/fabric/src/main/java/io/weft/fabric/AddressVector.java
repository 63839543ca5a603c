package io.weft.fabric;

import io.weft.fabric.ffm.Operations;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A table of peer addresses, fi_av(3). Confined to the thread that opened it. */
public final class AddressVector extends FabricObject {
  /** Room for any provider's address: it reads as much as its own kind takes. */
  private static final int LONGEST_NAME = 256;

  /** One more than the greatest that was given; a table counts from 0. */
  private long end;

  AddressVector(Domain domain, long address) {
    super("AddressVector", domain, address);
  }

  /** Providers look a peer up in their table unchecked: a wrong number would end the JVM. */
  void check(long peer) {
    if (peer < 0 || peer >= end) {
      refuse(peer);
    }
  }

  private void refuse(long peer) {
    throw new IllegalArgumentException(
        "peer " + peer + " is none of the " + end + " that the address vector has given");
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
      // Zeros behind it: some providers' addresses are strings, and one may be too short.
      MemorySegment from = arena.allocate(Math.max(name.length + 1L, LONGEST_NAME), 8);
      MemorySegment.copy(name, 0, from, ValueLayout.JAVA_BYTE, 0, name.length);
      MemorySegment result = arena.allocate(ValueLayout.JAVA_LONG);
      int inserted = Operations.fi_av_insert(address(), from.address(), 1, result.address());
      FabricException.check(Operations.FI_AV_INSERT.name(), inserted);
      if (inserted != 1) {
        throw new FabricException(
            Operations.FI_AV_INSERT.name() + " took none of 1 address of " + name.length + " bytes",
            0);
      }
      long address = result.get(ValueLayout.JAVA_LONG, 0);
      end = Math.max(end, address + 1);
      return address;
    }
  }
}
