package io.weft.results.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.DnsResolver;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.ssl.DefaultHostnameVerifier;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.impl.NoConnectionReuseStrategy;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.impl.conn.SystemDefaultDnsResolver;

/**
 * Posts to servers outside, over TLS and nothing else: to addresses that were checked, without
 * following redirects, without proxies, cookies or retries of its own. The JDK's client cannot be
 * told which address to take, and would look the name up again. Safe for several threads.
 */
final class WebhookSender implements AutoCloseable {
  private static final int CONNECT_MILLISECONDS = 5_000;
  private static final int SILENCE_MILLISECONDS = 10_000;

  private final CloseableHttpClient client;
  private final Duration whole;
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("webhook-deadlines").factory());

  /** One that knows only what is public. */
  WebhookSender() throws IOException {
    this(
        SystemDefaultDnsResolver.INSTANCE,
        PublicAddresses::contain,
        defaultTrust(),
        Duration.ofSeconds(15));
  }

  WebhookSender(
      DnsResolver names, Predicate<InetAddress> allowed, SSLContext trust, Duration whole) {
    this.whole = whole;
    ConnectionSocketFactory tls =
        new SSLConnectionSocketFactory(
            trust, new String[] {"TLSv1.3", "TLSv1.2"}, null, new DefaultHostnameVerifier());
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                new PoolingHttpClientConnectionManager(
                    // Of plain HTTP it does not even know how.
                    RegistryBuilder.<ConnectionSocketFactory>create()
                        .register("https", tls)
                        .build(),
                    new CheckedResolver(names, allowed)))
            // Each request is checked anew.
            .setConnectionReuseStrategy(NoConnectionReuseStrategy.INSTANCE)
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .setUserAgent("weft-results")
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectTimeout(CONNECT_MILLISECONDS)
                    .setSocketTimeout(SILENCE_MILLISECONDS)
                    .setConnectionRequestTimeout(CONNECT_MILLISECONDS)
                    .build())
            .build();
  }

  private static SSLContext defaultTrust() throws IOException {
    try {
      return SSLContext.getDefault();
    } catch (java.security.NoSuchAlgorithmException none) {
      throw new IOException("this Java has no TLS", none);
    }
  }

  /**
   * Posts.
   *
   * @param url where to; https
   * @param headers to add
   * @param body JSON in UTF-8
   * @return the status; what the server says is not read
   * @throws IOException if there was none in time, or the address is refused
   */
  int post(URI url, Map<String, String> headers, byte[] body) throws IOException {
    HttpPost post = new HttpPost(url);
    headers.forEach(post::setHeader);
    post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    // A server that sends a byte now and then would hold us for ever.
    ScheduledFuture<?> deadline =
        deadlines.schedule(post::abort, whole.toNanos(), TimeUnit.NANOSECONDS);
    try (CloseableHttpResponse response = client.execute(post)) {
      if (post.isAborted()) {
        // Headers that end in the middle are taken for whole ones below us.
        throw new IOException("its server has not answered within " + whole.toMillis() + " ms");
      }
      return response.getStatusLine().getStatusCode();
    } finally {
      deadline.cancel(false);
      // Closing a response reads what is left of it; this does not.
      post.abort();
    }
  }

  @Override
  public void close() {
    deadlines.shutdownNow();
    try {
      client.close();
    } catch (IOException failure) {
      System.err.println("weft: closing connections of webhooks: " + failure.getMessage());
    }
  }
}
