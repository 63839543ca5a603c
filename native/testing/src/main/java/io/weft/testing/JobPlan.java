package io.weft.testing;

import io.weft.launch.LaunchPlan;
import io.weft.launch.Launcher;
import io.weft.launch.MpiInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One start of {@code mpirun} as it is to be.
 *
 * @param id marks its processes
 * @param testClass the class that ranks run
 * @param cell on what
 * @param installation the MPI
 * @param methods what is to run, in the order of {@link RankMethods}
 * @param deadlineNanos see {@link MultiRank#deadlineSeconds()}
 * @param jvm flags of each rank
 * @param files its files, in a directory of its own
 */
record JobPlan(
    String id,
    Class<?> testClass,
    Cell cell,
    MpiInstallation installation,
    List<String> methods,
    long deadlineNanos,
    List<String> jvm,
    JobFiles files) {
  /**
   * Runs one rank with its output in a file of its own, and leaves the status with which it ended.
   * Not {@code exec}: the shell stays to see by which signal a rank died.
   */
  private static final String SCRIPT =
      """
      job=$1
      shift
      rank=${OMPI_COMM_WORLD_RANK:-$PMI_RANK}
      "$@" >"$job/output.$rank.txt" 2>&1 </dev/null
      status=$?
      echo $status >"$job/status.$rank.part"
      mv "$job/status.$rank.part" "$job/status.$rank"
      exit $status
      """;

  /**
   * Whether ranks should let each other run. Open MPI counts cores where Java counts threads of
   * cores, commonly two to one, and refuses to start more ranks than it counts unless it is told.
   */
  private static boolean isCrowded(int ranks) {
    return 2 * ranks > Runtime.getRuntime().availableProcessors();
  }

  /** Writes the files that the ranks read and makes the process that starts them. */
  ProcessBuilder prepare() throws IOException, InterruptedException {
    Files.createDirectories(files.scratch());
    Files.writeString(files.script(), SCRIPT);
    List<String> arguments = new ArrayList<>(jvm);
    arguments.add("-XX:-CreateCoredumpOnCrash");
    arguments.add("-XX:ErrorFile=" + files.crash("%p"));
    arguments.add("-cp");
    arguments.add(RankJvm.classPath());
    arguments.add(RankMain.class.getName());
    arguments.add(files.directory().toString());
    arguments.add(testClass.getName());
    arguments.add("variant=" + cell.variant().name());
    arguments.addAll(methods);
    RankJvm.writeArguments(files.arguments(), arguments);

    Map<String, String> environment = Launcher.jvmEnvironment(System.getenv());
    environment.put("WEFT_MPI_LIB", installation.libmpi().toString());
    environment.put(JobFiles.MARK_VARIABLE, id);
    environment.put(RankWatch.HARNESS_VARIABLE, Long.toString(ProcessHandle.current().pid()));
    environment.putAll(EmulatedEfa.environment(cell.variant(), id));
    if (isCrowded(cell.ranks())) {
      YieldWhenIdle.environment(cell.mpi())
          .forEach((name, value) -> environment.merge(name, value, (one, two) -> one + ":" + two));
    }
    environment.putAll(cell.variant().environment());
    ProcessBuilder builder =
        Launcher.of(installation)
            .process(
                new LaunchPlan(
                    cell.ranks(),
                    cell.variant().network(),
                    cell.variant().intra(),
                    true,
                    false,
                    isCrowded(cell.ranks()),
                    environment,
                    cell.variant().launcherArguments(),
                    List.of(
                        "sh",
                        files.script().toString(),
                        files.directory().toString(),
                        RankJvm.java().toString(),
                        "@" + files.arguments())));
    // The launcher itself and its helpers are marked as well.
    builder.environment().put(JobFiles.MARK_VARIABLE, id);
    builder.redirectErrorStream(true).redirectOutput(files.launcherOutput().toFile());
    return builder;
  }
}
