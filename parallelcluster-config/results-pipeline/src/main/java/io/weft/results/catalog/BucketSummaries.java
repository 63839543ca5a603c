package io.weft.results.catalog;

import io.weft.launch.JobIdentity;
import io.weft.results.Digests;
import io.weft.results.Refused;
import io.weft.results.StrictJson;
import io.weft.results.bundle.BundleFile;
import io.weft.results.bundle.Manifest;
import io.weft.results.event.BucketKeys;
import io.weft.results.event.RunEvent;
import io.weft.results.hook.RunReader;
import io.weft.results.port.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Summaries out of the manifest and {@code result.json} in the bucket. */
public final class BucketSummaries implements Summaries {
  private static final int MOST_WORD = 128;
  private final ObjectStore objects;

  /**
   * Reads a bucket.
   *
   * @param objects the bucket
   */
  public BucketSummaries(ObjectStore objects) {
    this.objects = objects;
  }

  @Override
  public Optional<String> of(String key) throws IOException, Refused {
    String id =
        BucketKeys.idOfManifest(key).orElseThrow(() -> new Refused(key + " is no manifest's key"));
    Optional<byte[]> bytes = objects.read(key, Manifest.MOST_BYTES);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    Manifest manifest = Manifest.parse(bytes.get());
    BundleFile file =
        manifest.files().stream()
            .filter(one -> one.name().equals(Manifest.RESULT))
            .findFirst()
            .orElseThrow();
    Optional<byte[]> result =
        objects.read(BucketKeys.prefixOf(key) + file.name(), RunReader.MOST_RESULT_BYTES);
    if (result.isEmpty()) {
      // Files go to the bucket before their manifest, so both were removed.
      return Optional.empty();
    }
    if (!Digests.hex(result.get()).equals(file.sha256())) {
      throw new Refused("the result.json beside " + key + " is not the one of its manifest");
    }
    RunEvent event = RunReader.event(Path.of("/"), manifest, text(result.get()), job(key));
    if (!event.id().equals(id)) {
      throw new Refused("the manifest in " + key + " belongs to the event " + event.id());
    }
    return Optional.of(summary(event, text(result.get())).text());
  }

  private static JobIdentity job(String key) throws Refused {
    try {
      return BucketKeys.jobOf(key);
    } catch (IllegalArgumentException wrong) {
      throw new Refused(key + ": " + wrong.getMessage());
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static RunSummary summary(RunEvent event, String text) throws Refused {
    JsonNode result = StrictJson.object(Manifest.RESULT, text, RunReader.MOST_RESULT_BYTES);
    // A run that failed early has neither.
    boolean ran = result.has("ranks");
    return new RunSummary(
        event.id(),
        event.job(),
        event.kernel(),
        ran ? StrictJson.string(result, "class", MOST_WORD) : "",
        ran ? (int) StrictJson.number(result, "ranks", 1, Integer.MAX_VALUE) : 0,
        event.network(),
        event.status(),
        event.finishedAt(),
        event.manifest().files().size(),
        event.manifest().fileBytes(),
        event.manifest().sha256());
  }
}
