package io.weft.results.event;

import io.weft.launch.JobIdentity;
import io.weft.results.Digests;
import io.weft.results.bundle.BundleFile;
import io.weft.results.bundle.Manifest;
import java.util.Optional;

/**
 * Where things are in the bucket. A bundle's files are below {@code
 * runs/CLUSTER/JOB/ATTEMPT/EVENT-ID/}: a job that was started again has other keys, and so has each
 * of a job's runs.
 */
public final class BucketKeys {
  /** All bundles are below it. */
  public static final String RUNS = "runs/";

  /** Events that were too long for a message are below it. */
  public static final String CLAIMS = "claims/";

  /** What the key of each bundle's manifest ends with. */
  public static final String MANIFEST_SUFFIX = "/" + Manifest.NAME;

  /** A job's id cannot begin with it. */
  private static final String NO_JOB = "-";

  private static final int PARTS = 6;

  private BucketKeys() {}

  /**
   * What the keys of a bundle begin with.
   *
   * @param event of the bundle
   * @return a prefix with a slash at its end
   */
  public static String prefix(RunEvent event) {
    JobIdentity job = event.job();
    return RUNS
        + String.join(
            "/",
            job.cluster(),
            job.jobId().isEmpty() ? NO_JOB : job.jobId(),
            Integer.toString(job.attempt()),
            event.id())
        + "/";
  }

  /**
   * Where a bundle's manifest is.
   *
   * @param event of the bundle
   * @return the key
   */
  public static String manifest(RunEvent event) {
    return prefix(event) + Manifest.NAME;
  }

  /**
   * Where a file of a bundle is.
   *
   * @param event of the bundle
   * @param file which
   * @return the key
   */
  public static String file(RunEvent event, BundleFile file) {
    return prefix(event) + file.name();
  }

  /**
   * Where an event that was too long for a message is.
   *
   * @param id of the event
   * @param sha256 of its text: two hooks may tell of the same run in other words
   * @return the key
   */
  public static String claim(String id, String sha256) {
    return CLAIMS + id + "-" + sha256 + ".json";
  }

  /**
   * The event's id in the key of a manifest.
   *
   * @param key any key
   * @return the id; nothing if the key is not that of a bundle's manifest
   */
  public static Optional<String> idOfManifest(String key) {
    String[] parts = key.split("/", -1);
    boolean fits =
        parts.length == PARTS
            && key.startsWith(RUNS)
            && parts[PARTS - 1].equals(Manifest.NAME)
            && Digests.isHex(parts[PARTS - 2]);
    return fits ? Optional.of(parts[PARTS - 2]) : Optional.empty();
  }

  /**
   * The folder of a manifest's key.
   *
   * @param manifestKey the key of a manifest
   * @return the prefix with a slash at its end
   */
  public static String prefixOf(String manifestKey) {
    return manifestKey.substring(0, manifestKey.length() - Manifest.NAME.length());
  }

  /**
   * The job in the key of a manifest.
   *
   * @param manifestKey a key for which {@link #idOfManifest} has found an id
   * @return the job
   * @throws IllegalArgumentException if it is none that a scheduler has
   */
  public static JobIdentity jobOf(String manifestKey) {
    String[] parts = manifestKey.split("/", -1);
    return new JobIdentity(
        parts[1], parts[2].equals(NO_JOB) ? "" : parts[2], Integer.parseInt(parts[3]));
  }
}
