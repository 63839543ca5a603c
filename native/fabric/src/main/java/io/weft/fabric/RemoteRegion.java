package io.weft.fabric;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a peer must know of registered memory to read and write it, fi_mr(3) and fi_rma(3). Made by
 * {@link MemoryRegion#remote}; travels to the peer as {@link #toBytes}.
 *
 * @param address where the region begins: its virtual address where the provider uses these ({@code
 *     FI_MR_VIRT_ADDR}), else 0
 * @param key the key that the provider or the owner chose
 * @param lengthBytes the region's length
 */
public record RemoteRegion(long address, long key, long lengthBytes) {
  /** The length of {@link #toBytes}. */
  public static final int BYTES = 3 * Long.BYTES;

  /**
   * Makes one.
   *
   * @throws IllegalArgumentException if the length is negative
   */
  public RemoteRegion {
    if (lengthBytes < 0) {
      throw new IllegalArgumentException("lengthBytes is " + lengthBytes + ", less than 0");
    }
  }

  /**
   * Writes it down for a peer.
   *
   * @return {@value #BYTES} bytes
   */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(address)
        .putLong(key)
        .putLong(lengthBytes)
        .array();
  }

  /**
   * Reads what a peer wrote down.
   *
   * @param bytes what {@link #toBytes} gave
   * @return the region
   * @throws IllegalArgumentException if these are not {@value #BYTES} bytes of a region
   */
  public static RemoteRegion of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "a remote region is " + BYTES + " bytes, not " + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return new RemoteRegion(buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  @Override
  public String toString() {
    return "%d bytes at 0x%x, key 0x%x".formatted(lengthBytes, address, key);
  }
}
