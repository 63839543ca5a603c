package io.weft.results.event;

import io.weft.launch.JobIdentity;
import io.weft.results.Refused;
import io.weft.results.StrictJson;
import io.weft.results.bundle.BundleFile;
import io.weft.results.bundle.Manifest;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Events as JSON: {@value #FORMAT} is the format that is written, and the one that is read. */
public final class EventJson {
  /** Changes when a field changes its meaning or goes; fields that nobody knows are no error. */
  public static final int FORMAT = 1;

  /** An event holds its manifest's list. */
  static final int MOST_CHARACTERS = 2 * Manifest.MOST_BYTES;

  private static final int MOST_PATH = 4096;
  private static final int MOST_WORD = 128;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private EventJson() {}

  /**
   * Writes an event.
   *
   * @param event which
   * @return JSON on one line
   */
  public static String text(RunEvent event) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("format", FORMAT);
    node.put("id", event.id());
    node.putObject("job")
        .put("cluster", event.job().cluster())
        .put("jobId", event.job().jobId())
        .put("attempt", event.job().attempt());
    node.put("kernel", event.kernel());
    node.put("network", event.network());
    node.put("status", event.status());
    node.put("finishedAt", event.finishedAt().toString());
    node.put("bundle", event.bundle().toString());
    ObjectNode manifest = node.putObject("manifest");
    manifest.put("sha256", event.manifest().sha256());
    manifest.put("bytes", event.manifest().bytes());
    ArrayNode files = manifest.putArray("files");
    for (BundleFile file : event.manifest().files()) {
      files
          .addObject()
          .put("name", file.name())
          .put("bytes", file.bytes())
          .put("sha256", file.sha256());
    }
    return MAPPER.writeValueAsString(node);
  }

  /**
   * Reads an event that anybody may have sent.
   *
   * @param text what came
   * @return the event
   * @throws Refused with what is wrong with it
   */
  public static RunEvent parse(String text) throws Refused {
    return parse(StrictJson.object("the event", text, MOST_CHARACTERS));
  }

  static RunEvent parse(JsonNode node) throws Refused {
    checkFormat(node);
    JsonNode manifest = StrictJson.object(node, "manifest");
    RunEvent event =
        new RunEvent(
            job(StrictJson.object(node, "job")),
            word(node, "kernel"),
            word(node, "network"),
            status(node),
            StrictJson.time(node, "finishedAt"),
            bundle(node),
            new Manifest(
                StrictJson.sha256(manifest, "sha256"),
                StrictJson.number(manifest, "bytes", 1, Manifest.MOST_BYTES),
                Manifest.files(manifest)));
    if (!event.id().equals(StrictJson.sha256(node, "id"))) {
      throw new Refused("its id is not that of its job, attempt and manifest");
    }
    return event;
  }

  static void checkFormat(JsonNode node) throws Refused {
    long format = StrictJson.number(node, "format", 0, Integer.MAX_VALUE);
    if (format != FORMAT) {
      throw new Refused("the event has format " + format + ", and " + FORMAT + " can be read");
    }
  }

  /**
   * The job in an object with {@code cluster}, {@code jobId} and {@code attempt}.
   *
   * @param node the object
   * @return the job
   * @throws Refused if one of them is wrong
   */
  public static JobIdentity job(JsonNode node) throws Refused {
    try {
      return new JobIdentity(
          StrictJson.string(node, "cluster", MOST_WORD),
          StrictJson.string(node, "jobId", MOST_WORD),
          (int) StrictJson.number(node, "attempt", 0, Integer.MAX_VALUE));
    } catch (IllegalArgumentException wrong) {
      throw new Refused(wrong.getMessage());
    }
  }

  private static String word(JsonNode node, String name) throws Refused {
    String word = StrictJson.string(node, name, MOST_WORD);
    // SNS and SQS refuse attributes without a text.
    if (word.isBlank()) {
      throw new Refused("its " + name + " is empty");
    }
    return word;
  }

  private static String status(JsonNode node) throws Refused {
    String status = StrictJson.string(node, "status", MOST_WORD);
    if (!Set.of(RunEvent.VERIFIED, RunEvent.FAILED).contains(status)) {
      throw new Refused("its status is neither verified nor failed");
    }
    return status;
  }

  private static Path bundle(JsonNode node) throws Refused {
    String text = StrictJson.string(node, "bundle", MOST_PATH);
    try {
      Path path = Path.of(text);
      if (path.isAbsolute() && path.equals(path.normalize())) {
        return path;
      }
    } catch (InvalidPathException noPath) {
      // The message below says it too.
    }
    throw new Refused("its bundle is no absolute path without ..");
  }
}
