package io.weft.results.webhook;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * A secret of AWS Secrets Manager: its current version, and the previous one, which lives on until
 * the next rotation. Kept for some minutes, so that each message does not cost a call.
 */
final class ManagedSecrets implements SecretSource {
  private static final String CURRENT = "AWSCURRENT";
  private static final String PREVIOUS = "AWSPREVIOUS";
  private static final long KEPT_NANOS = Duration.ofMinutes(5).toNanos();

  private final SecretsManagerClient client;
  private final String arn;
  private List<WebhookSecret> kept;
  private long readAt;

  ManagedSecrets(SecretsManagerClient client, String arn) {
    this.client = client;
    this.arn = arn;
  }

  @Override
  public synchronized List<WebhookSecret> live() throws IOException {
    if (kept == null || System.nanoTime() - readAt > KEPT_NANOS) {
      List<WebhookSecret> read = new ArrayList<>();
      read.add(version(CURRENT));
      WebhookSecret previous = previous();
      if (previous != null) {
        read.add(previous);
      }
      kept = List.copyOf(read);
      readAt = System.nanoTime();
    }
    return kept;
  }

  /** Null before the first rotation. */
  private WebhookSecret previous() throws IOException {
    try {
      return version(PREVIOUS);
    } catch (IOException failure) {
      if (failure.getCause() instanceof ResourceNotFoundException) {
        return null;
      }
      throw failure;
    }
  }

  private WebhookSecret version(String stage) throws IOException {
    String text;
    try {
      text = client.getSecretValue(r -> r.secretId(arn).versionStage(stage)).secretString();
    } catch (SdkException failure) {
      throw new IOException(
          "the secret " + arn + " cannot be read: " + failure.getMessage(), failure);
    }
    try {
      return WebhookSecret.parse(text == null ? "" : text.strip());
    } catch (IllegalArgumentException wrong) {
      throw new IOException("the secret " + arn + ", " + stage + ": " + wrong.getMessage());
    }
  }
}
