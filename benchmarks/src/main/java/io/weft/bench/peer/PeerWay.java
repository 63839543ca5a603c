package io.weft.bench.peer;

import io.weft.comm.Job;
import io.weft.launch.Intra;
import io.weft.launch.Network;
import java.util.List;

/**
 * Which library over which network, as every rank of a fork is told before it says anything.
 *
 * @param via the library
 * @param network what messages cross between hosts
 * @param intra what they cross within one
 * @param provider libfabric's, or empty for the usual one
 */
public record PeerWay(MeasuredVia via, Network network, Intra intra, String provider) {
  private static final String PREFIX = "weft.bench.";

  /**
   * Reads this process's own.
   *
   * @return what the fork was started for
   * @throws IllegalStateException if this process is no rank of a fork
   */
  public static PeerWay ofThisProcess() {
    return new PeerWay(
        MeasuredVia.of(property("via")),
        Network.of(property("network")),
        Intra.of(property("intra")),
        property("provider"));
  }

  private static String property(String name) {
    String value = System.getProperty(PREFIX + name);
    if (value == null) {
      throw new IllegalStateException(
          "no -D"
              + PREFIX
              + name
              + ": benchmarks across ranks are started by scripts/bench, which starts each fork"
              + " as a job of ranks");
    }
    return value;
  }

  /**
   * What tells a JVM.
   *
   * @return its arguments
   */
  public List<String> jvmArguments() {
    return List.of(
        "-D" + PREFIX + "via=" + via,
        "-D" + PREFIX + "network=" + network,
        "-D" + PREFIX + "intra=" + intra,
        "-D" + PREFIX + "provider=" + provider);
  }

  String providerOrNull() {
    return provider.isEmpty() ? null : provider;
  }

  /**
   * Joins the job and opens the library on this rank; collective.
   *
   * @return the peer, to be closed
   * @throws AbsentException if the library or the network is not here
   */
  public Peer open() {
    if (!via.isJava()) {
      throw new IllegalStateException(via + " is no Java to be opened in a JVM");
    }
    if (via == MeasuredVia.OPENMPI_JAVA) {
      // These join the job themselves.
      return new OpenMpiJavaPeer();
    }
    Job job = Job.start();
    try {
      return switch (via) {
        case AERON -> AeronPeer.open(job, network);
        case NIO -> NioPeer.open(job, network);
        case JUCX -> JucxPeer.open(job, network);
        default -> CommunicatorPeer.open(job, this);
      };
    } catch (RuntimeException notThere) {
      job.close();
      throw notThere;
    }
  }
}
