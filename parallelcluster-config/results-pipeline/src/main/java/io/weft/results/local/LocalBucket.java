package io.weft.results.local;

import io.weft.results.Digests;
import io.weft.results.port.ObjectStore;
import io.weft.results.port.PartBody;
import io.weft.results.port.StoredObject;
import io.weft.results.port.UploadGoneException;
import io.weft.results.port.UploadedPart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A folder as bucket: an object is a file, which gets its name when it is whole and on the disk. An
 * upload in parts is a folder of its own with a file for each part, whose name has the part's
 * number, length and digest.
 */
final class LocalBucket implements ObjectStore {
  private static final String KEY = "key";
  private static final String PART = "part-";

  private final Path objects;
  private final Path uploads;
  private final Changes changes;

  /** Who is told of manifests that come and go. */
  interface Changes {
    void created(String key) throws IOException;

    void removed(String key) throws IOException;
  }

  LocalBucket(Path root, Changes changes) throws IOException {
    this.objects = Files.createDirectories(root.resolve("bucket"));
    this.uploads = Files.createDirectories(root.resolve("uploads"));
    this.changes = changes;
  }

  private Path path(String key) throws IOException {
    Path path = objects.resolve(key).normalize();
    if (!path.startsWith(objects) || !objects.relativize(path).toString().equals(key)) {
      throw new IOException("the key '" + key + "' is no path below the bucket");
    }
    return path;
  }

  @Override
  public Optional<StoredObject> head(String key) throws IOException {
    Path path = path(key);
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    MessageDigest digest = Digests.sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
      long bytes = in.transferTo(OutputStream.nullOutputStream());
      String sha256 = Base64.getEncoder().encodeToString(digest.digest());
      return Optional.of(new StoredObject(key, bytes, sha256, 0));
    } catch (NoSuchFileException removedMeanwhile) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<byte[]> read(String key, int mostBytes) throws IOException {
    try (InputStream in = open(key)) {
      return Optional.of(in.readNBytes(mostBytes + 1));
    } catch (NoSuchFileException | NotDirectoryException notThere) {
      return Optional.empty();
    }
  }

  @Override
  public InputStream open(String key) throws IOException {
    return Files.newInputStream(path(key));
  }

  @Override
  public boolean putIfAbsent(String key, byte[] content, Map<String, String> metadata)
      throws IOException {
    String sha256 = Base64.getEncoder().encodeToString(Digests.sha256().digest(content));
    return putIfAbsent(
        key, new PartBody(content.length, sha256, () -> new ByteArrayInputStream(content)));
  }

  @Override
  public boolean putIfAbsent(String key, PartBody body) throws IOException {
    Path temporary = uploads.resolve(UUID.randomUUID() + ".put");
    try {
      whole(temporary, key, body);
      return link(temporary, key);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Writes a file, to the disk, that has the digest that it should, or fails. */
  private static void whole(Path file, String key, PartBody body) throws IOException {
    MessageDigest digest = Digests.sha256();
    long written;
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        InputStream in = new DigestInputStream(body.content().get(), digest)) {
      written = in.transferTo(Channels.newOutputStream(channel));
      channel.force(true);
    }
    if (written != body.bytes()
        || !Base64.getEncoder().encodeToString(digest.digest()).equals(body.sha256())) {
      Files.delete(file);
      throw new IOException("what was put to " + key + " has not the digest that was announced");
    }
  }

  @Override
  public void retell(String key) throws IOException {
    changes.created(key);
  }

  /** A link, unlike a move, fails if the name is taken. */
  private boolean link(Path from, String key) throws IOException {
    Path path = path(key);
    Files.createDirectories(path.getParent());
    boolean created;
    try {
      Files.createLink(path, from);
      sync(path.getParent());
      created = true;
    } catch (FileAlreadyExistsException taken) {
      created = false;
    }
    // Also for one that was there: who put it may have been ended before it could tell of it.
    changes.created(key);
    return created;
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void delete(String key) throws IOException {
    Files.deleteIfExists(path(key));
    changes.removed(key);
  }

  @Override
  public void list(String prefix, Consumer<String> each) throws IOException {
    try (Stream<Path> below = Files.walk(objects)) {
      below
          .filter(Files::isRegularFile)
          .map(path -> objects.relativize(path).toString())
          .filter(key -> key.startsWith(prefix))
          .sorted()
          .forEach(each);
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
  }

  @Override
  public List<String> openUploads(String key) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> folders = Files.list(uploads)) {
      for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
        try {
          if (Files.readString(folder.resolve(KEY)).equals(key)) {
            found.add(folder);
          }
        } catch (NoSuchFileException beingMadeOrRemoved) {
          // It has no parts, or has them no more.
        }
      }
    }
    return found.stream().map(folder -> folder.getFileName().toString()).toList();
  }

  @Override
  public String beginUpload(String key, long partBytes) throws IOException {
    path(key);
    // Names in the order of time.
    String upload = "%019d-%s".formatted(System.currentTimeMillis(), UUID.randomUUID());
    Path folder = Files.createDirectory(uploads.resolve(upload));
    Files.writeString(folder.resolve(KEY), key);
    return upload;
  }

  @Override
  public List<UploadedPart> parts(String key, String upload) throws IOException {
    List<UploadedPart> parts = new ArrayList<>();
    try (Stream<Path> files = Files.list(uploads.resolve(upload))) {
      for (Path file : files.sorted().toList()) {
        String[] words = file.getFileName().toString().split("-", 4);
        if (file.getFileName().toString().startsWith(PART) && words.length == 4) {
          int number = Integer.parseInt(words[1]);
          String sha256 =
              Base64.getEncoder().encodeToString(Base64.getUrlDecoder().decode(words[3]));
          // A part that was put twice counts as it was put last; equal ones have one mark.
          parts.removeIf(part -> part.number() == number);
          parts.add(new UploadedPart(number, Long.parseLong(words[2]), sha256, sha256));
        }
      }
    } catch (NoSuchFileException gone) {
      throw new UploadGoneException(key);
    }
    return parts;
  }

  private static String mark(UploadedPart part) {
    byte[] digest = Base64.getDecoder().decode(part.checksum());
    return "%s%06d-%d-%s"
        .formatted(
            PART, part.number(), part.bytes(), Base64.getUrlEncoder().encodeToString(digest));
  }

  @Override
  public UploadedPart putPart(String key, String upload, int number, PartBody body)
      throws IOException {
    UploadedPart part = new UploadedPart(number, body.bytes(), body.sha256(), body.sha256());
    Path folder = uploads.resolve(upload);
    Path temporary = folder.resolve(UUID.randomUUID() + ".put");
    try {
      whole(temporary, key, body);
      Files.move(temporary, folder.resolve(mark(part)), StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException gone) {
      throw new UploadGoneException(key);
    }
    return part;
  }

  @Override
  public boolean completeUpload(String key, String upload, List<UploadedPart> parts)
      throws IOException {
    Path folder = uploads.resolve(upload);
    // As in S3, parts that are not named are left out: of a shipper with parts of another length.
    for (UploadedPart part : parts) {
      if (!Files.isRegularFile(folder.resolve(mark(part)))) {
        throw new UploadGoneException(key);
      }
    }
    Path temporary = uploads.resolve(UUID.randomUUID() + ".put");
    try {
      try (FileChannel file =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        for (UploadedPart part : parts) {
          Files.copy(folder.resolve(mark(part)), Channels.newOutputStream(file));
        }
        file.force(true);
      } catch (NoSuchFileException gone) {
        throw new UploadGoneException(key);
      }
      boolean created = link(temporary, key);
      if (created) {
        remove(folder);
      }
      return created;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  @Override
  public void abortUpload(String key, String upload) throws IOException {
    remove(uploads.resolve(upload));
  }

  /** The key first: without it nobody finds the upload. */
  private static void remove(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(KEY));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException gone) {
      return;
    }
    Files.deleteIfExists(folder);
  }
}
