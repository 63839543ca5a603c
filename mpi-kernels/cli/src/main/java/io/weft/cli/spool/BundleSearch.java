package io.weft.cli.spool;

import io.weft.launch.JobIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  /** The folders that have a marker or a manifest and are of this job, in order. */
  static List<Path> of(JobIdentity job, List<Path> places) throws IOException {
    List<Path> found = new ArrayList<>();
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
          if (job.equals(jobOf(folder)) && !found.contains(folder)) {
            found.add(folder);
          }
        }
      } catch (UncheckedIOException unreadable) {
        throw unreadable.getCause();
      }
    }
    found.sort(null);
    return found;
  }

  /** The job of a run's folder; null if it is none, or says nothing that can be read. */
  private static JobIdentity jobOf(Path path) throws IOException {
    try (BundleFolder folder = BundleFolder.open(path)) {
      if (folder.has(FailedBundle.MANIFEST)) {
        return folder.has(FailedBundle.RESULT)
            ? jobOfResult(folder.read(FailedBundle.RESULT, MOST_RESULT_BYTES))
            : null;
      }
      RunningMarker marker = FailedBundle.marker(folder);
      return marker == null ? null : marker.job();
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
