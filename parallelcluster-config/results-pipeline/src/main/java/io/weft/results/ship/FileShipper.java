package io.weft.results.ship;

import io.weft.results.Refused;
import io.weft.results.bundle.BundleFile;
import io.weft.results.bundle.HeldBundle;
import io.weft.results.bundle.UnreadableException;
import io.weft.results.port.ObjectStore;
import io.weft.results.port.PartBody;
import io.weft.results.port.UploadGoneException;
import io.weft.results.port.UploadedPart;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Carries one file to the bucket. It is read once, from its begin; each buffer is digested, for the
 * part and for the whole, and sent from where it was digested. The object is made only when the
 * whole has the digest of the manifest, so that no file that changed meanwhile becomes one.
 */
final class FileShipper {
  private final ObjectStore objects;
  private final Verifier verifier;
  private final ShipSettings settings;
  private final ShipWatcher watcher;

  FileShipper(ObjectStore objects, ShipSettings settings, ShipWatcher watcher) {
    this.objects = objects;
    this.verifier = new Verifier(objects);
    this.settings = settings;
    this.watcher = watcher;
  }

  /**
   * Ships a file.
   *
   * @param id of the event
   * @throws Refused if the file is not what the manifest says, or something else is under its key
   * @throws IOException if the bucket cannot be reached; can be done again
   */
  void ship(String id, HeldBundle bundle, BundleFile file, String key)
      throws IOException, Refused, InterruptedException {
    if (file.bytes() <= settings.partBytes()) {
      shipWhole(id, bundle, file, key);
    } else {
      shipParts(id, bundle, file, key);
    }
  }

  private void shipWhole(String id, HeldBundle bundle, BundleFile file, String key)
      throws IOException, Refused {
    byte[] content;
    try (SeekableByteChannel channel = bundle.open(file)) {
      content = new byte[Math.toIntExact(file.bytes())];
      readPart(channel, content, content.length, file);
    }
    PartDigests digests = new PartDigests();
    String sha256 = digests.add(content, content.length);
    refuseUnlessEqual(file, digests);
    PartBody body = new PartBody(content.length, sha256, () -> new ByteArrayInputStream(content));
    if (!objects.putIfAbsent(key, body)) {
      refuseUnlessThere(key, file);
    }
    watcher.shipped(file.bytes());
  }

  private void shipParts(String id, HeldBundle bundle, BundleFile file, String key)
      throws IOException, Refused, InterruptedException {
    Verifier.Found found = verifier.compare(key, file);
    if (found == Verifier.Found.DIFFERENT) {
      throw different(key);
    }
    if (found == Verifier.Found.EQUAL) {
      watcher.shipped(file.bytes());
    } else {
      try {
        upload(id, bundle, file, key);
      } catch (UploadGoneException byAnother) {
        // Whoever completed it has made the object. If it was ended instead, the next try begins.
        if (verifier.compare(key, file) != Verifier.Found.EQUAL) {
          throw byAnother;
        }
      }
    }
    // Also what those left who were ended before they could complete it.
    for (String left : objects.openUploads(key)) {
      objects.abortUpload(key, left);
    }
  }

  private void upload(String id, HeldBundle bundle, BundleFile file, String key)
      throws IOException, Refused, InterruptedException {
    long partBytes = settings.partBytesOf(file.bytes());
    List<String> open = objects.openUploads(key);
    String upload = open.isEmpty() ? objects.beginUpload(key, partBytes) : open.getFirst();
    Map<Integer, UploadedPart> there = new HashMap<>();
    if (!open.isEmpty()) {
      objects.parts(key, upload).forEach(part -> there.put(part.number(), part));
      watcher.say(
          "resuming %s: %d of its parts are in the bucket".formatted(file.name(), there.size()));
    }
    PartDigests digests = new PartDigests();
    List<UploadedPart> parts;
    try (SeekableByteChannel channel = bundle.open(file);
        PartSender sender = new PartSender(objects, key, upload, settings.parallel(), watcher)) {
      long left = file.bytes();
      for (int number = 1; left > 0; number++) {
        int length = (int) Math.min(partBytes, left);
        byte[] buffer = sender.buffer((int) partBytes);
        readPart(channel, buffer, length, file);
        String sha256 = digests.add(buffer, length);
        UploadedPart before = there.get(number);
        if (before != null && PartSender.isSame(before, buffer, length, sha256)) {
          sender.keep(before, buffer);
        } else {
          sender.send(
              number,
              buffer,
              new PartBody(
                  length, sha256, opened(id, () -> new ByteArrayInputStream(buffer, 0, length))));
        }
        left -= length;
      }
      parts = sender.finish();
    }
    refuseUnlessEqual(file, digests);
    watcher.at(ShipPhase.PARTS_DONE, id);
    if (!objects.completeUpload(key, upload, new ArrayList<>(parts))) {
      refuseUnlessThere(key, file);
    }
  }

  private static void readPart(
      SeekableByteChannel channel, byte[] buffer, int length, BundleFile file)
      throws IOException, Refused {
    ByteBuffer into = ByteBuffer.wrap(buffer, 0, length);
    while (into.hasRemaining()) {
      int read;
      try {
        read = channel.read(into);
      } catch (IOException failure) {
        throw new UnreadableException("the file '" + file.name() + "'", failure);
      }
      if (read < 0) {
        throw new Refused("the file '" + file.name() + "' became shorter while it was read");
      }
    }
  }

  private static void refuseUnlessEqual(BundleFile file, PartDigests digests) throws Refused {
    String whole = digests.whole();
    if (!whole.equals(file.sha256())) {
      throw new Refused(
          "the file '%s' has the SHA-256 %s, and the manifest says %s"
              .formatted(file.name(), whole, file.sha256()));
    }
  }

  private void refuseUnlessThere(String key, BundleFile file) throws IOException, Refused {
    switch (verifier.compare(key, file)) {
      case EQUAL -> {}
      case DIFFERENT -> throw different(key);
      case ABSENT -> throw new IOException(key + " was there, and is gone");
    }
  }

  private static Refused different(String key) {
    return new Refused("something else is in the bucket as " + key);
  }

  /** Tells the watcher when the first half of a part has been read, which is while it is sent. */
  private Supplier<InputStream> opened(String id, Supplier<InputStream> content) {
    return () -> new HalfWay(content.get(), () -> watcher.at(ShipPhase.MID_PART, id));
  }

  private static final class HalfWay extends FilterInputStream {
    private final Runnable told;
    private final int half;
    private boolean done;

    HalfWay(InputStream in, Runnable told) {
      super(in);
      this.told = told;
      try {
        this.half = in.available() / 2;
      } catch (IOException notOfAnArray) {
        throw new IllegalStateException(notOfAnArray);
      }
    }

    @Override
    public int read() throws IOException {
      tell();
      return super.read();
    }

    @Override
    public int read(byte[] into, int at, int most) throws IOException {
      tell();
      return super.read(into, at, most);
    }

    private void tell() throws IOException {
      if (!done && in.available() <= half) {
        done = true;
        told.run();
      }
    }
  }
}
