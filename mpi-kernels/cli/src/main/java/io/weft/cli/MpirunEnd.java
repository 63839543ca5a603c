package io.weft.cli;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ends an mpirun and everything that it started; for when the front process is ended first. */
final class MpirunEnd {
  private static final long PATIENCE_SECONDS = 5;

  private MpirunEnd() {}

  /** Asks, waits, then kills. */
  static void of(Process mpirun) {
    List<ProcessHandle> children = mpirun.descendants().toList();
    mpirun.destroy();
    try {
      if (!mpirun.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        mpirun.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      mpirun.destroyForcibly();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
