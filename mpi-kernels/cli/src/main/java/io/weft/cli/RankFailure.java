package io.weft.cli;

import io.weft.fabric.FabricUnavailableException;
import io.weft.ffi.NativeLibraryException;
import io.weft.kernels.CheckpointException;
import io.weft.launch.LaunchException;
import io.weft.launch.RankEnvironment;
import io.weft.mpi.MpiUnavailableException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Says once what went wrong. Where every rank meets the same error (a missing library, a wrong
 * argument), rank 0 speaks and its end ends the others; a rank that failed alone speaks after it
 * has given rank 0 the time to.
 */
final class RankFailure {
  /** Set by the front process for its ranks: it wants to know whether a rank has said why. */
  private static final String FRONT_VARIABLE = "WEFT_FRONT";

  /**
   * Added to the exit status of a rank that has spoken; beyond all signals, below a shell's 126.
   */
  private static final int SPOKEN = 64;

  /** Open MPI lets a second pass between the end of one rank and that of the others. */
  private static final long TURN_MILLIS = 2000;

  private static final int MOST_TURNS = 2;

  /** The directory of a job on this host, which Open MPI's launcher makes and removes. */
  private static final String SESSION_VARIABLE = "PMIX_SERVER_TMPDIR";

  /** Hydra ends a job without a last look for what its ranks have said. */
  private static final long HEARD_MILLIS = 300;

  private RankFailure() {}

  /** What tells the ranks that a front process reads their exit status. */
  static Map<String, String> environmentOfRanks() {
    return Map.of(FRONT_VARIABLE, "1");
  }

  /** The exit status of this process for a status of {@link ExitStatus}. */
  static int ownStatus(int status) {
    Map<String, String> environment = System.getenv();
    boolean hasFront =
        environment.containsKey(FRONT_VARIABLE) && RankEnvironment.isRank(environment);
    return hasFront && status != ExitStatus.OK ? SPOKEN + status : status;
  }

  /** What a rank meant by its exit status; 0 if it has not said why it ended. */
  static int spokenStatus(int ownStatus) {
    boolean spoken = ownStatus > SPOKEN && ownStatus <= SPOKEN + ExitStatus.UNAVAILABLE;
    return spoken ? ownStatus - SPOKEN : 0;
  }

  /** The exit status for what a user can mend; 0 for a defect. */
  static int mendableStatus(Throwable failure) {
    return switch (failure) {
      case WeftException weft -> weft.status();
      case CheckpointException checkpoint -> ExitStatus.UNAVAILABLE;
      case LaunchException launch -> ExitStatus.UNAVAILABLE;
      case MpiUnavailableException mpi -> ExitStatus.UNAVAILABLE;
      case FabricUnavailableException fabric -> ExitStatus.UNAVAILABLE;
      case NativeLibraryException library -> ExitStatus.UNAVAILABLE;
      default -> 0;
    };
  }

  /**
   * Prints a failure to standard error: one message for what a user can mend, a stack trace with it
   * for what is our defect.
   *
   * @return the exit status
   */
  static int report(Throwable failure) {
    int mendable = mendableStatus(failure);
    return mendable != 0
        ? report(mendable, failure.getMessage(), null)
        : report(ExitStatus.FAILED, "the run failed: " + failure, failure);
  }

  /**
   * Prints a failure to standard error.
   *
   * @param status the exit status
   * @param message what, where, and what to do
   * @param defect printed with its stack trace; null for what a user can mend
   * @return the exit status
   */
  static int report(int status, String message, Throwable defect) {
    int rank = RankEnvironment.rank(System.getenv());
    sleep(TURN_MILLIS * Math.clamp(rank, 0, MOST_TURNS));
    if (rank >= 0 && isSaid(System.getenv(SESSION_VARIABLE))) {
      return status;
    }
    System.err.println("weft: " + (rank < 0 ? "" : "rank " + rank + ": ") + message);
    if (defect != null) {
      defect.printStackTrace(System.err);
    }
    System.err.flush();
    sleep(rank < 0 ? 0 : HEARD_MILLIS);
    return status;
  }

  /** Whether another rank of this host has spoken; if not, this one is about to. */
  private static boolean isSaid(String sessionDirectory) {
    if (sessionDirectory == null) {
      return false;
    }
    try {
      Files.createFile(Path.of(sessionDirectory, "weft-said"));
      return false;
    } catch (FileAlreadyExistsException said) {
      return true;
    } catch (IOException noSuchDirectory) {
      return false; // Twice is better than never.
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt(); // Go on at once.
    }
  }
}
