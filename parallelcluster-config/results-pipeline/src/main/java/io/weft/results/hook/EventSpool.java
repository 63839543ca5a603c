package io.weft.results.hook;

import io.weft.results.Refused;
import io.weft.results.event.EventJson;
import io.weft.results.event.RunEvent;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Events that could not be published, on storage that outlives the node: a file each, named by the
 * event's id, so that an event is there once. Whoever can publish does it later, from any node.
 *
 * @param root the folder
 */
public record EventSpool(Path root) {
  /** After so many a pass ends: the topic is away. */
  private static final int MOST_FAILURES = 3;

  private static final String JSON = ".json";

  /** As in {@code /tmp} everybody may leave an event, and nobody may touch another's. */
  private static final int MODE = 01733;

  private static final long MOST_BYTES = 64L << 20;

  /** Publishes an event. */
  public interface Publishing {
    /**
     * Publishes.
     *
     * @param event which
     * @throws IOException if that does not work now
     */
    void publish(RunEvent event) throws IOException;
  }

  /**
   * Makes the folder where it is missing.
   *
   * @throws IOException if it cannot be made
   */
  public void prepare() throws IOException {
    if (!Files.isDirectory(root)) {
      Files.createDirectories(root);
      Files.setAttribute(root, "unix:mode", MODE);
    }
  }

  /**
   * Keeps an event, whole or not at all, also if the machine goes down.
   *
   * @param event which
   * @return the file
   * @throws IOException if it cannot be kept
   */
  public Path keep(RunEvent event) throws IOException {
    prepare();
    Path temporary = Files.createTempFile(root, ".", ".part");
    Files.writeString(
        temporary,
        EventJson.text(event),
        StandardCharsets.UTF_8,
        StandardOpenOption.WRITE,
        StandardOpenOption.SYNC);
    Path target = root.resolve(event.id() + JSON);
    try {
      return Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException ofSomebodyElse) {
      // EPERM: the folder is sticky, and the file that would be replaced is another user's.
      Files.deleteIfExists(temporary);
      if (!Files.exists(target)) {
        throw ofSomebodyElse;
      }
      // Another hook, under another user, has kept the same event.
      return target;
    }
  }

  /**
   * The events that wait.
   *
   * @return their files, in order of their names; none if there is no such folder
   * @throws IOException if the folder cannot be read
   */
  public List<Path> waiting() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, "[!.]*" + JSON)) {
      entries.forEach(files::add);
    } catch (NoSuchFileException neverUsed) {
      return List.of();
    } catch (DirectoryIteratorException unreadable) {
      throw unreadable.getCause();
    }
    files.sort(null);
    return files;
  }

  /**
   * Since when the oldest waits.
   *
   * @return nothing if none does
   * @throws IOException if the folder cannot be read
   */
  public Optional<Instant> oldest() throws IOException {
    Optional<Instant> oldest = Optional.empty();
    for (Path file : waiting()) {
      try {
        Instant kept = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
        if (oldest.isEmpty() || kept.isBefore(oldest.get())) {
          oldest = Optional.of(kept);
        }
      } catch (NoSuchFileException publishedMeanwhile) {
        // It waits no more.
      }
    }
    return oldest;
  }

  /**
   * Publishes all that wait. A file that is no event is set aside, with {@code .refused} at its
   * end.
   *
   * @param topic who publishes
   * @return how many were published
   * @throws IOException if publishing does not work now; what is left waits on
   */
  public int drain(Publishing topic) throws IOException {
    int published = 0;
    int failed = 0;
    IOException first = null;
    for (Path file : waiting()) {
      try {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
          continue; // Another was faster.
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            || Files.size(file) > MOST_BYTES) {
          throw new Refused("it is no file of at most " + MOST_BYTES + " bytes");
        }
        topic.publish(EventJson.parse(Files.readString(file)));
        // Between the two another may publish it too: readers know it by its id.
        Files.deleteIfExists(file);
        published++;
      } catch (NoSuchFileException publishedMeanwhile) {
        // Another was faster.
      } catch (Refused refused) {
        setAside(file, refused.getMessage());
      } catch (CharacterCodingException noText) {
        setAside(file, "it is no text in UTF-8");
      } catch (IOException away) {
        // One file's trouble is not the others'; a topic that is away is everybody's.
        first = first == null ? away : first;
        if (++failed == MOST_FAILURES) {
          break;
        }
      }
    }
    if (first != null) {
      throw first;
    }
    return published;
  }

  private static void setAside(Path file, String reason) throws IOException {
    System.err.println("weft: " + file + " is set aside: " + reason);
    try {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".refused"),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException gone) {
      // Another has set it aside.
    }
  }
}
