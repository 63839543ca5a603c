package io.weft.cli;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ends an mpirun and everything that it started; for when the front process is ended first. */
public final class MpirunEnd {
  /** A terminal sends Ctrl-C to mpirun too: signalled twice, it leaves its files behind. */
  private static final long BY_ITSELF_SECONDS = 2;

  private static final long PATIENCE_SECONDS = 5;

  private MpirunEnd() {}

  /**
   * Lets it end, asks it to, then kills it. Blocks for some seconds.
   *
   * @param mpirun a process
   */
  public static void of(Process mpirun) {
    List<ProcessHandle> children = mpirun.descendants().toList();
    try {
      if (!mpirun.waitFor(BY_ITSELF_SECONDS, TimeUnit.SECONDS)) {
        mpirun.destroy();
      }
      if (!mpirun.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        mpirun.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      mpirun.destroyForcibly();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
