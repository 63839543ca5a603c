package io.weft.cli;

import io.weft.cli.spool.RunningMarker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The result bundle: a folder with {@code result.json}, {@code report.txt}, {@code trace.json}
 * where it was asked for, and last {@code manifest.json}, which names every file with its length
 * and SHA-256. A folder without a manifest is no bundle.
 */
final class Bundle {
  private static final String RESULT = "result.json";
  private static final String REPORT = "report.txt";
  private static final String TRACE = "trace.json";

  /** The name of the manifest, the last file of a bundle. */
  static final String MANIFEST = "manifest.json";

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

  /** More than a bundle takes without the kernel's own data. */
  private static final int TRIAL_BYTES = 64 * 1024;

  private Bundle() {}

  static Path defaultDirectory(RunOptions options) {
    return directory(options, options.network.toString());
  }

  static Path compareDirectory(RunOptions options) {
    return directory(options, "compare");
  }

  private static Path directory(RunOptions options, String network) {
    String name =
        String.join(
            "-",
            options.kernel,
            options.problemClass,
            Integer.toString(options.ranks),
            options.via.toString(),
            network,
            STAMP.format(Instant.now()));
    return Path.of("weft-out", name);
  }

  /** Makes the folder before anything runs: a full disk or a wrong path costs no run. */
  static Path prepare(Path directory) {
    try {
      Files.createDirectories(directory);
      try (Stream<Path> files = Files.list(directory)) {
        // Who started this rank has said in it that a run is under way.
        if (files.anyMatch(file -> !file.endsWith(RunningMarker.NAME))) {
          throw new WeftException(
              ExitStatus.USAGE,
              "--out "
                  + directory
                  + " is not empty; name an empty directory or one that is not there");
        }
      }
      Path trial = Files.createTempFile(directory, "trial", null);
      try {
        Files.write(trial, new byte[TRIAL_BYTES], StandardOpenOption.SYNC);
      } finally {
        Files.delete(trial);
      }
      return directory;
    } catch (FileAlreadyExistsException file) {
      throw new WeftException(
          ExitStatus.USAGE, "--out " + directory + ": " + file.getFile() + " is no directory");
    } catch (IOException e) {
      throw new WeftException(
          ExitStatus.UNAVAILABLE,
          "cannot write the result to "
              + directory.toAbsolutePath()
              + ": "
              + e
              + "; name another directory with --out");
    }
  }

  /** Writes the files, then the manifest; no trace where that is null. */
  static void write(Path directory, ObjectNode result, String report, String trace) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(RESULT, Json.text(result) + "\n");
    texts.put(REPORT, report);
    if (trace != null) {
      texts.put(TRACE, trace);
    }
    try {
      Files.createDirectories(directory);
      for (Map.Entry<String, String> text : texts.entrySet()) {
        put(directory, text.getKey(), text.getValue());
      }
      ObjectNode manifest = Json.MAPPER.createObjectNode();
      manifest.put("format", RunRecord.FORMAT);
      ArrayNode files = manifest.putArray("files");
      for (String name : texts.keySet()) {
        byte[] bytes = Files.readAllBytes(directory.resolve(name));
        ObjectNode file = files.addObject();
        file.put("name", name);
        file.put("bytes", bytes.length);
        file.put("sha256", sha256(bytes));
      }
      put(directory, MANIFEST, Json.text(manifest) + "\n");
      Files.deleteIfExists(directory.resolve(RunningMarker.NAME));
    } catch (IOException e) {
      throw new WeftException(
          ExitStatus.UNAVAILABLE,
          "cannot write the result to "
              + directory.toAbsolutePath()
              + ": "
              + e
              + "; the folder has no manifest and is no bundle");
    }
  }

  /** Whole or not at all, also if the machine goes down. */
  private static void put(Path directory, String name, String text) throws IOException {
    Path temporary = directory.resolve("." + name + ".part");
    Files.writeString(
        temporary,
        text,
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE,
        StandardOpenOption.SYNC);
    Files.move(
        temporary,
        directory.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new UncheckedIOException(new IOException(everyJdkHasIt));
    }
  }
}
