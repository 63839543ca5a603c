package io.weft.results.aws;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The line to a server on the loopback, which can be cut: then every connection, also one that was
 * open, is reset at once, and counted.
 */
final class Line implements AutoCloseable {
  private final ServerSocket listening;
  private final int server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger taken = new AtomicInteger();
  private volatile boolean cut;

  Line(int server) throws IOException {
    this.server = server;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("line").start(this::listen);
  }

  String url() {
    return "http://127.0.0.1:" + listening.getLocalPort();
  }

  /** Connections that were refused since it was cut. */
  int refused() {
    return refused.get();
  }

  /** Connections that were let through since it was made. */
  int taken() {
    return taken.get();
  }

  void cut() {
    refused.set(0);
    cut = true;
    open.forEach(Line::reset);
  }

  void mend() {
    cut = false;
  }

  private void listen() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        if (cut) {
          refused.incrementAndGet();
          reset(client);
        } else {
          taken.incrementAndGet();
          join(client, new Socket(InetAddress.getLoopbackAddress(), server));
        }
      } catch (IOException closed) {
        if (!listening.isClosed()) {
          System.out.println("the line: " + closed);
        }
      }
    }
  }

  private void join(Socket one, Socket other) {
    open.add(one);
    open.add(other);
    Thread.ofVirtual().start(() -> pass(one, other));
    Thread.ofVirtual().start(() -> pass(other, one));
  }

  private void pass(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream()) {
      in.transferTo(to.getOutputStream());
    } catch (IOException ended) {
      // Whoever ended it: the other side is closed, too.
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  /** With RST, as a server that is not there. */
  private static void reset(Socket socket) {
    try (socket) {
      socket.setSoLinger(true, 0);
    } catch (IOException gone) {
      // It has ended by itself.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    open.forEach(Line::reset);
  }
}
