package io.weft.bench.peer;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Messages on a socket that does not block. Both ends know how long a message is, so none says so;
 * one without bytes is a single byte, since a stream has nothing shorter.
 */
final class NioOperation extends PairOperation {
  private final SocketChannel channel;
  private final Pause pause;
  private final ByteBuffer outgoing;
  private final ByteBuffer incoming;
  private final ByteBuffer token = ByteBuffer.allocateDirect(1);

  NioOperation(
      Pattern pattern,
      long bytes,
      int rank,
      int size,
      int partner,
      SocketChannel channel,
      Pause pause) {
    super(pattern, bytes, rank, size, partner);
    this.channel = channel;
    this.pause = pause;
    outgoing = bytes == 0 ? ByteBuffer.allocateDirect(1) : out().asSlice(0, bytes).asByteBuffer();
    incoming = bytes == 0 ? ByteBuffer.allocateDirect(1) : in().asSlice(0, bytes).asByteBuffer();
  }

  @Override
  void send() {
    write(outgoing);
  }

  @Override
  void receive() {
    read(incoming);
  }

  @Override
  void sendEmpty() {
    write(token);
  }

  @Override
  void receiveEmpty() {
    read(token);
  }

  @Override
  void sendWindow() {
    for (int i = 0; i < WINDOW; i++) {
      write(outgoing);
    }
  }

  @Override
  void receiveWindow() {
    for (int i = 0; i < WINDOW; i++) {
      read(incoming);
    }
  }

  /** In turns: two ends that only write would wait for each other when the sockets are full. */
  @Override
  void exchangeWindow() {
    outgoing.clear();
    incoming.clear();
    int sent = 0;
    int received = 0;
    try {
      while (sent < WINDOW || received < WINDOW) {
        int moved = 0;
        if (sent < WINDOW) {
          moved += channel.write(outgoing);
          if (!outgoing.hasRemaining()) {
            sent++;
            outgoing.clear();
          }
        }
        if (received < WINDOW) {
          moved += more(incoming);
          if (!incoming.hasRemaining()) {
            received++;
            incoming.clear();
          }
        }
        if (moved == 0) {
          pause.once();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(ByteBuffer buffer) {
    buffer.clear();
    try {
      while (buffer.hasRemaining()) {
        if (channel.write(buffer) == 0) {
          pause.once();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(ByteBuffer buffer) {
    buffer.clear();
    try {
      while (buffer.hasRemaining()) {
        if (more(buffer) == 0) {
          pause.once();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int more(ByteBuffer buffer) throws IOException {
    int read = channel.read(buffer);
    if (read < 0) {
      throw new EOFException("rank " + partner() + " has closed its socket");
    }
    return read;
  }
}
