package io.weft.cli.spool;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a bundle, marked as failed, of the folder of a run that ended without its result: {@code
 * result.json} says how it ended, and the manifest names it and every other file that the run left.
 */
public final class FailedBundle {
  static final String RESULT = "result.json";
  static final String MANIFEST = "manifest.json";

  /** The marker while a bundle is made: whoever could rename it does it, and nobody else. */
  static final String CLAIMED = ".running.json.claimed";

  /** Of {@code result.json} and {@code manifest.json}. */
  private static final int FORMAT = 2;

  private static final int MOST_MARKER_BYTES = 64 * 1024;
  private static final int BUFFER_BYTES = 1 << 16;

  private FailedBundle() {}

  /**
   * Makes the bundle if the run has left its marker and no manifest.
   *
   * @param directory the run's folder
   * @param end how it ended
   * @return false if there was nothing to do: no marker, or a manifest
   * @throws IOException if it cannot be made
   */
  public static boolean finish(Path directory, RunEnd end) throws IOException {
    try (BundleFolder folder = BundleFolder.open(directory)) {
      return finish(folder, end);
    }
  }

  static boolean finish(BundleFolder folder, RunEnd end) throws IOException {
    if (folder.has(MANIFEST)) {
      return false;
    }
    try {
      folder.rename(RunningMarker.NAME, CLAIMED);
    } catch (NoSuchFileException gone) {
      // Who claimed it before may have been ended since: then it is still to be made.
      if (!folder.has(CLAIMED)) {
        return false;
      }
    }
    RunningMarker marker = RunningMarker.parse(folder.read(CLAIMED, MOST_MARKER_BYTES));
    put(folder, RESULT, result(marker, end));
    put(folder, MANIFEST, manifest(folder));
    folder.delete(CLAIMED);
    return true;
  }

  /** The marker of a run without a manifest; null if there is none. */
  static RunningMarker marker(BundleFolder folder) throws IOException {
    for (String name : new String[] {RunningMarker.NAME, CLAIMED}) {
      if (folder.has(name)) {
        return RunningMarker.parse(folder.read(name, MOST_MARKER_BYTES));
      }
    }
    return null;
  }

  private static void put(BundleFolder folder, String name, ObjectNode node) throws IOException {
    folder.put(name, SpoolJson.text(node));
    folder.giveToOwner(name);
  }

  private static ObjectNode result(RunningMarker marker, RunEnd end) {
    ObjectNode node = SpoolJson.MAPPER.createObjectNode();
    node.put("format", FORMAT);
    node.put("status", "failed");
    node.put("kernel", marker.kernel());
    node.put("started", marker.startedAt().toString());
    node.put("finished", Instant.now().toString());
    SpoolJson.putJob(node.putObject("job"), marker.job());
    ObjectNode failure = node.putObject("failure");
    failure.put("state", end.state());
    failure.put("exitCode", end.exitCode());
    failure.put("reason", end.reason());
    failure.put("host", marker.host());
    return node;
  }

  private static ObjectNode manifest(BundleFolder folder) throws IOException {
    ObjectNode manifest = SpoolJson.MAPPER.createObjectNode();
    manifest.put("format", FORMAT);
    ArrayNode files = manifest.putArray("files");
    for (String name : folder.names()) {
      long bytes = 0;
      MessageDigest digest = sha256();
      try (InputStream in = Channels.newInputStream(folder.open(name))) {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          digest.update(buffer, 0, read);
          bytes += read;
        }
      }
      files
          .addObject()
          .put("name", name)
          .put("bytes", bytes)
          .put("sha256", HexFormat.of().formatHex(digest.digest()));
    }
    return manifest;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new UncheckedIOException(new IOException(everyJdkHasIt));
    }
  }
}
