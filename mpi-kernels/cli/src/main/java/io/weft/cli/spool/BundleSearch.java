package io.weft.cli.spool;

import io.weft.launch.JobIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Finds the folders of a job's runs, whether they ended or not, at or below given places. */
final class BundleSearch {
  /** A comparison has a folder for each of its runs; a user may put a job's runs into one more. */
  private static final int DEPTH = 3;

  private static final int MOST_FOLDERS = 10_000;
  private static final int MOST_RESULT_BYTES = 16 << 20;

  private BundleSearch() {}

  /**
   * A run's folder.
   *
   * @param path where
   * @param job whose it is, of the attempt in which it ran
   * @param startedAt when, as its marker says; null if it has a manifest
   */
  record Found(Path path, JobIdentity job, Instant startedAt) {}

  /**
   * The folders that have a marker or a manifest and are of this job, in this attempt of it or one
   * before, in order.
   */
  static List<Found> of(JobIdentity job, List<Path> places) throws IOException {
    Map<Path, Found> found = new TreeMap<>();
    for (Path place : places) {
      if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      try (Stream<Path> below = Files.walk(place, DEPTH)) {
        List<Path> folders =
            below
                .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                .limit(MOST_FOLDERS)
                .toList();
        for (Path folder : folders) {
          Found run = run(folder);
          if (run != null && isUpTo(job, run.job())) {
            found.put(folder, run);
          }
        }
      } catch (UncheckedIOException unreadable) {
        throw unreadable.getCause();
      }
    }
    return List.copyOf(found.values());
  }

  private static boolean isUpTo(JobIdentity last, JobIdentity job) {
    return job.cluster().equals(last.cluster())
        && job.jobId().equals(last.jobId())
        && job.attempt() <= last.attempt();
  }

  /** What a folder says of its run; null if it is none, or says nothing that can be read. */
  private static Found run(Path path) throws IOException {
    try (BundleFolder folder = BundleFolder.open(path)) {
      if (folder.has(FailedBundle.MANIFEST)) {
        JobIdentity job =
            folder.has(FailedBundle.RESULT)
                ? jobOfResult(folder.read(FailedBundle.RESULT, MOST_RESULT_BYTES))
                : null;
        return job == null ? null : new Found(path, job, null);
      }
      RunningMarker marker = FailedBundle.marker(folder);
      return marker == null ? null : new Found(path, marker.job(), marker.startedAt());
    } catch (IllegalArgumentException | JacksonException notOurs) {
      SpoolLog.say("passing over " + path + ": " + notOurs.getMessage());
      return null;
    }
  }

  private static JobIdentity jobOfResult(String text) {
    JsonNode job = SpoolJson.MAPPER.readTree(text).path("job");
    return job.isObject() ? SpoolJson.job(job) : null;
  }
}
