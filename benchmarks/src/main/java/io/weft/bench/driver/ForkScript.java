package io.weft.bench.driver;

import io.weft.bench.ranks.ForkReport;
import io.weft.bench.ranks.RankMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What JMH starts in place of {@code java}: a script that becomes {@code mpirun}, whose ranks run
 * {@link RankMain} with the arguments that JMH had for its forked main. Anything else that JMH asks
 * of a JVM, such as its properties, goes to the real one.
 */
final class ForkScript {
  private static final String ARGUMENTS = "@ARGUMENTS@";

  private ForkScript() {}

  /**
   * Writes the script.
   *
   * @param directory where; also gets the file of the script's process id
   * @param java the JVM
   * @param flags of each rank's JVM
   * @param classPath what stands first on it, or empty
   * @param cell what the ranks are for
   * @param jobs how they are started
   * @return the script, ready to start
   */
  static Path write(
      Path directory, Path java, List<String> flags, String classPath, CellPlan cell, Jobs jobs)
      throws IOException {
    List<String> program = new ArrayList<>(List.of(java.toString()));
    program.addAll(flags);
    program.addAll(jobs.way(cell).jvmArguments());
    program.add("-D" + ForkReport.FILE + "=" + report(directory));
    program.add(ARGUMENTS);
    ProcessBuilder builder = jobs.start(cell, program);
    List<String> removed = new ArrayList<>();
    for (String name : System.getenv().keySet()) {
      if (!builder.environment().containsKey(name) && name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        removed.add(name);
      }
    }
    String command =
        builder.command().stream()
            .map(word -> word.equals(ARGUMENTS) ? "\"${arguments[@]}\"" : quoted(word))
            .collect(Collectors.joining(" "));
    String text =
        """
        #!/usr/bin/env bash
        # Becomes the job of ranks that one fork of JMH is.
        set -euo pipefail
        arguments=("$@")
        fork=no
        for i in "${!arguments[@]}"; do
          if [[ ${arguments[i]} == %s ]]; then
            arguments[i]=%s
            fork=yes
          elif [[ ${arguments[i]} == -cp || ${arguments[i]} == -classpath ]]; then
            arguments[i + 1]=%s${arguments[i + 1]}
          fi
        done
        [[ $fork == yes ]] || exec %s "$@"
        echo "$$" >%s
        %s
        exec %s </dev/null
        """
            .formatted(
                RankMain.FORKED_MAIN,
                RankMain.class.getName(),
                classPath.isEmpty() ? "''" : quoted(classPath + ":"),
                quoted(java.toString()),
                quoted(pid(directory).toString()),
                removed.isEmpty() ? ":" : "unset " + String.join(" ", removed),
                command);
    Path script = directory.resolve("fork");
    Files.writeString(script, text);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  /** Where rank 0 leaves its report. */
  static Path report(Path directory) {
    return directory.resolve("report.json");
  }

  /** Where the script leaves the process id that mpirun then has. */
  static Path pid(Path directory) {
    return directory.resolve("pid");
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
