package io.weft.comm;

import java.util.Arrays;

/**
 * Where the block of each rank lies in a buffer, and how long it is: what collectives on blocks of
 * unequal length take. Made once and set anew as often as wanted; confined to one thread.
 */
public final class Blocks {
  private final long[] offsets;
  private final long[] lengths;

  /**
   * Makes empty blocks.
   *
   * @param size how many: the communicator's {@code size()}
   */
  public Blocks(int size) {
    if (size < 1) {
      throw new IllegalArgumentException(size + " is no number of ranks");
    }
    offsets = new long[size];
    lengths = new long[size];
  }

  /**
   * Makes blocks that lie one behind the other.
   *
   * @param lengthsBytes the length of each rank's block
   * @return the blocks
   */
  public static Blocks packed(long... lengthsBytes) {
    Blocks blocks = new Blocks(lengthsBytes.length);
    long at = 0;
    for (int rank = 0; rank < lengthsBytes.length; rank++) {
      blocks.set(rank, at, lengthsBytes[rank]);
      at = Math.addExact(at, lengthsBytes[rank]);
    }
    return blocks;
  }

  /**
   * Says where a rank's block lies.
   *
   * @param rank whose
   * @param offsetBytes where it starts, from the offset that the collective is given
   * @param lengthBytes its length
   * @throws IllegalArgumentException for a negative number, or an end past 2^63
   */
  public void set(int rank, long offsetBytes, long lengthBytes) {
    if (offsetBytes < 0 || lengthBytes < 0 || offsetBytes > Long.MAX_VALUE - lengthBytes) {
      throw new IllegalArgumentException(
          "a block of " + lengthBytes + " bytes at " + offsetBytes + " cannot be");
    }
    offsets[rank] = offsetBytes;
    lengths[rank] = lengthBytes;
  }

  /**
   * How many blocks there are.
   *
   * @return one for each rank
   */
  public int size() {
    return lengths.length;
  }

  /**
   * Where a rank's block starts.
   *
   * @param rank whose
   * @return bytes from the offset that the collective is given
   */
  public long offsetBytes(int rank) {
    return offsets[rank];
  }

  /**
   * How long a rank's block is.
   *
   * @param rank whose
   * @return bytes
   */
  public long lengthBytes(int rank) {
    return lengths[rank];
  }

  /**
   * Where the last block ends.
   *
   * @return bytes from the offset that the collective is given
   */
  public long extentBytes() {
    long extent = 0;
    for (int rank = 0; rank < lengths.length; rank++) {
      extent = Math.max(extent, offsets[rank] + lengths[rank]);
    }
    return extent;
  }

  /**
   * What all blocks but one hold together.
   *
   * @param rank whose does not count
   * @return bytes
   */
  long bytesOfOthers(int rank) {
    long sum = 0;
    for (long length : lengths) {
      sum += length;
    }
    return sum - lengths[rank];
  }

  @Override
  public String toString() {
    return "lengths " + Arrays.toString(lengths) + " at " + Arrays.toString(offsets);
  }
}
