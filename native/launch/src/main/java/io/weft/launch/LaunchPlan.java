package io.weft.launch;

import java.util.List;
import java.util.Map;

/**
 * What to start and how.
 *
 * @param ranks how many processes
 * @param network what MPI's own messages cross between hosts; {@link Network#AUTO} leaves MPI's
 *     default
 * @param intra what MPI's own messages cross within a host
 * @param oneHost whether all ranks run on this host
 * @param bindToCore whether each rank is bound to a core of its own
 * @param yieldWhenIdle whether a waiting rank lets others run: right where ranks outnumber cores
 * @param environment variables of every rank, on whatever host
 * @param launcherArguments more arguments for mpirun, before the program
 * @param program the program and its arguments
 */
public record LaunchPlan(
    int ranks,
    Network network,
    Intra intra,
    boolean oneHost,
    boolean bindToCore,
    boolean yieldWhenIdle,
    Map<String, String> environment,
    List<String> launcherArguments,
    List<String> program) {
  /** Copies what could change. */
  public LaunchPlan {
    environment = Map.copyOf(environment);
    launcherArguments = List.copyOf(launcherArguments);
    program = List.copyOf(program);
  }
}
