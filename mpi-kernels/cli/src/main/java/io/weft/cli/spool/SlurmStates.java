package io.weft.cli.spool;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks Slurm how a job ended. slurmctld knows that for {@code MinJobAge} (300 s unless set
 * otherwise), and tells an epilog only the exit status, which is 0 for some jobs that ran out of
 * time.
 */
final class SlurmStates {
  /** Where ParallelCluster has it; a service's PATH does not lead there. */
  private static final Path PARALLELCLUSTER = Path.of("/opt/slurm/bin/scontrol");

  private static final Pattern STATE = Pattern.compile("(?:^|\\s)JobState=([A-Z_]+)");
  private static final long PATIENCE_SECONDS = 10;

  private final Path scontrol;

  private SlurmStates(Path scontrol) {
    this.scontrol = scontrol;
  }

  static SlurmStates of(Map<String, String> environment) {
    List<Path> places = new ArrayList<>();
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
      places.add(Path.of(folder, "scontrol"));
    }
    places.add(PARALLELCLUSTER);
    return new SlurmStates(places.stream().filter(Files::isExecutable).findFirst().orElse(null));
  }

  /** The state of a job, {@code COMPLETING} too; {@code UNKNOWN} if Slurm does not say. */
  String of(String jobId) throws IOException, InterruptedException {
    if (scontrol == null) {
      return RunEnd.UNKNOWN;
    }
    Process process =
        new ProcessBuilder(scontrol.toString(), "--oneliner", "show", "job", jobId)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    // It is silent while it waits for slurmctld, and then says a line or two: no pipe fills up.
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return RunEnd.UNKNOWN;
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher state = STATE.matcher(said);
    return process.exitValue() == 0 && state.find() ? state.group(1) : RunEnd.UNKNOWN;
  }
}
