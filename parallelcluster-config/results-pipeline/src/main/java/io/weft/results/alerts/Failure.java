package io.weft.results.alerts;

import io.weft.launch.JobIdentity;
import io.weft.results.Refused;
import io.weft.results.StrictJson;
import io.weft.results.event.ClaimCheck;
import io.weft.results.event.RunEvent;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Something that people are told of. A run's hook and AWS Batch tell of the same failure in their
 * own ways, and are known as the same by job and attempt.
 *
 * @param key what it is the same as
 * @param subject in one line
 * @param text what this source knows of it, in one line
 */
record Failure(String key, String subject, String text) {
  private static final int MOST_CHARACTERS = 1 << 20;
  private static final int MOST_TEXT = 2000;
  private static final int MOST_REASON = 500;

  /** Of an ARN, the name of a queue. */
  private static final Pattern QUEUE = Pattern.compile("arn:[^:]+:batch:.*:job-queue/([^/:]+)");

  /** A node of a multi-node parallel job has its number behind the job's id. */
  private static final Pattern NODE = Pattern.compile("#\\d+$");

  /**
   * Reads a message of the queue of alerts.
   *
   * @param message an announced run, or an event of EventBridge
   * @param claims reads runs, which may lie in the bucket
   * @return what to tell of
   * @throws Refused if it is neither, or tells of no failure
   * @throws IOException if the bucket cannot be read
   */
  static Failure parse(String message, ClaimCheck claims) throws Refused, IOException {
    JsonNode node = StrictJson.object("the message", message, MOST_CHARACTERS);
    if (!node.has("detail-type")) {
      return ofRun(claims.event(message));
    }
    String type = StrictJson.string(node, "detail-type", MOST_TEXT);
    JsonNode detail = StrictJson.object(node, "detail");
    return switch (type) {
      case "Batch Job State Change" -> ofBatch(detail);
      case "AWS API Call via CloudTrail" -> ofPolicy(node, detail);
      default -> throw new Refused("an event '" + type + "' is no alert");
    };
  }

  private static Failure ofRun(RunEvent event) throws Refused {
    if (!event.status().equals(RunEvent.FAILED)) {
      throw new Refused("the run " + event.id() + " is " + event.status() + ", and no alert");
    }
    // Outside of a scheduler no two runs belong together.
    String key = event.job().isOfScheduler() ? key(event.job()) : "run/" + event.id();
    return new Failure(
        key,
        subject(event.job()),
        "The run of %s over %s failed at %s; its bundle is %s."
            .formatted(event.kernel(), event.network(), event.finishedAt(), event.bundle()));
  }

  private static Failure ofBatch(JsonNode detail) throws Refused {
    String status = StrictJson.string(detail, "status", MOST_TEXT);
    if (!status.equals("FAILED")) {
      throw new Refused("a job of AWS Batch that is " + status + " is no alert");
    }
    String arn = StrictJson.string(detail, "jobQueue", MOST_TEXT);
    Matcher queue = QUEUE.matcher(arn);
    if (!queue.matches()) {
      throw new Refused("its jobQueue " + arn + " is no ARN of a queue");
    }
    String id = NODE.matcher(StrictJson.string(detail, "jobId", MOST_TEXT)).replaceFirst("");
    // One that failed before it started is said to have had none.
    int attempt = Math.max(1, detail.path("attempts").size());
    JobIdentity job;
    try {
      job = new JobIdentity(queue.group(1), id, attempt);
    } catch (IllegalArgumentException noJob) {
      throw new Refused(noJob.getMessage());
    }
    // Words for people, of any length and form: no reason to lose the alert.
    JsonNode words = detail.path("statusReason");
    String reason =
        words.isString() ? words.asString().replaceAll("\\p{Cntrl}+", " ") : "no reason given";
    return new Failure(key(job), subject(job), "AWS Batch says: " + shortened(reason) + ".");
  }

  private static Failure ofPolicy(JsonNode event, JsonNode detail) throws Refused {
    String name = StrictJson.string(detail, "eventName", MOST_TEXT);
    String bucket =
        StrictJson.string(StrictJson.object(detail, "requestParameters"), "bucketName", MOST_TEXT);
    JsonNode who = detail.path("userIdentity").path("arn");
    return new Failure(
        "trail/" + StrictJson.string(detail, "eventID", 100),
        "Weft: the policy of bucket " + shortened(bucket) + " was changed",
        "%s by %s from %s at %s."
            .formatted(
                shortened(name),
                who.isString() ? shortened(who.asString()) : "somebody",
                shortened(StrictJson.string(detail, "sourceIPAddress", MOST_TEXT)),
                StrictJson.time(event, "time")));
  }

  private static String key(JobIdentity job) {
    return "job/" + job.argument();
  }

  private static String subject(JobIdentity job) {
    return job.isOfScheduler()
        ? "Weft: job %s of %s failed, attempt %d"
            .formatted(job.jobId(), job.cluster(), job.attempt())
        : "Weft: a run failed";
  }

  private static String shortened(String text) {
    return text.length() <= MOST_REASON ? text : text.substring(0, MOST_REASON) + "...";
  }
}
