package io.weft.results.hook;

import io.weft.launch.JobIdentity;
import io.weft.results.Digests;
import io.weft.results.Refused;
import io.weft.results.StrictJson;
import io.weft.results.bundle.BundleFile;
import io.weft.results.bundle.HeldBundle;
import io.weft.results.bundle.Manifest;
import io.weft.results.event.EventJson;
import io.weft.results.event.RunEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** Makes the event of a bundle on disk: reads its manifest and its result, and no other file. */
public final class RunReader {
  /** A result of many ranks has some hundred kilobytes. */
  public static final int MOST_RESULT_BYTES = 16 << 20;

  private static final int MOST_WORD = 128;

  private RunReader() {}

  /**
   * Reads a bundle.
   *
   * @param folder of the bundle
   * @param job whose run it is; null to believe its result, which has no job outside of schedulers
   * @return the event that announces it
   * @throws Refused if it is no whole bundle
   * @throws IOException if it cannot be read
   */
  public static RunEvent read(Path folder, JobIdentity job) throws IOException, Refused {
    Path path = folder.toAbsolutePath().normalize();
    try (HeldBundle bundle = HeldBundle.open(path)) {
      Manifest manifest = bundle.manifest();
      BundleFile file =
          manifest.files().stream()
              .filter(one -> one.name().equals(Manifest.RESULT))
              .findFirst()
              .orElseThrow();
      byte[] bytes = bundle.read(file, MOST_RESULT_BYTES);
      if (bytes.length != file.bytes() || !Digests.hex(bytes).equals(file.sha256())) {
        throw new Refused(Manifest.RESULT + " is not what the manifest says");
      }
      return event(path, manifest, new String(bytes, StandardCharsets.UTF_8), job);
    }
  }

  /**
   * The event of a bundle whose result was read.
   *
   * @param path the bundle's folder
   * @param manifest its manifest
   * @param text its result
   * @param told whose run it is; null to believe its result
   * @return the event that announces it
   * @throws Refused if the result is none
   */
  public static RunEvent event(Path path, Manifest manifest, String text, JobIdentity told)
      throws Refused {
    JsonNode result = StrictJson.object(Manifest.RESULT, text, MOST_RESULT_BYTES);
    JobIdentity job = told;
    if (job == null) {
      job =
          result.has("job")
              ? EventJson.job(StrictJson.object(result, "job"))
              : new JobIdentity(JobIdentity.LOCAL, "", 0);
    }
    String status = StrictJson.string(result, "status", MOST_WORD);
    if (!status.equals(RunEvent.VERIFIED) && !status.equals(RunEvent.FAILED)) {
      throw new Refused("the status in " + Manifest.RESULT + " is neither verified nor failed");
    }
    return new RunEvent(
        job,
        StrictJson.string(result, "kernel", MOST_WORD),
        network(result),
        status,
        StrictJson.time(result, "finished"),
        path,
        manifest);
  }

  private static String network(JsonNode result) throws Refused {
    JsonNode found = result.path("found");
    return found.path("network").isString()
        ? StrictJson.string(found, "network", MOST_WORD)
        : RunEvent.UNKNOWN_NETWORK;
  }
}
