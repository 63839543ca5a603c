package io.weft.results.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;

/**
 * The signatures of a message, as Standard Webhooks has them: HMAC-SHA256 over id, time and body,
 * one for each secret that is live, so that a receiver can change secrets without missing any.
 */
final class Signature {
  private static final String VERSION = "v1,";

  private Signature() {}

  /**
   * The header {@code webhook-signature}.
   *
   * @param secrets the live ones
   * @param id of the message, without a dot
   * @param seconds when it is sent, since 1970
   * @param body exactly as it is sent
   * @return versions and signatures, apart by spaces
   */
  static String of(List<WebhookSecret> secrets, String id, long seconds, byte[] body) {
    byte[] head = (id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8);
    return secrets.stream()
        .map(secret -> VERSION + Base64.getEncoder().encodeToString(hmac(secret, head, body)))
        .collect(Collectors.joining(" "));
  }

  private static byte[] hmac(WebhookSecret secret, byte[] head, byte[] body) {
    try {
      Mac mac = Mac.getInstance(secret.key().getAlgorithm());
      mac.init(secret.key());
      mac.update(head);
      return mac.doFinal(body);
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
