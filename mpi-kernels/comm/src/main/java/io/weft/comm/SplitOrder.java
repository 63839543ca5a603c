package io.weft.comm;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Who belongs together after a split, and in which order (MPI-4.0 section 7.4.2). */
final class SplitOrder {
  private record Choice(int rank, int color, int key) {}

  private SplitOrder() {}

  /** The members of this rank's part: by key, and by rank where keys are equal; collective. */
  static int[] members(CollectiveBytes bytes, int rank, int color, int key) {
    byte[] mine = ByteBuffer.allocate(2 * Integer.BYTES).putInt(color).putInt(key).array();
    List<Choice> choices = new ArrayList<>();
    for (byte[] each : bytes.allgather(mine)) {
      ByteBuffer choice = ByteBuffer.wrap(each);
      choices.add(new Choice(choices.size(), choice.getInt(), choice.getInt()));
    }
    return choices.stream()
        .filter(choice -> choice.color() == choices.get(rank).color())
        .sorted(Comparator.comparingInt(Choice::key).thenComparingInt(Choice::rank))
        .mapToInt(Choice::rank)
        .toArray();
  }
}
