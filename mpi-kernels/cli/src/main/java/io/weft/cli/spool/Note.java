package io.weft.cli.spool;

import io.weft.launch.JobIdentity;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A note in the spool: a job has ended.
 *
 * @param job which
 * @param state how, as Slurm names states; {@code UNKNOWN} where the writer could not tell
 * @param exitCode of its script; -1 if unknown
 * @param bundles absolute folders in which its runs are, themselves or a few levels below
 * @param endedAt when
 */
record Note(JobIdentity job, String state, int exitCode, List<Path> bundles, Instant endedAt) {
  private static final int MOST_BUNDLES = 1000;
  private static final int MOST_CHARACTERS = 4096;

  Note {
    bundles = List.copyOf(bundles);
    if (!job.isOfScheduler()) {
      throw new IllegalArgumentException("its jobId is empty");
    }
    RunEnd asWord = new RunEnd(state, exitCode, "");
    state = asWord.state();
  }

  /**
   * Reads one that anybody may have written.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  static Note parse(String text) {
    JsonNode node = SpoolJson.object(text);
    JsonNode folders = node.path("bundles");
    if (!folders.isArray() || folders.size() > MOST_BUNDLES) {
      throw new IllegalArgumentException("its bundles are no array of at most " + MOST_BUNDLES);
    }
    List<Path> bundles = new ArrayList<>();
    for (JsonNode folder : folders) {
      bundles.add(folder(folder));
    }
    try {
      return new Note(
          SpoolJson.job(node),
          SpoolJson.string(node, "state", MOST_CHARACTERS),
          SpoolJson.number(node, "exitCode"),
          bundles,
          Instant.parse(SpoolJson.string(node, "endedAt", MOST_CHARACTERS)));
    } catch (DateTimeException noTime) {
      throw new IllegalArgumentException("its endedAt is no time: " + noTime.getMessage());
    }
  }

  private static Path folder(JsonNode node) {
    try {
      Path path = Path.of(node.isString() ? node.asString() : "");
      if (path.isAbsolute() && path.equals(path.normalize())) {
        return path;
      }
    } catch (InvalidPathException noPath) {
      // The message below says it too.
    }
    throw new IllegalArgumentException("its bundle " + node + " is no absolute path without ..");
  }

  Note withState(String found) {
    return new Note(job, found, exitCode, bundles, endedAt);
  }

  String text() {
    ObjectNode node = SpoolJson.MAPPER.createObjectNode();
    node.put("version", SpoolJson.VERSION);
    SpoolJson.putJob(node, job);
    node.put("state", state);
    node.put("exitCode", exitCode);
    ArrayNode folders = node.putArray("bundles");
    bundles.forEach(folder -> folders.add(folder.toString()));
    node.put("endedAt", endedAt.toString());
    return SpoolJson.text(node);
  }
}
