package io.weft.results.webhook;

import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The way to AWS Secrets Manager, made when the first secret needs it. Safe for several threads.
 */
final class Secrets implements AutoCloseable {
  private SecretsManagerClient client;

  synchronized SecretsManagerClient client() {
    if (client == null) {
      client = SecretsManagerClient.builder().httpClient(ApacheHttpClient.create()).build();
    }
    return client;
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
  }
}
