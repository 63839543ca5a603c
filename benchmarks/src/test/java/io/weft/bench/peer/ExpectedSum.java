package io.weft.bench.peer;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * What all ranks' checksums add up to, worked out anew from the rule that {@link Pattern} states:
 * who sends which bytes to whom. Grids are those of MPI-4.0, section 8.5.2, written down; the
 * checksum is its polynomial in 31, of whole numbers.
 */
public final class ExpectedSum {
  private static final BigInteger BASE = BigInteger.valueOf(31);
  private static final BigInteger WORD = BigInteger.TWO.pow(64);
  private static final Map<Integer, int[]> SQUARE =
      Map.of(2, new int[] {2, 1}, 3, new int[] {3, 1}, 4, new int[] {2, 2});
  private static final Map<Integer, int[]> CUBE =
      Map.of(2, new int[] {2, 1, 1}, 3, new int[] {3, 1, 1}, 4, new int[] {2, 2, 1});

  private ExpectedSum() {}

  /**
   * The sum.
   *
   * @param pattern what
   * @param n bytes of a message
   * @param size ranks, 2 to 4
   * @return as programs print it, in hexadecimal
   */
  public static String hex(Pattern pattern, int n, int size) {
    long sum = 0;
    for (int rank = 0; rank < size; rank++) {
      byte[] received = received(pattern, n, rank, size);
      sum += received == null || received.length == 0 ? 0 : polynomial(received);
    }
    return Long.toHexString(sum);
  }

  /** Only the lowest 64 bits are asked for in the end, and kept on the way. */
  private static long polynomial(byte[] bytes) {
    BigInteger sum =
        BigInteger.valueOf(17).multiply(BASE.modPow(BigInteger.valueOf(bytes.length), WORD));
    BigInteger power = BigInteger.ONE;
    for (int i = bytes.length - 1; i >= 0; i--) {
      sum = sum.add(power.multiply(BigInteger.valueOf(Byte.toUnsignedInt(bytes[i])))).mod(WORD);
      power = power.multiply(BASE).mod(WORD);
    }
    return sum.longValue();
  }

  /** What arrives at a rank; null if nothing does. */
  private static byte[] received(Pattern pattern, int n, int rank, int size) {
    return switch (pattern) {
      case PING_PONG, BIDIRECTIONAL -> rank > 1 ? null : part(1 - rank, 0, n);
      case BANDWIDTH, PUT -> rank == 1 ? part(0, 0, n) : null;
      case MESSAGE_RATE -> rank < size / 2 ? null : part(rank - size / 2, 0, n);
      case GET -> rank == 0 ? part(1, 0, n) : null;
      case BARRIER -> null;
      case BCAST -> rank == 0 ? null : part(0, 0, n);
      case ALLREDUCE -> sums(n / 8, size);
      case ALLTOALL -> blocks(n, size, from -> from, from -> rank);
      case HALO_2D -> halo(n, rank, SQUARE.get(size));
      case HALO_3D -> halo(n, rank, CUBE.get(size));
    };
  }

  /** Bytes of what a rank sends. */
  private static byte[] part(int sender, int at, int n) {
    byte[] bytes = new byte[n];
    for (int k = 0; k < n; k++) {
      bytes[k] = (byte) ((7L * (at + k) + sender) % 256);
    }
    return bytes;
  }

  private static byte[] sums(int doubles, int size) {
    ByteBuffer sums = ByteBuffer.allocate(8 * doubles).order(ByteOrder.nativeOrder());
    for (int k = 0; k < doubles; k++) {
      int sum = 0;
      for (int rank = 0; rank < size; rank++) {
        sum += k % 7 + rank;
      }
      sums.putDouble(sum);
    }
    return sums.array();
  }

  private interface OfBlock {
    int of(int block);
  }

  /** Blocks, of each its sender, and which of the sender's blocks it is. */
  private static byte[] blocks(int n, int count, OfBlock sender, OfBlock place) {
    ByteBuffer all = ByteBuffer.allocate(count * n);
    for (int block = 0; block < count; block++) {
      all.put(part(sender.of(block), place.of(block) * n, n));
    }
    return all.array();
  }

  private static byte[] halo(int n, int rank, int[] sides) {
    return blocks(
        n,
        2 * sides.length,
        face -> neighbour(rank, face, sides),
        face -> face % 2 == 0 ? face + 1 : face - 1);
  }

  /** In row-major order a step along a dimension is as long as all later ones together. */
  private static int neighbour(int rank, int face, int[] sides) {
    int stride = 1;
    for (int d = sides.length - 1; d > face / 2; d--) {
      stride *= sides[d];
    }
    int side = sides[face / 2];
    int here = rank / stride % side;
    int there = (here + (face % 2 == 0 ? side - 1 : 1)) % side;
    return rank + (there - here) * stride;
  }
}
