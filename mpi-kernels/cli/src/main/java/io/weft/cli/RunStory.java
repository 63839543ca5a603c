package io.weft.cli;

import io.weft.cli.spool.FailedBundle;
import io.weft.cli.spool.RunEnd;
import io.weft.cli.spool.RunningMarker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps the promise of {@code --bundle}: the folder says from the start that a run is under way,
 * and in the end that it failed if it has no result. Does nothing without {@code --bundle}.
 */
final class RunStory {
  private static final String INTERRUPTED = "INTERRUPTED";

  /** Of a run without {@code --bundle}. */
  static final RunStory NONE = new RunStory(null);

  /** Null without {@code --bundle}. */
  private final Path directory;

  private RunStory(Path directory) {
    this.directory = directory;
  }

  /** Writes the marker. */
  static RunStory begin(RunOptions options, Path directory) {
    if (options.bundle == null) {
      return NONE;
    }
    try {
      RunningMarker.ofThisProcess(options.kernel).write(directory);
    } catch (IOException e) {
      throw new WeftException(
          ExitStatus.UNAVAILABLE,
          "cannot write to " + directory.toAbsolutePath() + ": " + e + "; see --bundle");
    }
    return new RunStory(directory);
  }

  /** The run ended by itself, without a result or with a wrong one. */
  void failed(int status) {
    finish(
        new RunEnd(
            RunEnd.FAILED,
            status,
            "the run ended with status " + status + "; what was said is in the job's output"));
  }

  /** Its runs have bundles of their own: the folder is none. */
  void handedToOthers() {
    if (directory != null) {
      try {
        Files.deleteIfExists(directory.resolve(RunningMarker.NAME));
      } catch (IOException e) {
        throw new WeftException(
            ExitStatus.UNAVAILABLE, "cannot write to " + directory.toAbsolutePath() + ": " + e);
      }
    }
  }

  /** A signal ends this process: the job was cancelled, or is about to run out of time. */
  void interrupted() {
    finish(new RunEnd(INTERRUPTED, -1, "the run was interrupted before it had a result"));
  }

  /** A wrong result has its manifest; what has none gets one. */
  private void finish(RunEnd end) {
    if (directory == null) {
      return;
    }
    try {
      if (FailedBundle.finish(directory, end)) {
        System.err.println("weft: bundle " + directory + " (failed)");
      }
    } catch (IOException | IllegalArgumentException e) {
      System.err.println(
          "weft: "
              + directory
              + " has no manifest, and none can be made: "
              + e
              + "; 'weft spool serve' tries again once a note of the job's end is there");
    }
  }
}
