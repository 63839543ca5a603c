package io.weft.kernels.timed;

import io.weft.comm.Communicator;
import io.weft.comm.ReduceOp;
import io.weft.kernels.CheckpointException;
import io.weft.kernels.CheckpointPlan;
import io.weft.kernels.Progress;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The checkpoints of one rank: {@code DIRECTORY/KERNEL-CLASS-RANKS/step-N/rank-R}. A checkpoint is
 * whole once every rank has written its file; the last two that are whole are kept, so that what
 * ends the ranks at any moment costs the unfinished one at most.
 */
final class CheckpointStore {
  private static final int KEPT = 2;
  private static final String STEP = "step-";

  private final CheckpointPlan plan;
  private final Communicator communicator;
  private final SmallReductions reductions;
  private final Progress progress;
  private final Path folder;
  private final String name;
  private final CheckpointFile files;

  /** Makes one; touches no file. */
  CheckpointStore(
      CheckpointPlan plan,
      String kernel,
      String problemClass,
      Communicator communicator,
      SmallReductions reductions,
      Progress progress) {
    this.plan = plan;
    this.communicator = communicator;
    this.reductions = reductions;
    this.progress = progress;
    String job = kernel + "-" + problemClass + "-" + communicator.size();
    this.folder = plan.directory().resolve(job);
    this.name = "rank-" + communicator.rank();
    this.files = new CheckpointFile(job + ", " + name);
  }

  /**
   * Says that a step is done; collective. Writes a checkpoint where the plan has one.
   *
   * @param step from 1
   * @param steps how many there are; after the last nothing is left to be continued
   * @param state what later steps depend on
   * @return whether it wrote one
   * @throws CheckpointException if it cannot be written; those before are still there
   */
  boolean reached(long step, long steps, List<double[]> state) {
    if (plan.every() == 0 || step % plan.every() != 0 || step == steps) {
      return false;
    }
    Path file = file(step);
    try {
      Files.createDirectories(file.getParent());
      files.write(file, step, state);
      communicator.barrier(); // Only now is it whole, and older ones may go.
      NavigableSet<Long> own = steps();
      while (own.headSet(step, true).size() > KEPT) {
        Path oldest = file(own.pollFirst());
        Files.deleteIfExists(oldest);
        deleteIfEmpty(oldest.getParent());
      }
      return true;
    } catch (IOException e) {
      throw new CheckpointException(
          "the checkpoint after step "
              + step
              + " cannot be written to "
              + file.toAbsolutePath()
              + ": "
              + e
              + "; --resume continues from the one before",
          e);
    }
  }

  private static void deleteIfEmpty(Path directory) throws IOException {
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException othersAreThere) {
      return; // The last rank to come deletes it.
    }
  }

  /**
   * Reads the newest checkpoint that all ranks find whole; collective.
   *
   * @param state gets it
   * @return its step; 0 if the plan is to start from the beginning
   * @throws CheckpointException on every rank, if there is none
   */
  long restore(List<double[]> state) {
    if (!plan.resume()) {
      return 0;
    }
    NavigableSet<Long> own = new TreeSet<>();
    String refused = null;
    try {
      own = steps();
    } catch (IOException unreadable) {
      refused = unreadable.toString();
    }
    while (true) {
      long newest = own.isEmpty() ? 0 : own.last();
      long step = least(newest);
      if (step == 0) {
        throw new CheckpointException(
            "no whole checkpoint to resume from in "
                + folder.toAbsolutePath()
                + (refused == null ? "" : ": " + refused)
                + "; leave --resume out to start from the beginning",
            null);
      }
      String reason = own.contains(step) ? read(step, state) : file(step) + " is not there";
      if (least(reason == null ? 1 : 0) == 1) {
        progress.says("resumed after step " + step + ", from " + folder.toAbsolutePath());
        return step;
      }
      refused = reason != null ? reason : "another rank cannot read its part of step " + step;
      progress.says("the checkpoint after step " + step + " is not whole: " + refused);
      own = own.headSet(step, false);
    }
  }

  /** Null if it was read, else why not. */
  private String read(long step, List<double[]> state) {
    try {
      files.read(file(step), step, state);
      return null;
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  private long least(long own) {
    return reductions.combine(new long[] {own}, ReduceOp.MIN)[0];
  }

  private Path file(long step) {
    return folder.resolve(STEP + step).resolve(name);
  }

  /** The steps after which this rank has a file. */
  private NavigableSet<Long> steps() throws IOException {
    NavigableSet<Long> steps = new TreeSet<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, STEP + "*")) {
        for (Path entry : entries) {
          String number = entry.getFileName().toString().substring(STEP.length());
          if (number.matches("[1-9]\\d{0,17}") && Files.exists(entry.resolve(name))) {
            steps.add(Long.parseLong(number));
          }
        }
      }
    }
    return steps;
  }
}
