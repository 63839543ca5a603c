package io.weft.cli.spool;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.Set;

/**
 * A note as it lies in the spool.
 *
 * @param file where
 * @param owner who wrote it
 * @param written when
 * @param note what it says
 */
record NoteFile(Path file, UserPrincipal owner, Instant written, Note note) {
  private static final int MOST_BYTES = 64 * 1024;

  /**
   * Reads a file of the folder that everybody may write to.
   *
   * @throws IllegalArgumentException if it is no note, with the reason
   */
  static NoteFile read(Path file) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile() || attributes.size() > MOST_BYTES) {
      throw new IllegalArgumentException("it is no file of at most " + MOST_BYTES + " bytes");
    }
    String text;
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      text =
          new String(
              Channels.newInputStream(channel).readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    }
    Note note = Note.parse(text);
    if (!Spool.isNamedFor(file, note.job())) {
      throw new IllegalArgumentException(
          "it is of the job " + note.job().fileName() + ", which its name does not say");
    }
    return new NoteFile(file, attributes.owner(), attributes.lastModifiedTime().toInstant(), note);
  }
}
