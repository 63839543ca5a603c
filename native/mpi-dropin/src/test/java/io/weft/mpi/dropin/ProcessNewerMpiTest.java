package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weft.testing.MpiBuild;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes that are started by others, over Open MPI 5 and MPICH 5: by their plain launchers.
 * Under the arguments that {@link io.weft.testing.MultiRank} gives them MPICH 5's ends with
 * "duplicate setting: binding" when a rank spawns, and Open MPI 5's does not return.
 */
class ProcessNewerMpiTest {
  private static final List<String> CHECKS =
      List.of(
          "launchedProcessesHaveNoParent",
          "childrenOfOneProgram",
          "childrenOfTwoPrograms",
          "namesOfPorts",
          "processesMeetAtAPort",
          "whatCannotBeStarted");

  @TempDir private Path scratch;

  @ParameterizedTest
  @EnumSource
  void processes(MpiBuild build) throws Exception {
    for (int ranks : Drawn.of("ranks that spawn over " + build, List.of(1, 2, 4))) {
      List<String> lines =
          PlainJob.of(build)
              .run(scratch, ranks, PlainJob.classPath(), List.of(ProcessProgram.class.getName()));
      lines.stream().filter(each -> each.startsWith("[skipped]")).forEach(System.out::println);
      assertEquals(
          CHECKS, lines.stream().map(ProcessNewerMpiTest::check).toList(), lines::toString);
      // By MPICH's own ABI a port's name has 256 bytes, and needs more; by the standard's, 1024.
      long without = build == MpiBuild.MPICH_5 ? 2 : 0;
      assertEquals(
          without,
          lines.stream().filter(each -> each.contains("opens no ports")).count(),
          lines::toString);
      assertEquals(
          CHECKS.size() - without,
          lines.stream().filter(each -> each.startsWith("done ")).count(),
          lines::toString);
    }
  }

  private static String check(String line) {
    return line.replaceFirst("^(done|\\[skipped\\]) (\\w+).*", "$2");
  }
}
