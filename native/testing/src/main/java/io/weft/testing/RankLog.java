package io.weft.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file in which a rank says what it does, one JSON object a line. Safe for several threads. */
final class RankLog {
  private final FileChannel channel;

  RankLog(Path file) throws IOException {
    channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
  }

  /** Hands a line to the kernel, where it outlives a killed process. */
  synchronized void write(RankEvent event) {
    ByteBuffer line = ByteBuffer.wrap((event.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
