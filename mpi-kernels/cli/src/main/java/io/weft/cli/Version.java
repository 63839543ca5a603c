package io.weft.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Weft's own version, which the build writes into {@code version.properties}. */
final class Version implements IVersionProvider {
  /** Made by picocli. */
  Version() {}

  static String weft() {
    try (InputStream stream = Version.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(stream);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "weft " + weft(), "Java " + Runtime.version(), System.getProperty("java.home")
    };
  }
}
