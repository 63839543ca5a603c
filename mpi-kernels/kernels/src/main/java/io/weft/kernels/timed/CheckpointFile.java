package io.weft.kernels.timed;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * The state of one rank after a step: what it is of, arrays of numbers, and last a SHA-256 of all
 * before. All or nothing: it has its name only once it is whole and on disk.
 */
final class CheckpointFile {
  private static final String FORMAT = "Weft checkpoint 1";
  private static final int CHUNK = 1 << 16;

  private final String run;
  private final byte[] bytes = new byte[CHUNK * Double.BYTES];
  private final ByteBuffer chunk = ByteBuffer.wrap(bytes);

  /**
   * Makes one that is used for any number of files.
   *
   * @param run what files are of: kernel, class, ranks and rank
   */
  CheckpointFile(String run) {
    this.run = run;
  }

  /** Writes a file, in place of one of the same name. */
  void write(Path file, long step, List<double[]> state) throws IOException {
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      MessageDigest digest = sha256();
      try (FileOutputStream raw = new FileOutputStream(part.toFile());
          DigestOutputStream digested = new DigestOutputStream(raw, digest);
          DataOutputStream out = new DataOutputStream(digested)) {
        out.writeUTF(FORMAT);
        out.writeUTF(run);
        out.writeLong(step);
        out.writeInt(state.size());
        for (double[] array : state) {
          out.writeInt(array.length);
          write(out, array);
        }
        digested.on(false);
        out.write(digest.digest());
        raw.getChannel().force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void write(DataOutputStream out, double[] array) throws IOException {
    for (int at = 0; at < array.length; at += CHUNK) {
      int count = Math.min(CHUNK, array.length - at);
      chunk.clear().asDoubleBuffer().put(array, at, count);
      out.write(bytes, 0, count * Double.BYTES);
    }
  }

  /**
   * Reads a file into arrays, which hold nothing of worth if it is refused.
   *
   * @throws IOException if it cannot be read, or is not what {@link #write} has written for this
   *     run, this step and arrays of these lengths; the message says why
   */
  void read(Path file, long step, List<double[]> state) throws IOException {
    MessageDigest digest = sha256();
    try (DigestInputStream digested =
            new DigestInputStream(
                new BufferedInputStream(Files.newInputStream(file), bytes.length), digest);
        DataInputStream in = new DataInputStream(digested)) {
      expect(file, "format", FORMAT, in.readUTF());
      expect(file, "run", run, in.readUTF());
      expect(file, "step", step, in.readLong());
      expect(file, "number of arrays", state.size(), in.readInt());
      for (double[] array : state) {
        expect(file, "length", array.length, in.readInt());
        read(in, array);
      }
      digested.on(false);
      byte[] computed = digest.digest();
      byte[] stored = in.readNBytes(computed.length);
      if (!Arrays.equals(computed, stored) || in.read() >= 0) {
        throw new IOException(file + ": its checksum is not that of its contents");
      }
    } catch (EOFException | UTFDataFormatException cut) {
      throw new IOException(file + " is no whole checkpoint: it ends too soon", cut);
    }
  }

  private void read(DataInputStream in, double[] array) throws IOException {
    for (int at = 0; at < array.length; at += CHUNK) {
      int count = Math.min(CHUNK, array.length - at);
      in.readFully(bytes, 0, count * Double.BYTES);
      chunk.clear().asDoubleBuffer().get(array, at, count);
    }
  }

  private static void expect(Path file, String what, Object wanted, Object found)
      throws IOException {
    if (!wanted.toString().equals(found.toString())) {
      throw new IOException(
          file + ": its " + what + " is " + found + ", where this run has " + wanted);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
