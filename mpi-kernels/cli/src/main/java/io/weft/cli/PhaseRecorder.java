package io.weft.cli;

import io.weft.kernels.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Remembers when each phase of the timed part started and ended on this rank, up to {@value #MOST}
 * of them; what it is told of progress it hands on. Allocates all it needs when it is made, but for
 * a name once.
 */
final class PhaseRecorder implements Progress {
  /** Phases that are kept; later ones are only counted. */
  static final int MOST = 100_000;

  private Progress next = Progress.NONE;
  private final List<String> names = new ArrayList<>();
  private final List<Boolean> communications = new ArrayList<>();
  private final byte[] which = new byte[MOST];
  private final long[] starts = new long[MOST];
  private final long[] ends = new long[MOST];
  private long told;

  /** From now on somebody else too is told of progress. */
  void handOnTo(Progress other) {
    next = other;
  }

  @Override
  public void at(String phase, long done, long total) {
    next.at(phase, done, total);
  }

  @Override
  public void at(String phase, long done, long total, String quantity, DoubleSupplier value) {
    next.at(phase, done, total, quantity, value);
  }

  @Override
  public void says(String sentence) {
    next.says(sentence);
  }

  @Override
  public void timedPartStarts() {
    told = 0;
  }

  @Override
  public void phaseEnded(String name, boolean communication, long startNanos, long endNanos) {
    int at = (int) Math.min(told, MOST);
    told++;
    if (at < MOST) {
      which[at] = (byte) index(name, communication);
      starts[at] = startNanos;
      ends[at] = endNanos;
    }
  }

  private int index(String name, boolean communication) {
    int index = names.indexOf(name);
    if (index >= 0) {
      return index;
    }
    if (names.size() > Byte.MAX_VALUE) {
      throw new IllegalStateException("more phases than a trace holds: " + names);
    }
    names.add(name);
    communications.add(communication);
    return names.size() - 1;
  }

  /** How many phases are kept. */
  int kept() {
    return (int) Math.min(told, MOST);
  }

  /** How many there were. */
  long told() {
    return told;
  }

  /** The names of phases, in the order of {@link #which}. */
  List<String> names() {
    return names;
  }

  /** Whether the phase of a name communicates. */
  List<Boolean> communications() {
    return communications;
  }

  /** Which name a kept phase has. */
  int which(int kept) {
    return which[kept];
  }

  /** When a kept phase started, in nanoseconds after the first did. */
  long start(int kept) {
    return starts[kept] - starts[0];
  }

  /** When it ended. */
  long end(int kept) {
    return ends[kept] - starts[0];
  }
}
