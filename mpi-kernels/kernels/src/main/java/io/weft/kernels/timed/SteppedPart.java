package io.weft.kernels.timed;

import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * A timed part of equal steps, which checkpoints may stand between: what a step depends on is in
 * some arrays, and in what is made before the first one.
 */
public abstract class SteppedPart implements TimedPart {
  private final RunContext context;
  private final String unit;
  private final long steps;
  private long done;

  /** Null where nobody asks for checkpoints. */
  private CheckpointStore store;

  /**
   * Makes one.
   *
   * @param context what this rank works with
   * @param unit what progress calls a step
   * @param steps how many there are
   */
  protected SteppedPart(RunContext context, String unit, long steps) {
    this.context = context;
    this.unit = unit;
    this.steps = steps;
  }

  /** What comes before the steps, also of a run that continues from a checkpoint; collective. */
  protected void begin() {}

  /**
   * One step; collective.
   *
   * @param step from 1
   */
  protected abstract void step(long step);

  /** What comes after the steps; collective. */
  protected void end() {}

  /**
   * What shows how near the answer is, such as the norm of a residual.
   *
   * @return its name for a reader; null where there is no such quantity
   */
  protected String quantity() {
    return null;
  }

  /**
   * The {@link #quantity} after the last step; not collective, and only asked for when it is shown.
   *
   * @return its value on this rank
   */
  protected double value() {
    return Double.NaN;
  }

  /**
   * What later steps depend on, besides what {@link #begin} makes.
   *
   * @return arrays, live: written to a checkpoint between two steps, or set from one before {@link
   *     #begin}; as many and as long each time
   */
  protected abstract List<double[]> state();

  /**
   * Writes checkpoints from now on, and continues from one where the plan says so; collective, and
   * not timed.
   *
   * @return the step continued after, or 0
   */
  final long use(CheckpointStore checkpoints) {
    store = checkpoints;
    done = store.restore(state());
    return done;
  }

  /** How many steps there are. */
  final long steps() {
    return steps;
  }

  @Override
  public final void run() {
    DoubleSupplier now = this::value;
    begin();
    for (long step = done + 1; step <= steps; step++) {
      step(step);
      context.progress().at(unit, step, steps, quantity(), now);
      if (store != null && store.reached(step, steps, state())) {
        context.timers().start(); // A checkpoint is no phase of the kernel's.
      }
    }
    end();
  }
}
