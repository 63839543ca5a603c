package io.weft.results.webhook;

import java.net.URI;
import java.net.URISyntaxException;

/** URLs that webhooks are sent to: https, a host, and nothing that could be read in two ways. */
final class WebhookUrl {
  private static final int MOST_CHARACTERS = 2000;
  private static final int MOST_PORT = 65_535;

  private WebhookUrl() {}

  /**
   * Reads a URL.
   *
   * @param text of it
   * @return the URL
   * @throws IllegalArgumentException that says what is wrong, without the URL, which may hold a
   *     secret
   */
  static URI parse(String text) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException("its URL is malformed");
    }
    if (text.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException("its URL is longer than " + MOST_CHARACTERS);
    }
    if (!"https".equals(url.getScheme())) {
      throw new IllegalArgumentException("its URL does not begin with https://");
    }
    // A registry-based authority ("a_b", "x@y:z") has no host for java.net.URI.
    if (url.getHost() == null || url.getHost().isEmpty()) {
      throw new IllegalArgumentException("its URL has no host");
    }
    if (url.getRawUserInfo() != null) {
      throw new IllegalArgumentException("its URL has a user");
    }
    if (url.getRawFragment() != null) {
      throw new IllegalArgumentException("its URL has a fragment");
    }
    if (url.getPort() == 0 || url.getPort() > MOST_PORT) {
      throw new IllegalArgumentException("its URL has no port that there is");
    }
    return url;
  }
}
