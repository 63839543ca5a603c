package io.weft.results.ship;

import io.weft.results.port.ObjectStore;
import io.weft.results.port.PartBody;
import io.weft.results.port.UploadedPart;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends the parts of one upload, several at the same time, out of buffers that are used again: it
 * never holds more than one buffer more than the parts that are on their way. Confined to the
 * thread that reads the file.
 */
final class PartSender implements AutoCloseable {
  private final ObjectStore objects;
  private final String key;
  private final String upload;
  private final int parallel;
  private final ShipWatcher watcher;
  private final ExecutorService threads;
  private final Deque<byte[]> free = new ArrayDeque<>();
  private final Deque<OnItsWay> sent = new ArrayDeque<>();
  private final List<UploadedPart> parts = new ArrayList<>();

  private record OnItsWay(byte[] buffer, Future<UploadedPart> part) {}

  PartSender(ObjectStore objects, String key, String upload, int parallel, ShipWatcher watcher) {
    this.objects = objects;
    this.key = key;
    this.upload = upload;
    this.parallel = parallel;
    this.watcher = watcher;
    this.threads = Executors.newFixedThreadPool(parallel, Thread.ofPlatform().daemon().factory());
  }

  /** A buffer for the next part; waits for a part to arrive if all are in use. */
  byte[] buffer(int bytes) throws IOException, InterruptedException {
    while (sent.size() >= parallel) {
      await();
    }
    byte[] buffer = free.poll();
    return buffer == null ? new byte[bytes] : buffer;
  }

  /** Sends a part; its buffer belongs to the sender from now on. */
  void send(int number, byte[] buffer, PartBody body) {
    sent.add(
        new OnItsWay(buffer, threads.submit(() -> objects.putPart(key, upload, number, body))));
  }

  /** Counts a part that is in the bucket. */
  void keep(UploadedPart part, byte[] buffer) {
    parts.add(part);
    free.add(buffer);
    watcher.shipped(part.bytes());
  }

  /** Waits for all parts; gives them in order. */
  List<UploadedPart> finish() throws IOException, InterruptedException {
    while (!sent.isEmpty()) {
      await();
    }
    parts.sort(Comparator.comparingInt(UploadedPart::number));
    return parts;
  }

  private void await() throws IOException, InterruptedException {
    OnItsWay oldest = sent.remove();
    try {
      UploadedPart part = oldest.part().get();
      parts.add(part);
      free.add(oldest.buffer());
      watcher.shipped(part.bytes());
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof IOException io) {
        throw io;
      }
      if (failure.getCause() instanceof RuntimeException fault) {
        // Ours, and not the bucket's: nothing to wait for.
        throw fault;
      }
      throw new IOException(
          "a part of " + key + " was not sent: " + failure.getCause(), failure.getCause());
    }
  }

  /**
   * Says whether a part in the bucket is what was read. Without a SHA-256 the bucket's MD5 stands
   * for it, which it is where objects are not encrypted with keys of KMS.
   */
  static boolean isSame(UploadedPart part, byte[] buffer, int length, String sha256) {
    if (part.bytes() != length) {
      return false;
    }
    if (part.checksum() != null) {
      return part.checksum().equals(sha256);
    }
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      md5.update(buffer, 0, length);
      return HexFormat.of().formatHex(md5.digest()).equals(part.etag().replace("\"", ""));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** Nothing is on its way when it returns, so that no buffer is read after its reader failed. */
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
