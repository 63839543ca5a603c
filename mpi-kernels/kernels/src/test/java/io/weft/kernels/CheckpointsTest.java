package io.weft.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel with checkpoints, ended between steps and continued, comes to the same bits. */
class CheckpointsTest {
  @TempDir private Path directory;

  private static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Ends its rank when a step is told of; remembers what it is told. */
  private static final class Ending implements Progress {
    private final long end;
    private final List<String> told = new ArrayList<>();

    Ending(long end) {
      this.end = end;
    }

    @Override
    public void at(String phase, long done, long total) {
      if (done == end && (phase.equals("iteration") || phase.equals("step"))) {
        throw new Ended();
      }
    }

    @Override
    public synchronized void says(String sentence) {
      told.add(sentence);
    }
  }

  static Stream<String> kernels() {
    List<String> names =
        Kernels.all().stream().filter(Kernel::hasCheckpoints).map(Kernel::name).toList();
    assertTrue(names.containsAll(List.of("cg", "ft", "jacobi2d", "mg")), names::toString);
    return names.stream();
  }

  private KernelResult run(String kernel, int ranks, CheckpointPlan plan, Progress progress) {
    return LocalCommunicator.onEachRank(
            ranks, communicator -> Kernels.named(kernel).run(communicator, "S", progress, plan))
        .getFirst();
  }

  private CheckpointPlan plan(int every, boolean resume) {
    return new CheckpointPlan(directory, every, resume);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void whatIsContinuedComesToTheSameBits(String kernel) throws IOException {
    for (int ranks : new int[] {1, 2, 4}) {
      List<Check> whole =
          run(kernel, ranks, CheckpointPlan.NONE, Progress.NONE).verification().checks();
      assertThrows(Ended.class, () -> run(kernel, ranks, plan(1, false), new Ending(3)));
      String job = kernel + "-S-" + ranks + "/";
      List<String> there = files().stream().filter(file -> file.startsWith(job)).toList();
      List<String> expected = new ArrayList<>();
      for (int step = 1; step <= 2; step++) {
        for (int rank = 0; rank < ranks; rank++) {
          expected.add(job + "step-" + step + "/rank-" + rank);
        }
      }
      assertEquals(expected, there, "two steps before the third");

      Ending progress = new Ending(-1);
      KernelResult continued = run(kernel, ranks, plan(0, true), progress);
      assertEquals(2, continued.resumedAfter());
      assertEquals(whole, continued.verification().checks());
      assertTrue(continued.verification().passed());
      assertTrue(
          progress.told.getFirst().startsWith("resumed after step 2"), progress.told::toString);
      assertTrue(continued.megaOperationsPerSecond() > 0);
    }
  }

  @Test
  void theLastTwoAreKept() throws IOException {
    run("jacobi2d", 2, plan(100, false), Progress.NONE);
    // 500 steps: after the last there is nothing to continue.
    assertEquals(
        List.of(
            "jacobi2d-S-2/step-300/rank-0",
            "jacobi2d-S-2/step-300/rank-1",
            "jacobi2d-S-2/step-400/rank-0",
            "jacobi2d-S-2/step-400/rank-1"),
        files());
    try (Stream<Path> folders = Files.list(directory.resolve("jacobi2d-S-2"))) {
      assertEquals(2, folders.count());
    }
  }

  /** Whichever rank's newest file is not whole, or not there: all continue from the one before. */
  @ParameterizedTest
  @CsvSource({"0, changed", "1, changed", "1, cut", "0, gone", "1, gone"})
  void theNewestThatIsWholeEverywhereIsTaken(int rank, String what) throws IOException {
    run("jacobi2d", 2, plan(100, false), Progress.NONE);
    Path newest = directory.resolve("jacobi2d-S-2/step-400/rank-" + rank);
    byte[] bytes = Files.readAllBytes(newest);
    switch (what) {
      case "changed" -> bytes[bytes.length / 2] ^= 1;
      case "cut" -> bytes = Arrays.copyOf(bytes, bytes.length / 2);
      default -> Files.delete(newest);
    }
    if (!what.equals("gone")) {
      Files.write(newest, bytes);
    }
    Ending progress = new Ending(-1);
    KernelResult result = run("jacobi2d", 2, plan(0, true), progress);
    assertEquals(300, result.resumedAfter(), progress.told::toString);
    // Every rank says so, whichever's file it is: rank 0 alone is heard.
    long said =
        progress.told.stream()
            .filter(line -> line.startsWith("the checkpoint after step 400 is not whole: "))
            .count();
    assertEquals(what.equals("gone") ? 0 : 2, said, progress.told::toString);
    assertTrue(result.verification().passed());
  }

  @Test
  void withoutAWholeOneAllRanksSayWhy() throws IOException {
    String message =
        assertThrows(
                CheckpointException.class, () -> run("jacobi2d", 2, plan(0, true), Progress.NONE))
            .getMessage();
    assertTrue(message.startsWith("no whole checkpoint to resume from in "), message);
    assertTrue(message.endsWith("; leave --resume out to start from the beginning"), message);

    run("jacobi2d", 1, plan(200, false), Progress.NONE);
    for (String file : files()) {
      byte[] bytes = Files.readAllBytes(directory.resolve(file));
      bytes[bytes.length - 1] ^= 1;
      Files.write(directory.resolve(file), bytes);
    }
    message =
        assertThrows(
                CheckpointException.class, () -> run("jacobi2d", 1, plan(0, true), Progress.NONE))
            .getMessage();
    assertTrue(message.contains("its checksum is not that of its contents"), message);
  }

  @Test
  void whatCannotBeWrittenSaysWhereAndWhy() throws IOException {
    Files.writeString(directory.resolve("jacobi2d-S-1"), "a file in the folder's place");
    String message =
        assertThrows(
                CheckpointException.class, () -> run("jacobi2d", 1, plan(10, false), Progress.NONE))
            .getMessage();
    assertTrue(message.startsWith("the checkpoint after step 10 cannot be written to "), message);
    assertTrue(message.contains("jacobi2d-S-1"), message);
  }

  @Test
  void kernelsWithoutCheckpointsRefuse() {
    assertFalse(Kernels.named("is").hasCheckpoints());
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> run("is", 2, plan(1, false), Progress.NONE))
            .getMessage();
    assertTrue(message.startsWith("is has no checkpoints; these have: cg, "), message);
    assertThrows(IllegalArgumentException.class, () -> plan(-1, false));
  }
}
