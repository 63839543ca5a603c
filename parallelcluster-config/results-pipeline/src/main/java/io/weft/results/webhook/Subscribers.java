package io.weft.results.webhook;

import io.weft.results.Refused;
import io.weft.results.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import tools.jackson.databind.JsonNode;

/**
 * The file that names subscribers: {@code {"subscribers": [{"name", "url", "secret",
 * "perSecond"}]}}, where a secret is the ARN of one in AWS Secrets Manager, or {@code file:} and an
 * absolute path.
 */
final class Subscribers {
  private static final int MOST_CHARACTERS = 1 << 20;
  private static final int MOST_SUBSCRIBERS = 100;
  private static final String NAME = "[a-z0-9][a-z0-9-]{0,62}";
  private static final String FILE = "file:";
  private static final String ARN = "arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+";
  private static final long MOST_PER_SECOND = 100;

  private Subscribers() {}

  /**
   * Reads the file.
   *
   * @param file which
   * @param secretsManager made when the first secret needs it
   * @return subscribers, whose secrets were not yet read
   * @throws IOException if it cannot be read, or is none
   */
  static List<Subscriber> read(Path file, Supplier<SecretsManagerClient> secretsManager)
      throws IOException {
    try {
      return parse(Files.readString(file), secretsManager);
    } catch (Refused refused) {
      throw new IOException("the subscribers in " + file + ": " + refused.getMessage());
    }
  }

  static List<Subscriber> parse(String text, Supplier<SecretsManagerClient> secretsManager)
      throws Refused {
    JsonNode node = StrictJson.object("the file", text, MOST_CHARACTERS).path("subscribers");
    if (!node.isArray() || node.size() > MOST_SUBSCRIBERS) {
      throw new Refused("its subscribers are no array of at most " + MOST_SUBSCRIBERS);
    }
    List<Subscriber> subscribers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode one : node) {
      String name = StrictJson.string(one, "name", 63);
      if (!name.matches(NAME) || !names.add(name)) {
        throw new Refused(
            "a name that does not fit " + NAME + ", or is there twice: '" + name + "'");
      }
      try {
        subscribers.add(
            new Subscriber(
                name,
                WebhookUrl.parse(StrictJson.string(one, "url", 2000)),
                secrets(StrictJson.string(one, "secret", 2000), secretsManager),
                new RateLimit(StrictJson.number(one, "perSecond", 1, MOST_PER_SECOND))));
      } catch (IllegalArgumentException wrong) {
        throw new Refused("subscriber " + name + ": " + wrong.getMessage());
      }
    }
    return List.copyOf(subscribers);
  }

  private static SecretSource secrets(String text, Supplier<SecretsManagerClient> secretsManager) {
    if (text.startsWith(FILE)) {
      Path file = Path.of(text.substring(FILE.length()));
      if (file.isAbsolute()) {
        return new FileSecrets(file);
      }
    }
    if (text.matches(ARN)) {
      return new ManagedSecrets(secretsManager.get(), text);
    }
    // Not the text: somebody may have put the secret itself there.
    throw new IllegalArgumentException(
        "its secret is neither the ARN of a secret nor file: and an absolute path");
  }
}
