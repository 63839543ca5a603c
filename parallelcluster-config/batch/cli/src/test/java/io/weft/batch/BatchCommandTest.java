package io.weft.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.cli.ExitStatus;
import io.weft.cli.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Jobs submitted, watched, read and cancelled, against answers as AWS publishes them. */
class BatchCommandTest {
  private static final String ID = "4ec4a8f0-0000-4444-8888-111122223333";
  private static final String ARN = "arn:aws:batch:eu-west-1:111122223333:job-definition/weft:";

  @TempDir private Path directory;
  private AwsStub aws;
  private WeftBatch weft;

  @BeforeEach
  void start() throws IOException {
    aws = new AwsStub();
    weft = new WeftBatch(directory, aws.url());
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private static String definition(int revision, String image, String range) {
    return ("{'jobDefinitionName':'weft','jobDefinitionArn':'"
        + ARN
        + revision
        + "','revision':"
        + revision
        + ",'status':'ACTIVE','type':'multinode','timeout':{'attemptDurationSeconds':3600},"
        + "'tags':{'project':'weft'},'nodeProperties':{'numNodes':2,'mainNode':0,"
        + "'nodeRangeProperties':[{'targetNodes':'"
        + range
        + "','container':{'image':'"
        + image
        + "','command':['weft','list'],'resourceRequirements':[{'type':'VCPU','value':'192'},"
        + "{'type':'MEMORY','value':'707788'}],'jobRoleArn':'arn:aws:iam::111122223333:role/job'}}]}}");
  }

  private static String definitions(String... all) {
    return "{'jobDefinitions':[" + String.join(",", all) + "]}";
  }

  private void submits() {
    aws.answer("submitjob", "{'jobArn':'arn:x','jobName':'weft-cg-S-4','jobId':'" + ID + "'}");
  }

  private JsonNode submitted() {
    List<AwsStub.Request> all = aws.requests("submitjob");
    assertEquals(1, all.size(), all::toString);
    return all.getFirst().body();
  }

  private static String variable(JsonNode overrides, String name) {
    return overrides
        .at("/nodePropertyOverrides/0/containerOverrides/environment")
        .valueStream()
        .filter(each -> each.get("name").asString().equals(name))
        .map(each -> each.get("value").asString())
        .findFirst()
        .orElse("");
  }

  @Test
  @DisplayName("submit takes the newest revision over all pages, and gives each job its own token")
  void submit() throws Exception {
    aws.answer(
        "describejobdefinitions",
        definitions(definition(9, "image:1", "0:")).replaceFirst("}$", ",'nextToken':'more'}"));
    aws.answer("describejobdefinitions", definitions(definition(10, "image:1", "0:")));
    submits();
    WeftBatch.Result result =
        weft.run("submit", "cg", "--nodes", "4", "--ranks", "8", "--", "--checkpoint", "5");
    result
        .assertStatus(ExitStatus.OK)
        .assertSays("submitted weft-cg-S-4", "weft batch watch " + ID);
    assertEquals(ID + "\n", result.out());
    assertEquals(
        "more", aws.requests("describejobdefinitions").get(1).body().get("nextToken").asString());
    JsonNode request = submitted();
    assertEquals(ARN + "10", request.get("jobDefinition").asString());
    assertEquals("weft-queue", request.get("jobQueue").asString());
    JsonNode overrides = request.get("nodeOverrides");
    assertEquals(4, overrides.get("numNodes").asInt());
    assertEquals("0:", overrides.at("/nodePropertyOverrides/0/targetNodes").asString());
    List<String> command = new ArrayList<>();
    overrides
        .at("/nodePropertyOverrides/0/containerOverrides/command")
        .forEach(word -> command.add(word.asString()));
    assertEquals(
        "weft run cg --class S --ranks 8 --via mpi --network auto --checkpoint 5",
        String.join(" ", command));
    assertEquals("2", variable(overrides, "WEFT_BATCH_SLOTS"));
    String token = variable(overrides, "WEFT_BATCH_TOKEN");
    // What the entry point asks for, from 256 random bits.
    assertTrue(token.matches("[0-9a-f]{64}"), token);
    assertFalse((result.out() + result.err()).contains(token), "the token was printed");
    assertTrue(aws.requests("registerjobdefinition").isEmpty());
    weft.run("submit", "cg", "--nodes", "4").assertStatus(ExitStatus.OK);
    JsonNode second = aws.requests("submitjob").get(1).body().get("nodeOverrides");
    assertNotEquals(token, variable(second, "WEFT_BATCH_TOKEN"));
    assertEquals("1", variable(second, "WEFT_BATCH_SLOTS"));
  }

  @Test
  @DisplayName("another image is a new revision, which keeps all else; the same image is none")
  void register() throws Exception {
    aws.answer("describejobdefinitions", definitions(definition(3, "image:1", "0:")));
    aws.answer(
        "registerjobdefinition",
        "{'jobDefinitionName':'weft','revision':4,'jobDefinitionArn':'" + ARN + "4'}");
    submits();
    weft.run("submit", "cg", "--nodes", "2", "--image", "image:1").assertStatus(ExitStatus.OK);
    assertTrue(aws.requests("registerjobdefinition").isEmpty(), "registered without need");
    weft.run("submit", "cg", "--nodes", "2", "--image", "image:2", "--cards", "2")
        .assertStatus(ExitStatus.OK);
    JsonNode registered = aws.requests("registerjobdefinition").getFirst().body();
    JsonNode container = registered.at("/nodeProperties/nodeRangeProperties/0/container");
    assertEquals("image:2", container.get("image").asString());
    assertEquals("arn:aws:iam::111122223333:role/job", container.get("jobRoleArn").asString());
    assertEquals(
        "/dev/infiniband/uverbs1", container.at("/linuxParameters/devices/1/hostPath").asString());
    assertEquals(3600, registered.at("/timeout/attemptDurationSeconds").asInt());
    assertEquals("weft", registered.at("/tags/project").asString());
    assertEquals(
        ARN + "4", aws.requests("submitjob").get(1).body().get("jobDefinition").asString());
  }

  @Test
  @DisplayName("where there is no definition it says what it needs to make one, and then makes it")
  void first() throws Exception {
    aws.answer("describejobdefinitions", definitions());
    aws.answer(
        "registerjobdefinition",
        "{'jobDefinitionName':'weft','revision':1,'jobDefinitionArn':'" + ARN + "1'}");
    submits();
    weft.run("submit", "cg", "--nodes", "2")
        .assertStatus(ExitStatus.UNAVAILABLE)
        .assertSays("no active job definition weft", "--image, --vcpus and --memory-mib");
    weft.run("submit", "cg", "--nodes", "4", "--image", "i", "--vcpus", "4", "--memory-mib", "4096")
        .assertStatus(ExitStatus.OK);
    JsonNode registered = aws.requests("registerjobdefinition").getFirst().body();
    assertEquals("multinode", registered.get("type").asString());
    JsonNode range = registered.at("/nodeProperties/nodeRangeProperties/0");
    assertEquals("0:", range.get("targetNodes").asString());
    assertEquals("memlock", range.at("/container/ulimits/0/name").asString());
    assertEquals(-1, range.at("/container/ulimits/0/hardLimit").asInt());
  }

  @Test
  @DisplayName("a dry run prints what would be sent, with the token masked, and sends none of it")
  void dryRun() throws Exception {
    aws.answer("describejobdefinitions", definitions(definition(3, "image:1", "0:")));
    WeftBatch.Result result =
        weft.run("submit", "cg", "--nodes", "4", "--image", "image:2", "--dry-run")
            .assertStatus(ExitStatus.OK);
    JsonNode printed = Json.MAPPER.readTree(result.out());
    assertEquals("RegisterJobDefinition", printed.get(0).get("operation").asString());
    assertEquals("SubmitJob", printed.get(1).get("operation").asString());
    assertTrue(printed.get(1).get("url").asString().endsWith("/v1/submitjob"), result::toString);
    JsonNode body = printed.get(1).get("body");
    assertEquals("********", variable(body.get("nodeOverrides"), "WEFT_BATCH_TOKEN"));
    assertFalse(result.out().matches("(?s).*[0-9a-f]{64}.*"), result::toString);
    assertTrue(aws.requests("registerjobdefinition").isEmpty());
    assertTrue(aws.requests("submitjob").isEmpty());
    // But for the token and the revision, the very request that is sent.
    aws.answer(
        "registerjobdefinition",
        "{'jobDefinitionName':'weft','revision':4,'jobDefinitionArn':'weft'}");
    submits();
    weft.run("submit", "cg", "--nodes", "4", "--image", "image:2").assertStatus(ExitStatus.OK);
    String token = variable(submitted().get("nodeOverrides"), "WEFT_BATCH_TOKEN");
    assertEquals(Json.MAPPER.readTree(submitted().toString().replace(token, "********")), body);
    assertEquals(
        aws.requests("registerjobdefinition").getFirst().body(), printed.get(0).get("body"));
  }

  @Test
  @DisplayName(
      "a definition of one node range, or of another type, is refused before anything is sent")
  void unfit() throws Exception {
    aws.answer("describejobdefinitions", definitions(definition(3, "image:1", "0:1")));
    weft.run("submit", "cg", "--nodes", "4")
        .assertStatus(ExitStatus.UNAVAILABLE)
        .assertSays("is for 2 nodes", "\"0:\"");
    aws.answerNow(
        "describejobdefinitions",
        definitions(
            "{'jobDefinitionName':'weft','jobDefinitionArn':'a','revision':1,'type':'container'}"));
    weft.run("submit", "cg", "--nodes", "4")
        .assertStatus(ExitStatus.UNAVAILABLE)
        .assertSays("type container");
    assertTrue(aws.requests("submitjob").isEmpty());
  }

  @Test
  @DisplayName("wrong arguments are told before AWS hears of them")
  void arguments() throws Exception {
    weft.run("submit", "cg").assertStatus(ExitStatus.USAGE).assertSays("--nodes");
    new WeftBatch(directory, aws.url())
        .runWithout(List.of("WEFT_BATCH_QUEUE"), "submit", "cg", "--nodes", "2")
        .assertStatus(ExitStatus.USAGE)
        .assertSays("--queue");
    weft.run("submit", "nothing", "--nodes", "2")
        .assertStatus(ExitStatus.USAGE)
        .assertSays("nothing");
    weft.run("submit", "cg", "--nodes", "0").assertStatus(ExitStatus.USAGE).assertSays("--nodes 0");
    weft.run("submit", "cg", "--nodes", "2", "--ranks", "3")
        .assertStatus(ExitStatus.USAGE)
        .assertSays("power of two");
    weft.run("submit", "cg", "--nodes", "2", "--network", "shm")
        .assertStatus(ExitStatus.USAGE)
        .assertSays("share no memory");
    weft.run("watch", "a b").assertStatus(ExitStatus.USAGE).assertSays("is no job");
    weft.run("cancel", ID + "#1").assertStatus(ExitStatus.USAGE).assertSays("as a whole");
    assertTrue(aws.requests("describejobdefinitions").isEmpty());
  }

  @Test
  @DisplayName("no region, and no credentials, are told with what to do")
  void nothingSet() throws Exception {
    new WeftBatch(directory, aws.url())
        .runWithout(List.of("AWS_REGION"), "watch", ID)
        .assertStatus(ExitStatus.UNAVAILABLE)
        .assertSays("no AWS region", "--region");
    new WeftBatch(directory, aws.url())
        .runWithout(List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), "watch", ID)
        .assertStatus(ExitStatus.UNAVAILABLE)
        .assertSays("no AWS credentials", "aws configure");
  }

  @Test
  @DisplayName("a job that nobody knows is told with the region")
  void unknown() throws Exception {
    aws.answer("describejobs", "{'jobs':[]}");
    for (String command : List.of("watch", "logs", "cancel")) {
      weft.run(command, ID)
          .assertStatus(ExitStatus.UNAVAILABLE)
          .assertSays("eu-west-1 knows no job " + ID);
    }
    assertTrue(aws.requests("terminatejob").isEmpty());
  }

  @Test
  @DisplayName("throttled calls are made again; for ever throttled, refused and expired are told")
  void refused() throws Exception {
    aws.error("describejobs", 429, "TooManyRequestsException", "Too Many Requests");
    aws.answer("describejobs", "{'jobs':[" + job("SUCCEEDED", "") + "]}");
    weft.run("watch", ID).assertStatus(ExitStatus.OK);
    assertEquals(3, aws.requests("describejobs").size(), "once more for the job, once for nodes");
    aws.error("describejobdefinitions", 429, "TooManyRequestsException", "Too Many Requests");
    weft.run("submit", "cg", "--nodes", "2")
        .assertStatus(ExitStatus.UNAVAILABLE)
        .assertSays("throttles", "Wait a minute");
    aws.error("terminatejob", 403, "AccessDeniedException", "User: x is not authorized");
    aws.answerNow("describejobs", "{'jobs':[" + job("RUNNING", "") + "]}");
    weft.run("cancel", ID)
        .assertStatus(ExitStatus.UNAVAILABLE)
        .assertSays("not authorized", "--profile");
  }

  private static String job(String status, String more) {
    return ("{'jobId':'"
        + ID
        + "','jobName':'weft-cg','status':'"
        + status
        + "','nodeProperties':{'numNodes':2,'mainNode':0,'nodeRangeProperties':[]}"
        + more
        + "}");
  }

  private static String node(int number, String status, String container) {
    return "{'jobId':'"
        + ID
        + "#"
        + number
        + "','jobName':'weft-cg','status':'"
        + status
        + "','nodeProperties':{'nodeIndex':"
        + number
        + ",'isMainNode':"
        + (number == 0)
        + "},'container':{"
        + container
        + "}}";
  }

  private void look(String job, String... nodes) {
    aws.answer("describejobs", "{'jobs':[" + job + "]}");
    aws.answer("describejobs", "{'jobs':[" + String.join(",", nodes) + "]}");
  }

  @Test
  @DisplayName("watch shows the job and its nodes until it ends, each change once")
  void watch() throws Exception {
    look(job("RUNNABLE", ""));
    look(job("RUNNING", ""), node(1, "STARTING", ""), node(0, "RUNNING", ""));
    look(job("RUNNING", ""), node(0, "RUNNING", ""), node(1, "RUNNING", ""));
    look(job("SUCCEEDED", ""), node(0, "SUCCEEDED", "'exitCode':0"), node(1, "SUCCEEDED", ""));
    WeftBatch.Result result = weft.run("watch", ID, "--every", "0.01").assertStatus(ExitStatus.OK);
    assertEquals(
        """
        ID RUNNABLE
        ID#0 RUNNING
        ID#1 STARTING
        ID RUNNING
        nodes: 1 RUNNING, 1 STARTING, of 2
        ID#1 RUNNING
        nodes: 2 RUNNING, of 2
        ID#0 SUCCEEDED
        ID#1 SUCCEEDED
        ID SUCCEEDED
        nodes: 2 SUCCEEDED, of 2
        """
            .replace("ID", ID),
        result.out());
    assertEquals(
        "[\"" + ID + "#0\",\"" + ID + "#1\"]",
        aws.requests("describejobs").get(1).body().get("jobs").toString());
  }

  @Test
  @DisplayName("watch ends with the main node's exit code, or 1 where it has none")
  void failed() throws Exception {
    look(
        job("FAILED", ",'statusReason':'Essential container in task exited'"),
        node(0, "FAILED", "'exitCode':12"),
        node(1, "FAILED", "'exitCode':137"));
    weft.run("watch", ID)
        .assertStatus(12)
        .assertSays("main node ended with 12", "weft batch logs '" + ID + "#0'");
  }

  @Test
  @DisplayName("watch of a job that failed before a node ran ends with 1 and AWS's reason")
  void failedEarly() throws Exception {
    look(job("FAILED", ",'statusReason':'Job terminated: CAPACITY'"));
    weft.run("watch", ID).assertStatus(ExitStatus.FAILED).assertSays("no exit code", "CAPACITY");
  }

  @Test
  @DisplayName("logs prints all pages of a node's stream, from the group of its definition")
  void logs() throws Exception {
    String container =
        "'logStreamName':'weft/default/abc','logConfiguration':{'logDriver':'awslogs','options':{'awslogs-group':'weft-logs'}}";
    aws.answer("describejobs", "{'jobs':[" + node(1, "RUNNING", container) + "]}");
    aws.answer(
        "GetLogEvents", "{'events':[{'timestamp':1,'message':'one'}],'nextForwardToken':'f/1'}");
    aws.answer(
        "GetLogEvents", "{'events':[{'timestamp':2,'message':'two'}],'nextForwardToken':'f/2'}");
    aws.answer("GetLogEvents", "{'events':[],'nextForwardToken':'f/2'}");
    WeftBatch.Result result = weft.run("logs", ID + "#1").assertStatus(ExitStatus.OK);
    assertEquals("one\ntwo\n", result.out());
    JsonNode asked = aws.requests("GetLogEvents").getFirst().body();
    assertEquals("weft-logs", asked.get("logGroupName").asString());
    assertEquals("weft/default/abc", asked.get("logStreamName").asString());
    assertTrue(asked.get("startFromHead").asBoolean());
    assertEquals(3, aws.requests("GetLogEvents").size());
  }

  @Test
  @DisplayName(
      "logs of a job are those of its main node; of one that has not started there are none")
  void logsOfMain() throws Exception {
    aws.answer("describejobs", "{'jobs':[" + job("RUNNABLE", "") + "]}");
    aws.answer("describejobs", "{'jobs':[" + node(0, "RUNNABLE", "") + "]}");
    weft.run("logs", ID)
        .assertStatus(ExitStatus.UNAVAILABLE)
        .assertSays(ID + "#0 is RUNNABLE", "nothing yet");
    assertEquals(
        "[\"" + ID + "#0\"]", aws.requests("describejobs").get(1).body().get("jobs").toString());
  }

  @Test
  @DisplayName("cancel terminates a job, with the reason, and leaves one alone that has ended")
  void cancel() throws Exception {
    aws.answer("describejobs", "{'jobs':[" + job("RUNNING", "") + "]}");
    aws.answer("terminatejob", "{}");
    weft.run("cancel", ID, "--reason", "wrong class")
        .assertStatus(ExitStatus.OK)
        .assertSays("ends " + ID, "was RUNNING");
    aws.answerNow("describejobs", "{'jobs':[" + job("FAILED", "") + "]}");
    weft.run("cancel", ID).assertStatus(ExitStatus.OK).assertSays("has ended before: FAILED");
    List<AwsStub.Request> all = aws.requests("terminatejob");
    assertEquals(1, all.size());
    assertEquals(ID, all.getFirst().body().get("jobId").asString());
    assertEquals("wrong class", all.getFirst().body().get("reason").asString());
  }
}
