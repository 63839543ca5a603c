package mpi;

import java.nio.Buffer;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * The buffers of operations on a window that have not been completed: C may touch them until then,
 * so they must stay reachable. Adds without allocating, but where it grows.
 */
final class WinBuffers {
  private final ArrayList<Buffer> buffers = new ArrayList<>();
  private int[] ranks = new int[16];

  void add(Buffer buffer, int rank) {
    int size = buffers.size();
    // A loop over one buffer keeps it once.
    for (int i = Math.max(0, size - 3); i < size; i++) {
      if (buffers.get(i) == buffer && ranks[i] == rank) {
        return;
      }
    }
    if (size == ranks.length) {
      ranks = Arrays.copyOf(ranks, 2 * size);
    }
    ranks[size] = rank;
    buffers.add(buffer);
  }

  /** All operations are complete. */
  void complete() {
    buffers.clear();
  }

  /** Those on a rank are complete. */
  void complete(int rank) {
    int kept = 0;
    int size = buffers.size();
    for (int i = 0; i < size; i++) {
      if (ranks[i] != rank) {
        ranks[kept] = ranks[i];
        buffers.set(kept++, buffers.get(i));
      }
    }
    for (int i = size - 1; i >= kept; i--) {
      buffers.remove(i);
    }
  }
}
