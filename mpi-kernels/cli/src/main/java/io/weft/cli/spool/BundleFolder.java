package io.weft.cli.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.TreeSet;

/**
 * A run's folder, held open: what is done through it is done in this folder, even if its owner
 * renames it or puts a link in its place meanwhile. Who works for root in users' folders may do it
 * no other way. Links in it are never followed. Confined to one thread.
 */
final class BundleFolder implements AutoCloseable {
  private static final LinkOption NO_LINKS = LinkOption.NOFOLLOW_LINKS;

  private final Path path;
  private final SecureDirectoryStream<Path> folder;

  private BundleFolder(Path path, SecureDirectoryStream<Path> folder) {
    this.path = path;
    this.folder = folder;
  }

  /**
   * Opens a folder.
   *
   * @throws IOException if it is not there, or is a link
   */
  static BundleFolder open(Path path) throws IOException {
    // The stream itself would follow a link.
    if (!Files.isDirectory(path, NO_LINKS)) {
      throw new NoSuchFileException(path.toString(), null, "it is no folder");
    }
    DirectoryStream<Path> stream = Files.newDirectoryStream(path);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return new BundleFolder(path, secure);
    }
    stream.close();
    throw new IOException(path + ": this system's JDK cannot hold a folder open (openat)");
  }

  Path path() {
    return path;
  }

  UserPrincipal owner() throws IOException {
    return folder.getFileAttributeView(PosixFileAttributeView.class).readAttributes().owner();
  }

  /** Says whether there is a regular file of that name. */
  boolean has(String name) throws IOException {
    try {
      PosixFileAttributes attributes =
          folder
              .getFileAttributeView(Path.of(name), PosixFileAttributeView.class, NO_LINKS)
              .readAttributes();
      return attributes.isRegularFile();
    } catch (NoSuchFileException notThere) {
      return false;
    }
  }

  /** The names of its regular files that no dot begins, in order. */
  Set<String> names() throws IOException {
    Set<String> names = new TreeSet<>();
    // The stream itself gives its entries only once.
    try (DirectoryStream<Path> entries = folder.newDirectoryStream(Path.of("."), NO_LINKS)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!name.startsWith(".") && isOwn(name)) {
          names.add(name);
        }
      }
    }
    return names;
  }

  /** A hard link to another user's file is no part of a bundle. */
  private boolean isOwn(String name) throws IOException {
    PosixFileAttributes attributes =
        folder
            .getFileAttributeView(Path.of(name), PosixFileAttributeView.class, NO_LINKS)
            .readAttributes();
    return attributes.isRegularFile() && attributes.owner().equals(owner());
  }

  /**
   * The text of a file.
   *
   * @throws IOException if it is longer than that many bytes, too
   */
  String read(String name, int mostBytes) throws IOException {
    try (SeekableByteChannel channel = open(name)) {
      if (channel.size() > mostBytes) {
        throw new IOException(
            path.resolve(name) + " has " + channel.size() + " bytes, more than " + mostBytes);
      }
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  SeekableByteChannel open(String name) throws IOException {
    return folder.newByteChannel(Path.of(name), Set.of(StandardOpenOption.READ, NO_LINKS));
  }

  /** Writes a file, whole or not at all, also if the machine goes down. */
  void put(String name, String text) throws IOException {
    Path temporary = Path.of("." + name + ".part");
    try {
      folder.deleteFile(temporary);
    } catch (NoSuchFileException asItShouldBe) {
      // Nobody was ended while he wrote it.
    }
    Set<OpenOption> fresh =
        Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, NO_LINKS);
    try (SeekableByteChannel channel = folder.newByteChannel(temporary, fresh)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      if (channel instanceof FileChannel file) {
        file.force(true);
      }
    }
    folder.move(temporary, folder, Path.of(name));
  }

  /** Gives a file another name, in one step. */
  void rename(String from, String to) throws IOException {
    folder.move(Path.of(from), folder, Path.of(to));
  }

  void delete(String name) throws IOException {
    folder.deleteFile(Path.of(name));
  }

  /** Hands a file to the folder's owner, where we may. */
  void giveToOwner(String name) throws IOException {
    UserPrincipal owner = owner();
    PosixFileAttributeView file =
        folder.getFileAttributeView(Path.of(name), PosixFileAttributeView.class, NO_LINKS);
    if (!file.readAttributes().owner().equals(owner)) {
      file.setOwner(owner);
    }
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
