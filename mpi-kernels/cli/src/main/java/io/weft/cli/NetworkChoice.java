package io.weft.cli;

import io.weft.ffi.NetworkDriver;
import io.weft.launch.Intra;
import io.weft.launch.Network;
import io.weft.launch.Via;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The network that a run is to cross, after {@code auto} and the default of {@code --intra} are
 * decided, with the reason.
 *
 * @param network never {@link Network#AUTO}, but for one rank of a user's own mpirun
 * @param intra what ranks of one host use
 * @param named whether the user named the network: then nothing else will do
 * @param reason why, for the user to read
 */
record NetworkChoice(Network network, Intra intra, boolean named, String reason) {
  /**
   * Decides, and refuses a network that is not there.
   *
   * @param options what was asked for
   * @param oneHost whether all ranks are on this host
   */
  static NetworkChoice of(RunOptions options, boolean oneHost) {
    return switch (options.network) {
      case AUTO -> auto(options, oneHost);
      case EFA -> {
        EfaHere efa = EfaHere.look();
        if (efa.missing() != null) {
          throw new WeftException(
              ExitStatus.UNAVAILABLE,
              "--network efa: no EFA here. Looked for a device that libfabric's efa provider can"
                  + " open; found: "
                  + efa.missing()
                  + "; network interfaces: "
                  + interfaces()
                  + ". Run on an instance type with EFA enabled and its driver loaded, or choose"
                  + " --network ena");
        }
        NetworkChoice choice = named(options, oneHost);
        yield efa.emulated() ? choice.because("as asked, over " + efa.words()) : choice;
      }
      case ENA, SHM -> {
        if (options.network == Network.SHM && !oneHost) {
          throw new WeftException(
              ExitStatus.UNAVAILABLE,
              "--network shm: the ranks are on several hosts, which share no memory; choose ena or"
                  + " efa");
        }
        yield named(options, oneHost);
      }
    };
  }

  private NetworkChoice because(String words) {
    return new NetworkChoice(network, intra, named, words);
  }

  /** Whether libfabric's efa provider is on the software device here. */
  boolean isEmulated() {
    return network == Network.EFA && EfaHere.look().emulated();
  }

  private static NetworkChoice named(RunOptions options, boolean oneHost) {
    if (options.network == Network.SHM) {
      return new NetworkChoice(Network.SHM, Intra.SHM, true, "as asked");
    }
    if (oneHost && options.ranks > 1) {
      if (options.intra == Intra.SHM) {
        throw new WeftException(
            ExitStatus.USAGE,
            "--network %s --intra shm: all ranks are on one host, so nothing would cross %s; use --intra same, or --network shm"
                .formatted(options.network, options.network));
      }
      return new NetworkChoice(
          options.network,
          Intra.SAME,
          true,
          "as asked; all ranks are on one host, so they use it among themselves (--intra same)");
    }
    return new NetworkChoice(
        options.network, intraOfSeveralHosts(options, options.network), true, "as asked");
  }

  /** Memory where there is a choice; over libfabric's TCP one endpoint serves all peers. */
  private static Intra intraOfSeveralHosts(RunOptions options, Network network) {
    if (options.via == Via.LIBFABRIC && network == Network.ENA) {
      if (options.intra == Intra.SHM) {
        throw new WeftException(
            ExitStatus.USAGE,
            "--via libfabric --network ena --intra shm: libfabric's TCP has one endpoint for all"
                + " ranks, those of its own host too; use --intra same, or --via mpi");
      }
      return Intra.SAME;
    }
    return options.intra == null ? Intra.SHM : options.intra;
  }

  private static NetworkChoice auto(RunOptions options, boolean oneHost) {
    if (oneHost && options.intra != Intra.SAME) {
      return new NetworkChoice(
          Network.SHM, Intra.SHM, false, "auto: all ranks are on one host, which shares memory");
    }
    EfaHere efa = EfaHere.look();
    Network network = efa.missing() == null ? Network.EFA : Network.ENA;
    return new NetworkChoice(
        network,
        oneHost ? Intra.SAME : intraOfSeveralHosts(options, network),
        false,
        efa.missing() == null
            ? "auto: there is " + (efa.emulated() ? efa.words() : "an EFA device")
            : "auto: no EFA (" + efa.missing() + ")");
  }

  /** Each interface that is up, with its driver. */
  private static String interfaces() {
    List<String> result = new ArrayList<>();
    try (Stream<NetworkInterface> all = NetworkInterface.networkInterfaces()) {
      all.forEach(i -> result.add(i.getName() + " (" + NetworkDriver.of(i.getName()) + ")"));
    } catch (SocketException none) {
      return "none (" + none.getMessage() + ")";
    }
    return String.join(", ", result);
  }
}
