package io.weft.comm.rendezvous;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;

/** A connection between rank 0 and another rank, once each knows the other. */
final class Connection implements AutoCloseable {
  /** What a frame is. */
  enum Kind {
    /** Bytes of a collective. */
    DATA,
    /** The other end goes on; nothing to say. */
    PING,
    /** A rank is gone: its number follows. */
    LOST,
    /** The start has failed: the reason follows. */
    FAIL,
    /** All ranks must end: the exit status follows. */
    ABORT,
    /** The other end will close in good order. */
    LEAVE
  }

  /** A start of some 100,000 ranks; longer is no frame of ours. */
  private static final int MOST_BYTES = 256 << 20;

  final Socket socket;
  final DataInputStream in;
  private final DataOutputStream out;
  private final BlockingQueue<byte[]> data = new LinkedBlockingQueue<>();
  private volatile long heard = System.nanoTime();
  private volatile boolean left;

  Connection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
  }

  DataOutputStream out() {
    return out;
  }

  synchronized void send(Kind kind, byte[] bytes) throws IOException {
    out.writeByte(kind.ordinal());
    out.writeInt(bytes.length);
    out.write(bytes);
    out.flush();
  }

  /** Reads frames until the connection ends; what is no data goes to the handler. */
  void readAll(BiConsumer<Kind, byte[]> handler) throws IOException {
    while (true) {
      int kind = in.readUnsignedByte();
      int length = in.readInt();
      if (kind >= Kind.values().length || length < 0 || length > MOST_BYTES) {
        throw new IOException("a frame of kind " + kind + " and " + length + " bytes");
      }
      byte[] bytes = in.readNBytes(length);
      heard = System.nanoTime();
      switch (Kind.values()[kind]) {
        case DATA -> data.add(bytes);
        case LEAVE -> left = true;
        case PING -> {}
        default -> handler.accept(Kind.values()[kind], bytes);
      }
    }
  }

  BlockingQueue<byte[]> data() {
    return data;
  }

  boolean hasLeft() {
    return left;
  }

  long silentNanos() {
    return System.nanoTime() - heard;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is closed either way.
    }
  }
}
