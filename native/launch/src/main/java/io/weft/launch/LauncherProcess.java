package io.weft.launch;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The launcher that this process descends from, on its host. */
final class LauncherProcess {
  /** Open MPI 4's, Open MPI 5's, and MPICH's; on hosts where no mpirun runs, their daemons. */
  private static final Set<String> NAMES =
      Set.of(
          "mpirun",
          "mpiexec",
          "orterun",
          "orted",
          "prte",
          "prterun",
          "prted",
          "hydra_pmi_proxy",
          "mpiexec.hydra");

  /** Between launcher and rank there may be shells, wrappers and debuggers. */
  private static final int GENERATIONS = 8;

  private LauncherProcess() {}

  /**
   * Its program.
   *
   * @return the file, links resolved; null if there is none or it cannot be seen
   */
  static Path program() {
    Optional<ProcessHandle> process = ProcessHandle.current().parent();
    for (int i = 0; i < GENERATIONS && process.isPresent(); i++) {
      Path program = process.get().info().command().map(Path::of).orElse(null);
      if (program != null && NAMES.contains(program.getFileName().toString())) {
        return program;
      }
      process = process.get().parent();
    }
    return null;
  }
}
