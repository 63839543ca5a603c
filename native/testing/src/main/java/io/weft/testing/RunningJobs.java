package io.weft.testing;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The jobs of this JVM; if it is stopped, so are they. */
final class RunningJobs {
  private static final Set<Job> JOBS = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(RunningJobs::destroyAll, "weft-jobs"));
  }

  private RunningJobs() {}

  static void add(Job job) {
    JOBS.add(job);
  }

  static void remove(Job job) {
    JOBS.remove(job);
  }

  private static void destroyAll() {
    for (Job job : JOBS) {
      job.destroy();
      JobDirectories.delete(job.directory());
    }
  }
}
