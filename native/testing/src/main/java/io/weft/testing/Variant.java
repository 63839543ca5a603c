package io.weft.testing;

import io.weft.launch.Intra;
import io.weft.launch.Network;
import io.weft.launch.Via;
import java.util.List;
import java.util.Map;

/**
 * One of the ways that a {@link MultiRank} class runs.
 *
 * @param name what the ranks get as {@link RankContext#variant()}; words separated by slashes
 * @param network what the launcher is asked to let MPI's own messages cross
 * @param intra what they cross within a host
 * @param environment more variables of every rank
 * @param launcherArguments more arguments of {@code mpirun}
 */
public record Variant(
    String name,
    Network network,
    Intra intra,
    Map<String, String> environment,
    List<String> launcherArguments) {
  /** Copies what could change. */
  public Variant {
    environment = Map.copyOf(environment);
    launcherArguments = List.copyOf(launcherArguments);
  }

  /**
   * The variant of a name. {@code mpi/NETWORK} and {@code mpi/NETWORK/INTRA} (such as {@code
   * mpi/ena/same}) are started with the launcher's flags for that network; all other names, {@code
   * libfabric/ena/same} for one, with MPI's defaults, and mean what the test class makes of them.
   * Where the second word is {@code efa} and there is no card, ranks get the software EFA device; a
   * name may end with faults of it, and with the libfabric to use: {@code libfabric/efa/same with
   * reorder=64,rnr=5%}, {@code mpi/efa/same with libfabric=2.1}.
   *
   * @param name the name
   * @return the variant
   * @throws IllegalArgumentException if the name begins with {@code mpi/} and a word is unknown
   */
  public static Variant of(String name) {
    String[] words = name.split(EmulatedEfa.WITH)[0].split("/");
    Network network = Network.AUTO;
    Intra intra = Intra.SHM;
    if (words.length > 1 && words[0].equals(Via.MPI.toString())) {
      network = Network.of(words[1]);
      intra = words.length > 2 ? Intra.of(words[2]) : Intra.SHM;
    }
    return new Variant(name, network, intra, EmulatedEfa.faults(name), List.of());
  }

  /**
   * The same with other variables.
   *
   * @param variables more variables of every rank, instead of those here
   * @return the variant
   */
  public Variant withEnvironment(Map<String, String> variables) {
    return new Variant(name, network, intra, variables, launcherArguments);
  }

  /**
   * The same with other launcher arguments.
   *
   * @param arguments more arguments of {@code mpirun}, instead of those here
   * @return the variant
   */
  public Variant withLauncherArguments(List<String> arguments) {
    return new Variant(name, network, intra, environment, arguments);
  }

  /** The name as part of a test's display name. */
  @Override
  public String toString() {
    return name.replace('/', ' ');
  }
}
