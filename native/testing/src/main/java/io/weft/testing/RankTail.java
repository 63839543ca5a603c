package io.weft.testing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a rank's log while it grows. */
final class RankTail {
  private final Path file;
  private final List<RankEvent> events = new ArrayList<>();
  private long position;

  RankTail(Path file) {
    this.file = file;
  }

  /** Everything that the rank has said, as of now. */
  List<RankEvent> all() throws IOException {
    if (Files.exists(file) && Files.size(file) > position) {
      try (RandomAccessFile input = new RandomAccessFile(file.toFile(), "r")) {
        input.seek(position);
        byte[] bytes = new byte[Math.toIntExact(input.length() - position)];
        input.readFully(bytes);
        int begin = 0;
        for (int i = 0; i < bytes.length; i++) {
          // What follows the last line end is half a line: it is read again next time.
          if (bytes[i] == '\n') {
            events.add(
                RankEvent.fromJson(new String(bytes, begin, i - begin, StandardCharsets.UTF_8)));
            begin = i + 1;
          }
        }
        position += begin;
      }
    }
    return events;
  }
}
