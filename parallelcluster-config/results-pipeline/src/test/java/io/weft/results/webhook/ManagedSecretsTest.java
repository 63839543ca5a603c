package io.weft.results.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.results.aws.Moto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** A secret's rotation, against moto, which moves the stages of versions as AWS does. */
class ManagedSecretsTest {
  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

  @TempDir private static Path folder;
  private static Moto moto;
  private static SecretsManagerClient client;

  @BeforeAll
  static void start() throws Exception {
    moto = Moto.start(folder);
    moto.useInThisProcess();
    client = SecretsManagerClient.create();
  }

  @AfterAll
  static void stop() {
    if (client != null) {
      client.close();
    }
    if (moto != null) {
      moto.close();
    }
  }

  /** Of bytes that a number stands for. */
  private static String secret(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    return "whsec_" + Base64.getEncoder().encodeToString(bytes);
  }

  private static String signatures(List<WebhookSecret> secrets) {
    return Signature.of(secrets, "id", 1, BODY);
  }

  private static String by(int... numbers) {
    return signatures(
        java.util.Arrays.stream(numbers).mapToObj(n -> WebhookSecret.parse(secret(n))).toList());
  }

  @Test
  void twoAreLiveWhileANewOneTakesOver() throws Exception {
    String arn = client.createSecret(r -> r.name("ci").secretString(secret(1))).arn();
    ManagedSecrets first = new ManagedSecrets(client, arn);
    assertEquals(by(1), signatures(first.live()));
    client.putSecretValue(r -> r.secretId(arn).secretString(secret(2) + "\n"));
    // What was read is kept for some minutes, so that not each message costs a call.
    assertEquals(by(1), signatures(first.live()));
    String both = signatures(new ManagedSecrets(client, arn).live());
    assertEquals(by(2, 1), both);
    // A receiver that knows only one of the two finds its signature.
    assertTrue(List.of(both.split(" ")).contains(by(1)));
    assertTrue(List.of(both.split(" ")).contains(by(2)));
    client.putSecretValue(r -> r.secretId(arn).secretString(secret(3)));
    assertEquals(by(3, 2), signatures(new ManagedSecrets(client, arn).live()), "1 lives no more");
  }

  @Test
  void whatIsNoSecretIsSaidWithoutIt() throws Exception {
    String arn = client.createSecret(r -> r.name("wrong").secretString("hunter2")).arn();
    IOException wrong =
        assertThrows(IOException.class, () -> new ManagedSecrets(client, arn).live());
    assertTrue(wrong.getMessage().contains("AWSCURRENT: a secret does not begin with whsec_"));
    assertFalse(wrong.getMessage().contains("hunter2"));
    IOException none =
        assertThrows(IOException.class, () -> new ManagedSecrets(client, arn + "x").live());
    assertTrue(none.getMessage().contains("cannot be read"), none.getMessage());
  }
}
