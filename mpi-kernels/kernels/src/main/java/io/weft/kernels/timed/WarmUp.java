package io.weft.kernels.timed;

import io.weft.comm.ReduceOp;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What a kernel does before its clock starts, again and again until the JVM has compiled it.
 *
 * <p>NPB lets a kernel run one step untimed, which touches all memory. A JVM interprets and
 * compiles for a second or two besides, and where ranks poll on every core its compiler takes
 * longer; so the untimed steps go on for {@link #USUAL_SECONDS}, but for the classes that are too
 * short to be a measure of anything ({@code S} and {@code W}), which run one. What is timed starts
 * from the beginning, whatever came before.
 */
public final class WarmUp {
  /** The environment variable: seconds, 0 for one step whatever the class. */
  public static final String VARIABLE = "WEFT_WARM_UP_SECONDS";

  /** What classes get that are long enough to be measured. */
  static final double USUAL_SECONDS = 2;

  private static final double MOST_SECONDS = 3600;

  private final double seconds;
  private final SmallReductions reductions;
  private final LongSupplier nanoTime;

  WarmUp(double seconds, SmallReductions reductions, LongSupplier nanoTime) {
    this.seconds = seconds;
    this.reductions = reductions;
    this.nanoTime = nanoTime;
  }

  /**
   * How long an environment asks for.
   *
   * @param environment variables by name
   * @param problemClass the class that is to run
   * @return seconds; 0 for one step
   * @throws IllegalArgumentException if the variable is no number from 0 to 3600
   */
  public static double seconds(Map<String, String> environment, String problemClass) {
    String word = environment.get(VARIABLE);
    if (word == null) {
      return problemClass.equals("S") || problemClass.equals("W") ? 0 : USUAL_SECONDS;
    }
    if (!word.matches("[0-9]{1,4}([.][0-9]{1,9})?") || Double.parseDouble(word) > MOST_SECONDS) {
      throw new IllegalArgumentException(
          VARIABLE + " is " + word + ": set it to seconds, from 0 to 3600");
    }
    return Double.parseDouble(word);
  }

  /**
   * Runs a step once at least, and until the time is over on the rank where it is over first;
   * collective.
   *
   * @param step collective; may be run any number of times
   */
  public void run(Runnable step) {
    long start = nanoTime.getAsLong();
    long on;
    do {
      step.run();
      on = (nanoTime.getAsLong() - start) * 1e-9 < seconds ? 1 : 0;
      // Without a time there is nothing to agree upon, and one message less.
    } while (seconds > 0 && reductions.combine(new long[] {on}, ReduceOp.MIN)[0] == 1);
  }
}
