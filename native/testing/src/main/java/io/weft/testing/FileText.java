package io.weft.testing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Parts of text files that may be long and may grow meanwhile. */
final class FileText {
  private FileText() {}

  /** What stands from a position on; empty if there is no such file. */
  static String from(Path file, long position) throws IOException {
    if (!Files.exists(file)) {
      return "";
    }
    try (RandomAccessFile input = new RandomAccessFile(file.toFile(), "r")) {
      long begin = Math.min(position, input.length());
      byte[] bytes = new byte[Math.toIntExact(input.length() - begin)];
      input.seek(begin);
      input.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** The last bytes as text. */
  static String end(Path file, int limitBytes) throws IOException {
    return Files.exists(file) ? from(file, Math.max(0, Files.size(file) - limitBytes)) : "";
  }
}
