package io.weft.cli.spool;

import io.weft.cli.ExitStatus;
import io.weft.cli.WeftException;
import io.weft.launch.JobIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The spool's folders on shared storage: {@code incoming} takes notes from everybody, {@code sent}
 * and {@code refused} keep them, {@code announced} says which bundles were handed on.
 *
 * @param root the folder that holds them
 */
record Spool(Path root) {
  /** Where the spool is. */
  static final String VARIABLE = "WEFT_SPOOL";

  static final String DEFAULT = "/shared/weft/spool";

  /**
   * As in {@code /tmp} nobody may touch another's file; and only the owner sees whose there are.
   */
  private static final int INCOMING_MODE = 01733;

  private static final String NOTE = ".json";

  static Spool of(Path asked, Map<String, String> environment) {
    Path root =
        asked != null ? asked : Path.of(environment.getOrDefault(VARIABLE, DEFAULT)).normalize();
    if (!root.isAbsolute()) {
      throw new WeftException(
          ExitStatus.USAGE,
          "the spool " + root + " is no absolute path; see --spool and WEFT_SPOOL");
    }
    return new Spool(root);
  }

  Path incoming() {
    return root.resolve("incoming");
  }

  Path sent() {
    return root.resolve("sent");
  }

  Path refused() {
    return root.resolve("refused");
  }

  Path announced() {
    return root.resolve("announced");
  }

  /** Makes what is missing, with the modes that let everybody drop notes and nobody else read. */
  void prepare() throws IOException {
    Files.createDirectories(root);
    if (!Files.isDirectory(incoming(), LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(incoming());
    }
    Files.setAttribute(incoming(), "unix:mode", INCOMING_MODE);
    for (Path folder : List.of(sent(), refused(), announced())) {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
      }
    }
  }

  /** The notes that have come, in order of their names. */
  List<Path> notes() throws IOException {
    return files(incoming(), "*" + NOTE);
  }

  /** Drops a note, whole or not at all. */
  Path drop(Note note) throws IOException {
    String name = note.job().fileName() + NOTE;
    Path temporary = incoming().resolve("." + name + "." + ProcessHandle.current().pid() + ".part");
    Files.writeString(
        temporary,
        note.text(),
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.WRITE,
        StandardOpenOption.SYNC);
    Path target = incoming().resolve(name);
    return Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The name that a note of this job must begin with. */
  static boolean isNamedFor(Path file, JobIdentity job) {
    String name = file.getFileName().toString();
    return name.equals(job.fileName() + NOTE) || name.startsWith(job.fileName() + ".");
  }

  /** Takes a note out of the way, after it has been read to the end or refused. */
  void moveTo(Path folder, Path note) throws IOException {
    Files.move(
        note,
        folder.resolve(note.getFileName()),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes what was kept for long enough. */
  void forget(Duration keep) throws IOException {
    FileTime oldest = FileTime.from(Instant.now().minus(keep));
    for (Path folder : List.of(sent(), refused(), announced())) {
      for (Path file : files(folder, "*")) {
        if (Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).compareTo(oldest) < 0) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static List<Path> files(Path folder, String names) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, names)) {
      for (Path entry : entries) {
        if (!entry.getFileName().toString().startsWith(".")) {
          files.add(entry);
        }
      }
    }
    files.sort(null);
    return files;
  }
}
