package io.weft.results.event;

import io.weft.launch.JobIdentity;
import io.weft.results.Digests;
import io.weft.results.bundle.Manifest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A run has ended and left a bundle: what every hook announces, and every reader knows it by.
 *
 * @param job the scheduler's job, and how often it was started
 * @param kernel what ran
 * @param network what its messages really crossed; {@value #UNKNOWN_NETWORK} if nobody knows
 * @param status {@code verified} or {@code failed}
 * @param finishedAt when
 * @param bundle the bundle's absolute folder, on storage that outlives the node
 * @param manifest the bundle's manifest
 */
public record RunEvent(
    JobIdentity job,
    String kernel,
    String network,
    String status,
    Instant finishedAt,
    Path bundle,
    Manifest manifest) {
  /** Of a run that ended before its network was known. */
  public static final String UNKNOWN_NETWORK = "unknown";

  /** Of a run whose result is right. */
  public static final String VERIFIED = "verified";

  /** Of a run with a wrong result or none. */
  public static final String FAILED = "failed";

  /**
   * What the event is known by everywhere and for ever: the same for every hook that announces the
   * run, another for each attempt of its job.
   *
   * @return the SHA-256 of cluster or queue, job, attempt and manifest digest; 64 hexadecimal
   *     digits
   */
  public String id() {
    // None of them can hold a line's end, so that no two sets of them make one text.
    return Digests.hex(
        String.join(
            "\n", job.cluster(), job.jobId(), Integer.toString(job.attempt()), manifest.sha256()));
  }

  /**
   * The order that readers of the topic's FIFO queues see: that of the events of a job.
   *
   * @return the message group, a word of at most 128 characters
   */
  public String group() {
    return job.jobId().isEmpty() ? job.cluster() : job.jobId();
  }

  /**
   * What subscriptions filter by: attributes of the message, never its body.
   *
   * @return names and texts
   */
  public Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("kind", "run");
    attributes.put("id", id());
    attributes.put("status", status);
    attributes.put("kernel", kernel);
    attributes.put("network", network);
    attributes.put("cluster", job.cluster());
    return attributes;
  }
}
