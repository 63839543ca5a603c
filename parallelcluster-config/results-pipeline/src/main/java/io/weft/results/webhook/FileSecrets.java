package io.weft.results.webhook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/** Secrets in a file that only its owner and group can read: a line each, the newer first. */
final class FileSecrets implements SecretSource {
  private static final int MOST_BYTES = 1000;
  private static final int MOST_SECRETS = 2;

  private final Path file;

  FileSecrets(Path file) {
    this.file = file;
  }

  @Override
  public List<WebhookSecret> live() throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
      throw new IOException("the secrets in " + file + " can be read by everybody: chmod o= it");
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException("the file " + file + " is too long to be one or two secrets");
    }
    List<String> lines =
        Files.readAllLines(file).stream().map(String::strip).filter(s -> !s.isEmpty()).toList();
    if (lines.isEmpty() || lines.size() > MOST_SECRETS) {
      throw new IOException("the file " + file + " has not one or two lines, each a secret");
    }
    try {
      return lines.stream().map(WebhookSecret::parse).toList();
    } catch (IllegalArgumentException wrong) {
      throw new IOException("the file " + file + ": " + wrong.getMessage());
    }
  }
}
