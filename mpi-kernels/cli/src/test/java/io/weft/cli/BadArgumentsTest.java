package io.weft.cli;

import io.weft.launch.MpiVendor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user mistypes: status 2, one message, nothing started. */
@Execution(ExecutionMode.CONCURRENT)
class BadArgumentsTest {
  private static final double DEADLINE_SECONDS = 20;

  @TempDir private Path directory;

  private static Arguments bad(String arguments, String... words) {
    return Arguments.of(arguments, List.of(words));
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        bad("", "which command"),
        bad("fly", "fly"),
        bad("run", "KERNEL"),
        bad("run gc", "no kernel is named gc", "cg"),
        bad("run cg --class X", "no class X", "S, W, A, B"),
        bad("run cg --class", "--class"),
        bad("run cg -n 3", "power of two", "3", "use 2 or 4"),
        bad("run mg --ranks 32", "two planes for each of 16 ranks, not of 32", "larger class"),
        bad("run cg --ranks 0", "--ranks 0", "less than 1"),
        bad("run cg --ranks -2", "--ranks -2", "less than 1"),
        bad("run cg --ranks two", "--ranks", "two"),
        bad("run cg --ranks 2147483648", "--ranks", "2147483648"),
        bad("run cg --network myrinet", "myrinet", "auto, efa, ena, shm"),
        bad("run cg --via tcp", "tcp", "mpi, libfabric"),
        bad("run cg --intra ena", "ena", "shm, same"),
        bad("run cg --mpi lam", "lam", "openmpi, mpich"),
        bad(
            "run cg --ranks 2 --network ena --intra shm",
            "--intra shm",
            "one host",
            "--intra same"),
        bad("run cg --compare ena,ib", "ib", "auto, efa, ena, shm"),
        bad("run cg --compare ena,ena", "twice"),
        bad("run cg --compare ena,shm --rounds 0", "--rounds 0"),
        bad("run cg --heap lots", "--heap lots", "2g"),
        bad("run cg --cpus 0", "--cpus 0"),
        bad("run cg --gc Epsilon", "--gc Epsilon", "Serial, Parallel, G1, Z"),
        bad("run cg --bind socket", "--bind", "socket", "core", "none"),
        bad("run cg --yield maybe", "--yield", "maybe"),
        bad("run cg --jvm -XX:+NoSuchFlag", "-XX:+NoSuchFlag", "--jvm"),
        bad("run is --checkpoint 2", "is has no checkpoints; these have: cg, "),
        bad("run cg --checkpoint -1", "--checkpoint -1 is less than 0"),
        bad("run cg --resume --compare shm,ena", "--compare measures whole runs"),
        bad("run cg --out a --bundle b", "--bundle and --out", "leave one out"),
        bad("spool", "serve, send or finish"),
        bad("spool serve --spool relative", "relative is no absolute path", "WEFT_SPOOL"),
        bad("spool serve --keep 0", "--keep 1 or more"),
        bad("spool send x", "SLURM_JOB_ID", "AWS_BATCH_JOB_ID"),
        bad("run cg --nework ena", "--nework"));
  }

  @ParameterizedTest(name = "weft {0}")
  @MethodSource
  @DisplayName("each is refused with status 2 and one message that helps")
  void bad(String arguments, List<String> words) throws Exception {
    String[] split =
        Arrays.stream(arguments.split(" ")).filter(a -> !a.isEmpty()).toArray(String[]::new);
    WeftProcess.of(directory, split)
        .deadline(DEADLINE_SECONDS)
        .run()
        .assertFails(ExitStatus.USAGE, words.toArray(String[]::new));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("under a user's mpirun rank 0 alone says what is wrong")
  void underMpirun(MpiVendor vendor) throws Exception {
    WeftProcess.of(directory, "run", "cg", "--class", "X")
        .under(WeftProcess.installation(vendor), 4)
        .deadline(DEADLINE_SECONDS)
        .run()
        .assertFails(ExitStatus.USAGE, "rank 0", "no class X", "S, W, A, B");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("under a user's mpirun a wrong number of ranks is refused")
  void ranksUnderMpirun(MpiVendor vendor) throws Exception {
    WeftProcess.of(directory, "run", "cg")
        .under(WeftProcess.installation(vendor), 3)
        .deadline(DEADLINE_SECONDS)
        .run()
        .assertFails(ExitStatus.USAGE, "rank 0", "power of two", "3");
  }

  @Test
  @DisplayName("--ranks that contradicts a user's mpirun is refused")
  void contradiction() throws Exception {
    WeftProcess.of(directory, "run", "cg", "--ranks", "4")
        .under(WeftProcess.installation(MpiVendor.OPEN_MPI), 2)
        .deadline(DEADLINE_SECONDS)
        .run()
        .assertFails(ExitStatus.USAGE, "--ranks 4", "started 2");
  }

  @Test
  @DisplayName("a word that switches no overlap is refused with those that do")
  void overlap() throws Exception {
    WeftProcess.of(directory, "run", "mg")
        .with("WEFT_OVERLAP", "perhaps")
        .deadline(DEADLINE_SECONDS)
        .run()
        .assertFails(ExitStatus.USAGE, "WEFT_OVERLAP is perhaps: set it to on or off");
  }

  @Test
  @DisplayName("a time to warm up that is none is refused")
  void warmUp() throws Exception {
    WeftProcess.of(directory, "run", "mg")
        .with("WEFT_WARM_UP_SECONDS", "soon")
        .deadline(DEADLINE_SECONDS)
        .run()
        .assertFails(
            ExitStatus.USAGE, "WEFT_WARM_UP_SECONDS is soon: set it to seconds, from 0 to 3600");
  }

  @Test
  @DisplayName("tasks of srun that nothing makes ranks are refused")
  void tasksWithoutMpi() throws Exception {
    WeftProcess.of(directory, "run", "cg")
        .with("SLURM_STEP_NUM_TASKS", "4")
        .deadline(DEADLINE_SECONDS)
        .run()
        .assertFails(ExitStatus.USAGE, "srun has started 4", "--mpi=pmix", "--mpi=pmi2");
  }

  @Test
  @DisplayName("--compare inside a user's mpirun is refused")
  void compareInside() throws Exception {
    WeftProcess.of(directory, "run", "cg", "--compare", "ena,shm")
        .under(WeftProcess.installation(MpiVendor.OPEN_MPI), 2)
        .deadline(DEADLINE_SECONDS)
        .run()
        .assertFails(ExitStatus.USAGE, "--compare", "outside");
  }
}
