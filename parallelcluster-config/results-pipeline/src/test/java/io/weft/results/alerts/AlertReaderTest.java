package io.weft.results.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.JobIdentity;
import io.weft.results.TestBundle;
import io.weft.results.event.EventJson;
import io.weft.results.event.RunEvent;
import io.weft.results.hook.RunReader;
import io.weft.results.local.LocalSite;
import io.weft.results.port.MessageQueue;
import io.weft.results.port.QueueName;
import io.weft.results.port.Received;
import io.weft.results.port.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With announced runs, and events as AWS publishes them. */
class AlertReaderTest {
  private static final String BATCH_JOB = "4c7599ae-0a82-49aa-ba5a-4727fcce14a8";
  private static final String BATCH_SUBJECT =
      "Weft: job " + BATCH_JOB + " of JobQueue-1 failed, attempt 2";
  private static final String BATCH_TEXT = "AWS Batch says: Essential container in task exited.";

  @TempDir private Path folder;
  private final List<String> told = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private Site site;
  private MessageQueue queue;

  @BeforeEach
  void open() throws Exception {
    site = LocalSite.open(folder.resolve("site"));
    queue = site.queue(QueueName.ALERTS);
  }

  @AfterEach
  void close() {
    site.close();
  }

  private AlertReader reader() {
    return new AlertReader(site, (id, subject, text) -> told.add(subject + "|" + text), log::add);
  }

  private static String published(String name) throws IOException {
    try (var content = AlertReaderTest.class.getResourceAsStream("/events/" + name + ".json")) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private RunEvent run(String name, JobIdentity job, String status) throws Exception {
    Path bundle = folder.resolve(name);
    new TestBundle(bundle).result("cg", status, "ena", "2026-11-20T10:15:30Z").write();
    return RunReader.read(bundle, job);
  }

  private void announce(RunEvent event) throws IOException {
    site.topic().publish(EventJson.text(event), event.attributes(), event.group(), event.id());
  }

  @Test
  void aHookAndAwsBatchTellOfTheSameFailureOnce() throws Exception {
    RunEvent event = run("a", new JobIdentity("JobQueue-1", BATCH_JOB, 2), "failed");
    announce(event);
    queue.send(published("batch-job-failed"), Map.of());
    assertEquals(0, reader().untilEmpty());
    assertEquals(
        List.of(
            BATCH_SUBJECT
                + "|The run of cg over ena failed at 2026-11-20T10:15:30Z; its bundle is "
                + event.bundle()
                + ".\n"
                + BATCH_TEXT),
        told);
    // All of it once more, days later, to another reader.
    announce(event);
    queue.send(published("batch-job-failed"), Map.of());
    assertEquals(0, reader().untilEmpty());
    assertEquals(1, told.size());
    assertEquals(0, queue.depth().total());
  }

  @Test
  void aNodeOfAJobIsTheJob() throws Exception {
    queue.send(published("batch-job-failed"), Map.of());
    queue.send(
        published("batch-job-failed")
            .replace("\"jobId\": \"" + BATCH_JOB, "\"jobId\": \"" + BATCH_JOB + "#1"),
        Map.of());
    assertEquals(0, reader().untilEmpty());
    assertEquals(List.of(BATCH_SUBJECT + "|" + BATCH_TEXT), told);
  }

  @Test
  void anotherAttemptIsAnotherFailure() throws Exception {
    announce(run("a", new JobIdentity("c", "17", 0), "failed"));
    announce(run("b", new JobIdentity("c", "17", 1), "failed"));
    announce(run("d", new JobIdentity("other", "17", 0), "failed"));
    assertEquals(0, reader().untilEmpty());
    assertEquals(3, told.size(), told.toString());
  }

  @Test
  void aJobThatNeverStartedHadItsFirstAttempt() throws Exception {
    String never =
        published("batch-job-failed")
            .replaceAll("(?s)\"attempts\": \\[.*?\\n    \\],", "\"attempts\": [],");
    assertTrue(never.contains("\"attempts\": []"), never);
    queue.send(never, Map.of());
    assertEquals(0, reader().untilEmpty());
    assertTrue(
        told.getFirst().startsWith("Weft: job " + BATCH_JOB + " of JobQueue-1 failed, attempt 1|"));
  }

  @Test
  void aRunThatIsRightIsNotTheQueuesBusiness() throws Exception {
    announce(run("a", new JobIdentity("c", "17", 0), "verified"));
    assertEquals(0, queue.depth().total());
    assertEquals(1, site.queue(QueueName.SHIP).depth().total());
    assertEquals(1, site.queue(QueueName.AUDIT).depth().total());
  }

  @Test
  void aChangedPolicyIsTold() throws Exception {
    queue.send(published("bucket-policy-changed"), Map.of());
    assertEquals(0, reader().untilEmpty());
    assertEquals(
        List.of(
            "Weft: the policy of bucket my-bucket was changed|PutBucketPolicy by"
                + " arn:aws:iam::111122223333:user/alice from 192.0.2.4 at 2016-02-20T01:09:13Z."),
        told);
  }

  @Test
  void peopleWhoCannotBeToldAreToldLater() throws Exception {
    queue.send(published("batch-job-failed"), Map.of());
    AlertReader away =
        new AlertReader(
            site,
            (id, subject, text) -> {
              throw new IOException("the topic is away");
            },
            log::add);
    assertThrows(IOException.class, away::untilEmpty);
    assertEquals(1, queue.depth().lent());
    queue.send(published("batch-job-failed"), Map.of());
    assertEquals(0, reader().untilEmpty());
    assertEquals(1, told.size());
  }

  @Test
  void whatAnotherTellsOfIsLeftInTheQueue() throws Exception {
    site.sent().claim("alert/job/JobQueue-1," + BATCH_JOB + ",2", Duration.ofMinutes(5));
    queue.send(published("batch-job-failed"), Map.of());
    assertEquals(0, reader().untilEmpty());
    assertEquals(List.of(), told);
    assertEquals(1, queue.depth().lent());
  }

  @Test
  void poisonIsADeadLetterWithItsReasonAndHoldsUpNothing() throws Exception {
    String batch = published("batch-job-failed");
    List<String> poison =
        List.of(
            "{",
            "[]",
            "{\"detail-type\": 7}",
            "{\"detail-type\": \"Batch Job State Change\", \"detail\": []}",
            batch.replace("FAILED", "RUNNING"),
            batch.replace("job-queue/JobQueue-1", "JobQueue-1"),
            batch.replace("\"jobId\": \"" + BATCH_JOB, "\"jobId\": \"../" + BATCH_JOB),
            EventJson.text(run("ok", new JobIdentity("c", "1", 0), "verified")),
            published("object-created"));
    for (String body : poison) {
      queue.send(body, Map.of());
    }
    queue.send(batch, Map.of());
    assertEquals(poison.size(), reader().untilEmpty());
    assertEquals(List.of(BATCH_SUBJECT + "|" + BATCH_TEXT), told);
    List<Received> dead = queue.deadLetters().receive(10, Duration.ZERO, Duration.ofMinutes(1));
    assertEquals(poison.size(), dead.size());
    for (Received letter : dead) {
      assertFalse(letter.attributes().get(MessageQueue.REASON).isBlank());
    }
  }
}
