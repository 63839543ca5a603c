package io.weft.bench.peer;

import io.weft.comm.Cartesian;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * What all ranks' checksums add up to, worked out from the rule that {@link Pattern} states: who
 * sends which bytes to whom. Grids of up to four ranks are those of MPI-4.0, section 8.5.2, written
 * down. A checksum begins with 17, and with each byte is multiplied by 31 and has it added.
 */
public final class ExpectedSum {
  private static final long FIRST = 17;
  private static final long FACTOR = 31;
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
   * @param size ranks, as many as the pattern needs or more
   * @return as programs print it, in hexadecimal
   */
  public static String hex(Pattern pattern, long n, int size) {
    long sum = 0;
    for (int rank = 0; rank < size && n > 0; rank++) {
      sum += received(pattern, n, rank, size);
    }
    return Long.toHexString(sum);
  }

  /** The checksum of what arrives at a rank; 0 if nothing does. */
  private static long received(Pattern pattern, long n, int rank, int size) {
    return switch (pattern) {
      case PING_PONG, BIDIRECTIONAL -> rank > 1 ? 0 : of(1 - rank, n);
      case BANDWIDTH, PUT -> rank == 1 ? of(0, n) : 0;
      case MESSAGE_RATE -> rank < size / 2 ? 0 : of(rank - size / 2, n);
      case GET -> rank == 0 ? of(1, n) : 0;
      case BARRIER -> 0;
      case BCAST -> rank == 0 ? 0 : of(0, n);
      case ALLREDUCE -> sums(n / Double.BYTES, size);
      case ALLTOALL -> blocks(n, rank, size);
      case HALO_2D -> halo(n, rank, grid(SQUARE, size, 2));
      case HALO_3D -> halo(n, rank, grid(CUBE, size, 3));
    };
  }

  private static int[] grid(Map<Integer, int[]> known, int size, int dimensions) {
    int[] sides = known.get(size);
    return sides == null ? Cartesian.balanced(size, dimensions) : sides;
  }

  private static long of(int sender, long n) {
    return go(FIRST, sender, 0, n);
  }

  /** Goes on with a part of what a rank sends. */
  private static long go(long sum, int sender, long at, long n) {
    long next = sum;
    for (long k = 0; k < n; k++) {
      next = next * FACTOR + (7 * (at + k) + sender & 0xFF);
    }
    return next;
  }

  private static long sums(long doubles, int size) {
    ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES).order(ByteOrder.nativeOrder());
    long sum = FIRST;
    for (long k = 0; k < doubles; k++) {
      int value = 0;
      for (int rank = 0; rank < size; rank++) {
        value += (int) (k % 7) + rank;
      }
      bytes.putDouble(0, value);
      for (byte each : bytes.array()) {
        sum = sum * FACTOR + (each & 0xFF);
      }
    }
    return sum;
  }

  /** A block of each rank, its one for this rank. */
  private static long blocks(long n, int rank, int size) {
    long sum = FIRST;
    for (int sender = 0; sender < size; sender++) {
      sum = go(sum, sender, rank * n, n);
    }
    return sum;
  }

  /** A block for each face: the neighbour's, of its opposite face. */
  private static long halo(long n, int rank, int[] sides) {
    long sum = FIRST;
    for (int face = 0; face < 2 * sides.length; face++) {
      int opposite = face % 2 == 0 ? face + 1 : face - 1;
      sum = go(sum, neighbour(rank, face, sides), opposite * n, n);
    }
    return sum;
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
