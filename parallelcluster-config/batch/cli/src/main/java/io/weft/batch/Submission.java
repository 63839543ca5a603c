package io.weft.batch;

import io.weft.cli.ExitStatus;
import io.weft.cli.WeftException;
import java.util.List;
import software.amazon.awssdk.services.batch.model.KeyValuePair;
import software.amazon.awssdk.services.batch.model.NodeOverrides;
import software.amazon.awssdk.services.batch.model.NodeProperties;
import software.amazon.awssdk.services.batch.model.NodePropertyOverride;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;

/** One job to submit. Has no text form: it holds the job's token. */
final class Submission {
  /** The entry point reads it and passes it on to no one. */
  static final String TOKEN = "WEFT_BATCH_TOKEN";

  private static final String SLOTS = "WEFT_BATCH_SLOTS";

  private final String name;
  private final String queue;
  private final int nodes;
  private final int slots;
  private final List<String> command;
  private final String token;

  /**
   * Keeps what a job is.
   *
   * @param slots ranks of one node
   * @param command what the main node runs
   * @param token by which nodes recognise each other
   */
  Submission(String name, String queue, int nodes, int slots, List<String> command, String token) {
    this.name = name;
    this.queue = queue;
    this.nodes = nodes;
    this.slots = slots;
    this.command = List.copyOf(command);
    this.token = token;
  }

  /** The request, for a definition with these nodes. */
  SubmitJobRequest request(String definition, NodeProperties defined) {
    boolean open =
        defined.nodeRangeProperties().stream().anyMatch(r -> r.targetNodes().endsWith(":"));
    if (nodes != defined.numNodes() && !open) {
      throw new WeftException(
          ExitStatus.UNAVAILABLE,
          "--nodes %d: definition %s is for %d nodes; one with the range \"0:\" takes any number"
              .formatted(nodes, definition, defined.numNodes()));
    }
    List<NodePropertyOverride> each =
        defined.nodeRangeProperties().stream()
            .map(
                range ->
                    NodePropertyOverride.builder()
                        .targetNodes(range.targetNodes())
                        .containerOverrides(
                            container ->
                                container
                                    .command(command)
                                    .environment(
                                        variable(TOKEN, token),
                                        variable(SLOTS, Integer.toString(slots))))
                        .build())
            .toList();
    return SubmitJobRequest.builder()
        .jobName(name)
        .jobQueue(queue)
        .jobDefinition(definition)
        .nodeOverrides(NodeOverrides.builder().numNodes(nodes).nodePropertyOverrides(each).build())
        .build();
  }

  private static KeyValuePair variable(String name, String value) {
    return KeyValuePair.builder().name(name).value(value).build();
  }
}
