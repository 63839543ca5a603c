package io.weft.cli.doctor;

import io.weft.cli.EfaHere;
import io.weft.cli.FoundNetwork;
import io.weft.comm.Transport;
import io.weft.launch.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * The network that MPI really took, as ranks found it.
 *
 * @param answers of ranks that were started in different ways
 * @param efa what libfabric has
 * @param required the network that must be used, and the answer of ranks that were started for it;
 *     null if none was named
 */
record MpiNetworkProbe(List<MpiAnswer> answers, EfaHere efa, Required required) implements Probe {
  private static final String SUBJECT = "MPI's network";

  /** A network that must be used. */
  record Required(Network network, MpiAnswer answer) {
    boolean isMet() {
      Transport found = answer.transport();
      if (found == null) {
        return false;
      }
      // Within a host where all ranks are on one: then network is what was found there.
      return FoundNetwork.allAre(network, found.network());
    }
  }

  @Override
  public List<Finding> look(Machine machine) {
    List<Finding> result = new ArrayList<>();
    answers.forEach(answer -> result.add(judge(answer)));
    if (required != null) {
      result.add(judgeRequired());
    }
    return result;
  }

  private Finding judge(MpiAnswer answer) {
    if (answer.failure() != null) {
      return Finding.error(
          SUBJECT,
          answer.asked() + ": " + answer.failure(),
          "if hosts do not reach each other: the security group's rules to itself, ssh between"
              + " nodes, ecs-eth0; else what the message names");
    }
    String what = words(answer);
    String network = answer.transport().network();
    if (network.contains(Transport.UNKNOWN)) {
      return Finding.warning(
          SUBJECT, what + ": no evidence of what carried messages", "see --json for the evidence");
    }
    boolean tcp = FoundNetwork.allAre(Network.ENA, network);
    if (tcp && efa.missing() == null) {
      return Finding.warning(
          SUBJECT,
          what + ", though there is EFA",
          "weft run --network efa; for an mpirun of your own: --mca pml cm --mca mtl ofi --mca"
              + " mtl_ofi_provider_include efa");
    }
    if (answer.transport().isEmulated()) {
      return Finding.warning(
          SUBJECT, what + ": its times say nothing about EFA", "measure on a card");
    }
    return Finding.ok(SUBJECT, what);
  }

  private Finding judgeRequired() {
    String subject = "required " + required.network();
    MpiAnswer answer = required.answer();
    if (required.isMet()) {
      return Finding.ok(subject, words(answer));
    }
    String why =
        answer.failure() != null ? answer.asked() + ": " + answer.failure() : words(answer);
    return Finding.error(
        subject,
        "would not be used: " + why,
        switch (required.network()) {
          case EFA ->
              efa.missing() == null
                  ? "look for OMPI_MCA_*, UCX_* and FI_* variables that choose another network"
                  : "run where there is an EFA device, with its driver loaded, and this MPI knows"
                      + " it";
          case ENA, SHM, AUTO ->
              "look for OMPI_MCA_*, UCX_* and FI_* variables that choose another network";
        });
  }

  private static String words(MpiAnswer answer) {
    Transport found = answer.transport();
    return "%s: %s (within a host: %s), plug-ins %s, device %s, %s"
        .formatted(
            answer.asked(),
            found.network(),
            found.intra(),
            found.provider(),
            found.device(),
            found.library());
  }
}
