package io.weft.testing;

import java.nio.file.Path;
import java.time.Duration;

/** The files of one start of {@code mpirun}, and what its two sides have agreed on. */
record JobFiles(Path directory) {
  /** Marks every process of a job, whoever its parent is. */
  static final String MARK_VARIABLE = "WEFT_TEST_JOB";

  /** What a rank ends with after it has said why in its log. */
  static final int FAILED_STATUS = 97;

  /** How long a failed rank waits for the others to end the same method. */
  static final long GRACE_NANOS = Duration.ofSeconds(3).toNanos();

  Path log(int rank) {
    return directory.resolve("events." + rank + ".jsonl");
  }

  /** What the rank printed, its errors included. */
  Path output(int rank) {
    return directory.resolve("output." + rank + ".txt");
  }

  /** The exit status of the rank's JVM, if it ended by itself. */
  Path status(int rank) {
    return directory.resolve("status." + rank);
  }

  Path launcherOutput() {
    return directory.resolve("mpirun.txt");
  }

  Path scratch() {
    return directory.resolve("scratch");
  }

  /** What the JVM of a process writes when it crashes; {@code %p} stands for any. */
  Path crash(String pid) {
    return directory.resolve("hs_err." + pid + ".log");
  }

  Path script() {
    return directory.resolve("rank.sh");
  }

  Path arguments() {
    return directory.resolve("java.args");
  }
}
