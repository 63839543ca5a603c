package io.weft.cli.spool;

import io.weft.launch.JobIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code running.json}, the first file of a run's folder: a run has begun here, and whoever finds
 * it without a manifest after the job's end knows that the run did not finish.
 *
 * @param job the scheduler's job
 * @param kernel what runs
 * @param host where {@code weft run} was started
 * @param pid its process there
 * @param startedAt when
 */
public record RunningMarker(
    JobIdentity job, String kernel, String host, long pid, Instant startedAt) {
  /** The name of the file. */
  public static final String NAME = "running.json";

  private static final int MOST_CHARACTERS = 1024;

  /**
   * The marker of a run that this process starts now.
   *
   * @param kernel what runs
   * @return the marker, not yet written
   */
  public static RunningMarker ofThisProcess(String kernel) {
    return new RunningMarker(
        JobIdentity.of(System.getenv()),
        kernel,
        hostName(),
        ProcessHandle.current().pid(),
        Instant.now());
  }

  /**
   * Writes it, whole or not at all.
   *
   * @param directory the run's folder
   * @throws IOException if it cannot be written
   */
  public void write(Path directory) throws IOException {
    Path temporary = directory.resolve("." + NAME + ".part");
    Files.writeString(
        temporary,
        SpoolJson.text(json()),
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE,
        StandardOpenOption.SYNC);
    Files.move(temporary, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Reads one.
   *
   * @param text what a file {@value #NAME} holds
   * @return the marker
   * @throws IllegalArgumentException if it is none, with the reason
   */
  static RunningMarker parse(String text) {
    JsonNode node = SpoolJson.object(text);
    JsonNode pid = node.path("pid");
    if (!pid.isIntegralNumber()) {
      throw new IllegalArgumentException("its pid is no whole number");
    }
    try {
      return new RunningMarker(
          SpoolJson.job(node),
          SpoolJson.string(node, "kernel", MOST_CHARACTERS),
          SpoolJson.string(node, "host", MOST_CHARACTERS),
          pid.asLong(),
          Instant.parse(SpoolJson.string(node, "startedAt", MOST_CHARACTERS)));
    } catch (DateTimeException noTime) {
      throw new IllegalArgumentException("its startedAt is no time: " + noTime.getMessage());
    }
  }

  private ObjectNode json() {
    ObjectNode node = SpoolJson.MAPPER.createObjectNode();
    node.put("version", SpoolJson.VERSION);
    SpoolJson.putJob(node, job);
    node.put("kernel", kernel);
    node.put("host", host);
    node.put("pid", pid);
    node.put("startedAt", startedAt.toString());
    return node;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unresolved) {
      // Its message is "NAME: why".
      return unresolved.getMessage().replaceFirst(":.*", "");
    }
  }
}
