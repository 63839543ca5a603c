package io.weft.results.lambda;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The archive that AWS Lambda runs functions of: jars in {@code lib/}, which it puts on the class
 * path, and {@code subscribers.json} beside it.
 */
public final class FunctionsArchive {
  /** SQLite's native libraries for all systems, which only pipelines on one machine need. */
  private static final String LEFT_OUT = "sqlite-jdbc-";

  /** The same content gives the same bytes: of before 1980 a zip cannot tell. */
  private static final FileTime TIME = FileTime.from(Instant.parse("2000-01-01T00:00:00Z"));

  private final List<Path> folders;
  private final Path subscribers;

  /**
   * Makes an archive of folders.
   *
   * @param folders whose jars go into it
   * @param subscribers who is told by webhooks; null for nobody
   */
  public FunctionsArchive(List<Path> folders, Path subscribers) {
    this.folders = List.copyOf(folders);
    this.subscribers = subscribers;
  }

  /**
   * Writes it, whole or not at all.
   *
   * @param file where; what is there is replaced
   * @return how many jars are in it
   * @throws IOException if a jar cannot be read, or the file not be written
   */
  public int write(Path file) throws IOException {
    Map<String, Path> jars = new TreeMap<>();
    for (Path folder : folders) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
        for (Path jar : found) {
          if (!jar.getFileName().toString().startsWith(LEFT_OUT)) {
            jars.put("lib/" + jar.getFileName(), jar);
          }
        }
      }
    }
    Path target = file.toAbsolutePath();
    Path temporary = Files.createTempFile(target.getParent(), ".", ".part");
    try {
      try (OutputStream out = Files.newOutputStream(temporary);
          ZipOutputStream zip = new ZipOutputStream(out)) {
        for (Map.Entry<String, Path> jar : jars.entrySet()) {
          add(zip, jar.getKey(), jar.getValue());
        }
        if (subscribers != null) {
          add(zip, "subscribers.json", subscribers);
        }
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    return jars.size();
  }

  private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setLastModifiedTime(TIME);
    zip.putNextEntry(entry);
    Files.copy(file, zip);
    zip.closeEntry();
  }
}
