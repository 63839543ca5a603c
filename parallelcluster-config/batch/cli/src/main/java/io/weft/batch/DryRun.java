package io.weft.batch;

import io.weft.cli.Json;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.batch.BatchClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The requests that a submission would send, taken from the AWS SDK as it puts them on the wire.
 * Only the token is masked.
 */
record DryRun(Aws aws) {
  private static final String MASK = "********";

  ArrayNode requests(Definitions.Plan plan, Submission submission) {
    RecordingHttpClient recorder = new RecordingHttpClient();
    List<String> operations = new ArrayList<>();
    try (BatchClient batch = aws.batch(recorder)) {
      String definition = plan.found() == null ? null : plan.found().jobDefinitionArn();
      if (plan.register() != null) {
        batch.registerJobDefinition(plan.register());
        operations.add("RegisterJobDefinition");
        // Which revision it becomes, only the answer says; a name alone means the newest.
        definition = plan.register().jobDefinitionName();
      }
      batch.submitJob(submission.request(definition, plan.nodes()));
      operations.add("SubmitJob");
    }
    ArrayNode result = Json.MAPPER.createArrayNode();
    for (int i = 0; i < operations.size(); i++) {
      ObjectNode one = result.addObject();
      one.put("operation", operations.get(i));
      one.put("url", recorder.urls().get(i));
      one.set("body", mask(Json.MAPPER.readTree(recorder.bodies().get(i))));
    }
    return result;
  }

  private static JsonNode mask(JsonNode node) {
    if (node instanceof ObjectNode pair
        && Submission.TOKEN.equals(pair.path("name").asString(""))) {
      pair.put("value", MASK);
    }
    node.forEach(DryRun::mask);
    return node;
  }
}
