package io.weft.kernels.timed;

import io.weft.kernels.Check;
import java.util.List;

/** A kernel on one rank, ready to start: its data are made, its buffers allocated. */
public interface TimedPart extends AutoCloseable {
  /** The part that is timed; collective. */
  void run();

  /**
   * Holds what {@link #run} came to against what is published; collective, and not timed.
   *
   * @return at least one check, the same on every rank
   */
  List<Check> checks();

  /** Releases what {@link TimedKernel#prepare} opened, once all ranks are done; not collective. */
  @Override
  default void close() {}
}
