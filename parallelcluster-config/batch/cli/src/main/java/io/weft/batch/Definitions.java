package io.weft.batch;

import io.weft.cli.ExitStatus;
import io.weft.cli.WeftException;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.DescribeJobDefinitionsRequest;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.batch.model.JobDefinitionType;
import software.amazon.awssdk.services.batch.model.NodeProperties;
import software.amazon.awssdk.services.batch.model.NodeRangeProperty;
import software.amazon.awssdk.services.batch.model.RegisterJobDefinitionRequest;

/** Finds the definition of a job, and says whether it has to be registered first. */
record Definitions(Aws aws, BatchClient batch) {
  private static final String EVERY_NODE = "0:";

  /**
   * What a job is made from.
   *
   * @param found the definition that is there; null if there is none
   * @param register what to register before; null if the one that is there does
   * @param nodes its nodes
   */
  record Plan(JobDefinition found, RegisterJobDefinitionRequest register, NodeProperties nodes) {}

  Plan plan(DefinitionOptions options) {
    JobDefinition found = find(options.name);
    if (found == null) {
      return new Plan(null, first(options), nodesOf(options, null));
    }
    if (!JobDefinitionType.MULTINODE.toString().equals(found.type())) {
      throw new WeftException(
          ExitStatus.UNAVAILABLE,
          "job definition %s is of type %s, and only multinode runs on several nodes; name another by --definition"
              .formatted(found.jobDefinitionArn(), found.type()));
    }
    NodeProperties wanted = nodesOf(options, found.nodeProperties());
    if (wanted.equals(found.nodeProperties())) {
      return new Plan(found, null, wanted);
    }
    if (isPinned(options.name)) {
      throw new WeftException(
          ExitStatus.USAGE,
          "--definition %s is one revision, and the other options would change it; name it without its revision"
              .formatted(options.name));
    }
    RegisterJobDefinitionRequest next =
        RegisterJobDefinitionRequest.builder()
            .jobDefinitionName(found.jobDefinitionName())
            .type(JobDefinitionType.MULTINODE)
            .nodeProperties(wanted)
            .parameters(found.parameters())
            .retryStrategy(found.retryStrategy())
            .timeout(found.timeout())
            .propagateTags(found.propagateTags())
            .tags(found.tags())
            .build();
    return new Plan(found, next, wanted);
  }

  private static RegisterJobDefinitionRequest first(DefinitionOptions options) {
    if (isPinned(options.name) || !options.isWhole()) {
      throw new WeftException(
          ExitStatus.UNAVAILABLE,
          "there is no active job definition %s: create the batch stack and name its definition by --definition, or give --image, --vcpus and --memory-mib to register one"
              .formatted(options.name));
    }
    return RegisterJobDefinitionRequest.builder()
        .jobDefinitionName(options.name)
        .type(JobDefinitionType.MULTINODE)
        .nodeProperties(nodesOf(options, null))
        .build();
  }

  private static NodeProperties nodesOf(DefinitionOptions options, NodeProperties before) {
    if (before == null) {
      return NodeProperties.builder()
          .numNodes(2)
          .mainNode(0)
          .nodeRangeProperties(
              NodeRangeProperty.builder()
                  .targetNodes(EVERY_NODE)
                  .container(options.applyTo(DefinitionOptions.plain()))
                  .build())
          .build();
    }
    List<NodeRangeProperty> ranges =
        before.nodeRangeProperties().stream()
            .map(
                range ->
                    range.container() == null
                        ? range
                        : range.toBuilder().container(options.applyTo(range.container())).build())
            .toList();
    return before.toBuilder().nodeRangeProperties(ranges).build();
  }

  /** An ARN or NAME:REVISION. */
  private static boolean isPinned(String name) {
    return name.contains(":");
  }

  private JobDefinition find(String name) {
    DescribeJobDefinitionsRequest.Builder request =
        DescribeJobDefinitionsRequest.builder().status("ACTIVE");
    if (isPinned(name)) {
      request.jobDefinitions(name);
    } else {
      request.jobDefinitionName(name);
    }
    return aws.call(
        "DescribeJobDefinitions",
        () ->
            batch.describeJobDefinitionsPaginator(request.build()).jobDefinitions().stream()
                .max(Comparator.comparing(JobDefinition::revision))
                .orElse(null));
  }
}
