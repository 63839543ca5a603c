package io.weft.results.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the example that Standard Webhooks and its libraries publish. */
class SignatureTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER = "whsec_" + Base64.getEncoder().encodeToString(new byte[24]);
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final long SECONDS = 1614265330;
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
  private static final String PUBLISHED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  @TempDir Path folder;

  @Test
  void isThePublishedOne() {
    assertEquals(PUBLISHED, Signature.of(List.of(WebhookSecret.parse(SECRET)), ID, SECONDS, BODY));
  }

  @Test
  void isOneForEachLiveSecret() {
    String both =
        Signature.of(
            List.of(WebhookSecret.parse(OTHER), WebhookSecret.parse(SECRET)), ID, SECONDS, BODY);
    assertEquals(2, both.split(" ").length, both);
    assertEquals(PUBLISHED, both.split(" ")[1]);
    assertNotEquals(PUBLISHED, both.split(" ")[0]);
  }

  @Test
  void changesWithEachPart() {
    List<WebhookSecret> secrets = List.of(WebhookSecret.parse(SECRET));
    assertNotEquals(PUBLISHED, Signature.of(secrets, ID + "x", SECONDS, BODY));
    assertNotEquals(PUBLISHED, Signature.of(secrets, ID, SECONDS + 1, BODY));
    assertNotEquals(PUBLISHED, Signature.of(secrets, ID, SECONDS, new byte[0]));
  }

  @Test
  void refusesWhatIsNoSecretAndDoesNotTellIt() {
    for (String wrong :
        List.of(
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "whsec_%%%",
            "whsec_",
            "whsec_c2hvcnQ=",
            "whsec_" + Base64.getEncoder().encodeToString(new byte[65]))) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> WebhookSecret.parse(wrong), wrong);
      assertFalse(refused.getMessage().contains("MfKQ"), refused.getMessage());
    }
    assertFalse(WebhookSecret.parse(SECRET).toString().contains("MfKQ"));
  }

  @Test
  void secretsAreReadFromAFileEachTime() throws IOException {
    Path file = folder.resolve("secret");
    Files.writeString(file, SECRET + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    FileSecrets secrets = new FileSecrets(file);
    assertEquals(PUBLISHED, Signature.of(secrets.live(), ID, SECONDS, BODY));
    Files.writeString(file, OTHER + "\n" + SECRET + "\n");
    assertEquals(2, secrets.live().size());
    Files.writeString(file, OTHER + "\n" + SECRET + "\n" + SECRET + "\n");
    assertThrows(IOException.class, secrets::live);
    Files.writeString(file, "\n");
    assertThrows(IOException.class, secrets::live);
    Files.writeString(file, SECRET);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    IOException open = assertThrows(IOException.class, secrets::live);
    assertTrue(open.getMessage().endsWith("chmod o= it"), open.getMessage());
  }
}
