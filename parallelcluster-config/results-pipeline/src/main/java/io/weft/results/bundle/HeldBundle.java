package io.weft.results.bundle;

import io.weft.results.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Set;

/**
 * A bundle's folder, held open: what is read through it is read in this folder, even if its owner
 * renames it or puts a link in its place meanwhile. Links below it are never followed, and a hard
 * link to somebody else's file is none of its files. Confined to one thread.
 */
public final class HeldBundle implements AutoCloseable {
  private static final LinkOption NO_LINKS = LinkOption.NOFOLLOW_LINKS;

  private final Path path;
  private final SecureDirectoryStream<Path> folder;
  private final UserPrincipal owner;

  private HeldBundle(Path path, SecureDirectoryStream<Path> folder, UserPrincipal owner) {
    this.path = path;
    this.folder = folder;
    this.owner = owner;
  }

  /**
   * Opens a folder.
   *
   * @param path where
   * @return the folder; to be closed
   * @throws Refused if it is not there, or is a link
   * @throws IOException if it cannot be read
   */
  public static HeldBundle open(Path path) throws IOException, Refused {
    refuseUnlessFolder(path);
    DirectoryStream<Path> stream;
    try {
      stream = Files.newDirectoryStream(path);
    } catch (NotDirectoryException replaced) {
      throw new Refused("the bundle " + path + " is no folder");
    } catch (IOException failure) {
      throw new UnreadableException("the bundle " + path, failure);
    }
    if (!(stream instanceof SecureDirectoryStream<Path> secure)) {
      stream.close();
      throw new IOException(path + ": this system's JDK cannot hold a folder open (openat)");
    }
    try {
      UserPrincipal owner =
          secure.getFileAttributeView(PosixFileAttributeView.class).readAttributes().owner();
      return new HeldBundle(path, secure, owner);
    } catch (IOException | RuntimeException failure) {
      secure.close();
      throw failure;
    }
  }

  /**
   * Where it was when it was opened.
   *
   * @return the folder
   */
  public Path path() {
    return path;
  }

  /**
   * Reads its manifest.
   *
   * @return what it says
   * @throws Refused if there is none, or it cannot be trusted
   * @throws IOException if it cannot be read
   */
  public Manifest manifest() throws IOException, Refused {
    return Manifest.parse(manifestBytes());
  }

  /**
   * Reads its manifest as it is.
   *
   * @return the file
   * @throws Refused if there is none, or it is too large
   * @throws IOException if it cannot be read
   */
  public byte[] manifestBytes() throws IOException, Refused {
    return read(List.of(Manifest.NAME), Manifest.MOST_BYTES);
  }

  /**
   * Reads a small file.
   *
   * @param file which
   * @param mostBytes what is longer is refused
   * @return its bytes, which may differ from what the manifest says of them
   * @throws Refused if it is not there, no file of the bundle's owner, or longer
   * @throws IOException if it cannot be read
   */
  public byte[] read(BundleFile file, int mostBytes) throws IOException, Refused {
    return read(file.parts(), mostBytes);
  }

  private byte[] read(List<String> parts, int mostBytes) throws IOException, Refused {
    try (InputStream in = Channels.newInputStream(openBelow(parts))) {
      byte[] bytes = in.readNBytes(mostBytes + 1);
      if (bytes.length > mostBytes) {
        throw new Refused(String.join("/", parts) + " has more than " + mostBytes + " bytes");
      }
      return bytes;
    } catch (UnreadableException told) {
      throw told;
    } catch (IOException failure) {
      throw new UnreadableException(path.resolve(String.join("/", parts)).toString(), failure);
    }
  }

  /**
   * Opens a file for reading.
   *
   * @param file which
   * @return a channel at its begin; to be closed
   * @throws Refused if it is not there, is a link or no regular file, belongs to somebody else, or
   *     has another length
   * @throws IOException if it cannot be read
   */
  public SeekableByteChannel open(BundleFile file) throws IOException, Refused {
    SeekableByteChannel channel = openBelow(file.parts());
    boolean fits = false;
    try {
      if (channel.size() != file.bytes()) {
        throw new Refused(
            "the file '%s' has %d bytes, and the manifest says %d"
                .formatted(file.name(), channel.size(), file.bytes()));
      }
      fits = true;
      return channel;
    } finally {
      if (!fits) {
        channel.close();
      }
    }
  }

  /** The stream itself would follow a link. Storage that has a hiccup is no missing folder. */
  private static void refuseUnlessFolder(Path path) throws IOException, Refused {
    BasicFileAttributes found;
    try {
      found = Files.readAttributes(path, BasicFileAttributes.class, NO_LINKS);
    } catch (NoSuchFileException gone) {
      throw new Refused("the bundle " + path + " is not there, or is no folder");
    } catch (IOException failure) {
      throw new UnreadableException("the bundle " + path, failure);
    }
    if (!found.isDirectory()) {
      throw new Refused("the bundle " + path + " is not there, or is no folder");
    }
  }

  private SeekableByteChannel openBelow(List<String> parts) throws IOException, Refused {
    String name = String.join("/", parts);
    try {
      return open(folder, parts, name);
    } catch (IOException failure) {
      throw new UnreadableException(path.resolve(name).toString(), failure);
    }
  }

  private SeekableByteChannel open(SecureDirectoryStream<Path> at, List<String> parts, String name)
      throws IOException, Refused {
    Path first;
    try {
      first = Path.of(parts.getFirst());
    } catch (InvalidPathException unnameable) {
      throw new Refused("the file '" + name + "' has a name that this system cannot hold");
    }
    try {
      PosixFileAttributes attributes =
          at.getFileAttributeView(first, PosixFileAttributeView.class, NO_LINKS).readAttributes();
      if (attributes.isSymbolicLink()) {
        throw new Refused("the file '" + name + "' is, or is below, a symbolic link");
      }
      if (parts.size() > 1) {
        try (SecureDirectoryStream<Path> below = at.newDirectoryStream(first, NO_LINKS)) {
          return open(below, parts.subList(1, parts.size()), name);
        }
      }
      // Opening a pipe would wait for its other end.
      if (!attributes.isRegularFile()) {
        throw new Refused("the file '" + name + "' is no regular file");
      }
      if (!attributes.owner().equals(owner)) {
        throw new Refused(
            "the file '%s' belongs to %s, and the bundle to %s"
                .formatted(name, attributes.owner().getName(), owner.getName()));
      }
      return at.newByteChannel(first, Set.of(StandardOpenOption.READ, NO_LINKS));
    } catch (NoSuchFileException | NotDirectoryException | FileSystemLoopException gone) {
      throw new Refused("the file '" + name + "' is not there");
    }
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}
