package io.weft.results.webhook;

import java.util.Base64;
import javax.crypto.spec.SecretKeySpec;

/** A secret that a subscriber shares; never printed. */
final class WebhookSecret {
  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";

  /** Standard Webhooks' bounds, in bytes. */
  private static final int LEAST = 24;

  private static final int MOST = 64;

  private final SecretKeySpec key;

  private WebhookSecret(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /**
   * Reads a secret as Standard Webhooks writes it.
   *
   * @param text {@code whsec_} and 24 to 64 bytes in base64
   * @return the secret
   * @throws IllegalArgumentException that says what is wrong, without the secret
   */
  static WebhookSecret parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("a secret does not begin with " + PREFIX);
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException("a secret is no base64 behind " + PREFIX);
    }
    if (bytes.length < LEAST || bytes.length > MOST) {
      throw new IllegalArgumentException(
          "a secret has " + bytes.length + " bytes, not " + LEAST + " to " + MOST);
    }
    return new WebhookSecret(bytes);
  }

  SecretKeySpec key() {
    return key;
  }

  @Override
  public String toString() {
    return "a webhook secret";
  }
}
