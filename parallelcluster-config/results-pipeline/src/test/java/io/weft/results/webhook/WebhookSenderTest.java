package io.weft.results.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.apache.http.conn.DnsResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server with real TLS on the loopback, which a resolver of the test calls public. */
class WebhookSenderTest {
  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
  private static final DnsResolver LOOPBACK =
      host -> new InetAddress[] {InetAddress.getLoopbackAddress()};

  @TempDir static Path folder;
  private static HttpsServerOnLoopback warm;
  private HttpsServerOnLoopback server;

  @BeforeAll
  static void makeCertificate() throws Exception {
    warm = new HttpsServerOnLoopback(folder);
  }

  @AfterAll
  static void end() {
    warm.close();
  }

  @BeforeEach
  void start() throws Exception {
    server = new HttpsServerOnLoopback(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private WebhookSender sender(DnsResolver names) {
    return new WebhookSender(names, address -> true, server.context(), Duration.ofSeconds(60));
  }

  @Test
  void postsToTheCheckedAddress() throws IOException {
    AtomicInteger lookUps = new AtomicInteger();
    DnsResolver once =
        host -> {
          assertEquals(HttpsServerOnLoopback.HOST, host);
          // A name that leads elsewhere on the second look: nobody may take that one.
          return lookUps.getAndIncrement() == 0
              ? new InetAddress[] {InetAddress.getLoopbackAddress()}
              : new InetAddress[] {InetAddress.getByName("127.0.0.2")};
        };
    try (WebhookSender sender = sender(once)) {
      assertEquals(
          204, sender.post(URI.create(server.url("/hook")), Map.of("webhook-id", "7"), BODY));
    }
    assertEquals(1, lookUps.get());
    HttpsServerOnLoopback.Request request = server.seen().getFirst();
    assertEquals("/hook", request.path());
    assertEquals("7", request.header("Webhook-id"));
    assertEquals("{}", request.body());
    assertTrue(request.header("Content-type").startsWith("application/json"));
    // By name, though the address was known: servers with many names tell them apart by it.
    assertTrue(request.header("Host").startsWith(HttpsServerOnLoopback.HOST + ":"));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void doesNotFollowRedirects(int status) throws IOException {
    server.answers(
        exchange -> {
          exchange.getResponseHeaders().add("Location", server.url("/elsewhere"));
          exchange.sendResponseHeaders(status, -1);
        });
    try (WebhookSender sender = sender(LOOPBACK)) {
      assertEquals(status, sender.post(URI.create(server.url("/hook")), Map.of(), BODY));
    }
    assertEquals(List.of("/hook"), server.seen().stream().map(r -> r.path()).toList());
  }

  @Test
  void connectsToNothingThatIsNotPublic() throws IOException {
    try (WebhookSender sender =
        new WebhookSender(
            LOOPBACK, PublicAddresses::contain, server.context(), Duration.ofSeconds(60))) {
      assertThrows(
          RefusedAddressException.class,
          () -> sender.post(URI.create(server.url("/hook")), Map.of(), BODY));
    }
    try (WebhookSender sender = new WebhookSender()) {
      for (String host : List.of("127.0.0.1", "[::1]", "localhost", "[::ffff:127.0.0.1]")) {
        assertThrows(
            RefusedAddressException.class,
            () -> sender.post(URI.create(server.url(host, "/hook")), Map.of(), BODY),
            host);
      }
      // The metadata service, also as numbers that look like something else.
      for (String host : List.of("169.254.169.254", "[fd00:ec2::254]", "2852039166")) {
        IOException refused =
            assertThrows(
                IOException.class,
                () -> sender.post(URI.create("https://" + host + "/latest"), Map.of(), BODY),
                host);
        assertTrue(refused instanceof java.net.UnknownHostException, refused.toString());
      }
    }
    assertEquals(List.of(), server.seen());
  }

  @Test
  void refusesACertificateOfAnotherName() throws IOException {
    try (WebhookSender sender = sender(LOOPBACK)) {
      assertThrows(
          SSLException.class,
          () -> sender.post(URI.create(server.url("other.example.com", "/")), Map.of(), BODY));
    }
    try (WebhookSender sender =
        new WebhookSender(
            LOOPBACK,
            address -> true,
            javax.net.ssl.SSLContext.getDefault(),
            Duration.ofSeconds(60))) {
      assertThrows(
          SSLException.class, () -> sender.post(URI.create(server.url("/")), Map.of(), BODY));
    } catch (java.security.NoSuchAlgorithmException none) {
      throw new AssertionError(none);
    }
    assertEquals(List.of(), server.seen());
  }

  @Test
  void knowsNoPlainHttp() throws IOException {
    try (WebhookSender sender = sender(LOOPBACK)) {
      assertThrows(
          IOException.class,
          () -> sender.post(URI.create("http://hooks.example.com/"), Map.of(), BODY));
    }
  }

  /**
   * It says a byte before any silence is too long, and would be answered in the end: only who looks
   * at the whole of it leaves.
   */
  @Test
  void leavesAServerThatNeverEnds() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    try (ServerSocket slow =
            server
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        WebhookSender sender =
            new WebhookSender(
                LOOPBACK, address -> true, server.context(), Duration.ofMillis(1500))) {
      Thread.ofPlatform().daemon().start(() -> drip(slow, left));
      URI url =
          URI.create("https://" + HttpsServerOnLoopback.HOST + ":" + slow.getLocalPort() + "/hook");
      assertThrows(IOException.class, () -> sender.post(url, Map.of(), BODY));
    } finally {
      left.countDown();
    }
  }

  /** A header that grows for 40 s, and then a whole answer. */
  private static void drip(ServerSocket slow, CountDownLatch left) {
    try (Socket socket = slow.accept()) {
      OutputStream out = socket.getOutputStream();
      out.write("HTTP/1.1 204 No Content\r\nX: ".getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < 80; i++) {
        out.write('x');
        out.flush();
        if (left.await(500, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
      out.write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    } catch (IOException posterLeft) {
      System.out.println("the slow server: " + posterLeft);
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void doesNotReadWhatAServerSays() throws Exception {
    AtomicInteger written = new AtomicInteger();
    CountDownLatch ended = new CountDownLatch(1);
    server.answers(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] block = new byte[1 << 16];
          try {
            while (written.get() < 1 << 14) {
              exchange.getResponseBody().write(block);
              written.incrementAndGet();
            }
          } finally {
            ended.countDown();
          }
        });
    try (WebhookSender sender = sender(LOOPBACK)) {
      assertEquals(200, sender.post(URI.create(server.url("/hook")), Map.of(), BODY));
    }
    assertTrue(ended.await(120, TimeUnit.SECONDS));
    // What fits into buffers on the way, of a gibibyte.
    assertTrue(written.get() < 1 << 10, written + " blocks were taken");
  }
}
