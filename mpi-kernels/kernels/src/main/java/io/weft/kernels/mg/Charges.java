package io.weft.kernels.mg;

import io.weft.comm.ReduceOp;
import io.weft.kernels.npb.NpbRandom;
import io.weft.kernels.timed.SmallReductions;

/**
 * The right-hand side of MG (RNR-94-007, section 2.5): 0 but for +1 at the ten points with the
 * largest and -1 at the ten with the smallest of random numbers, dealt out along x, then y, then z.
 *
 * <p>Every rank makes the numbers of its own planes, which lie together in the sequence, and keeps
 * ten of either kind. The largest over all ranks is then found ten times, each time without those
 * before; numbers of the sequence are all different, so that the one rank that has it is its place.
 */
final class Charges {
  private static final long SEED = 314_159_265;
  private static final int EACH = 10;

  private final long[] keys = new long[EACH];
  private final long[] places = new long[EACH];
  private int kept;

  private Charges() {}

  /** Sets the field; collective. */
  static void set(Field field, int firstPlane, SmallReductions reductions) {
    int points = field.points();
    long perPlane = (long) points * points;
    NpbRandom random = new NpbRandom(SEED, firstPlane * perPlane);
    Charges largest = new Charges();
    Charges smallest = new Charges();
    for (long place = 0; place < perPlane * field.planes(); place++) {
      long bits = random.nextBits();
      largest.consider(bits, place);
      smallest.consider(-bits, place);
    }
    int ofLargest = 0;
    int ofSmallest = 0;
    for (int i = 0; i < EACH; i++) {
      long[] own = {largest.key(ofLargest), smallest.key(ofSmallest)};
      long[] most = reductions.combine(own, ReduceOp.MAX);
      if (most[0] == own[0]) {
        put(field, largest.places[ofLargest++], 1);
      }
      if (most[1] == own[1]) {
        put(field, smallest.places[ofSmallest++], -1);
      }
    }
  }

  private static void put(Field field, long place, double charge) {
    int points = field.points();
    int x = (int) (place % points);
    int y = (int) (place / points % points);
    int z = (int) (place / points / points);
    field.values()[field.at(z, y) + x] = charge;
  }

  /** Less than any number if there are no more. */
  private long key(int which) {
    return which < kept ? keys[which] : Long.MIN_VALUE;
  }

  /** Keeps the largest keys, in falling order. */
  private void consider(long key, long place) {
    if (kept == EACH && key <= keys[EACH - 1]) {
      return;
    }
    int at = kept < EACH ? kept++ : EACH - 1;
    while (at > 0 && keys[at - 1] < key) {
      keys[at] = keys[at - 1];
      places[at] = places[at - 1];
      at--;
    }
    keys[at] = key;
    places[at] = place;
  }
}
