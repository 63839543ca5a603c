package io.weft.comm;

import java.util.List;

/**
 * The library and the network that carried the messages, as found at run time; never as asked for.
 *
 * @param via {@code mpi} or {@code libfabric}
 * @param library the library's own name and version
 * @param network what messages cross between hosts, or between the ranks where all are on one host:
 *     {@code efa}, {@code efa (emulated)}, {@code ena}, {@code tcp (lo)}, {@code tcp (veth)},
 *     {@code tcp (DRIVER)}, {@code shm}, {@code self} (one rank: nothing travels), several joined
 *     by {@code +}, or {@code unknown} where there is no evidence
 * @param intra what messages cross between ranks of one host, in the same words; {@code none} where
 *     no host has two ranks
 * @param provider the component that carries messages: a libfabric provider, or what libmpi mapped
 * @param protocol the wire protocol's name, or {@code unknown}
 * @param device the interface or device with its driver, or {@code none}
 * @param evidence what the finding rests on, one sentence each
 */
public record Transport(
    String via,
    String library,
    String network,
    String intra,
    String provider,
    String protocol,
    String device,
    List<String> evidence) {
  /** What a finding without evidence is called. */
  public static final String UNKNOWN = "unknown";

  /** What the network over the software EFA device is called; its times say nothing about EFA. */
  public static final String EMULATED_EFA = "efa (emulated)";

  /**
   * Says whether messages crossed a software EFA device.
   *
   * @return true if they did: then no time of the run says anything about EFA
   */
  public boolean isEmulated() {
    return network.contains(EMULATED_EFA) || intra.contains(EMULATED_EFA);
  }

  /** Copies the list. */
  public Transport {
    evidence = List.copyOf(evidence);
  }
}
