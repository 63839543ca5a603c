package io.weft.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The command line of a rank's JVM. */
final class RankJvm {
  /** Small and quiet: up to four of these share the machine with JUnit's JVM. */
  static final String DEFAULTS =
      "--enable-native-access=ALL-UNNAMED -Xmx256m -XX:+UseSerialGC -XX:ActiveProcessorCount=1"
          + " -Xshare:auto -ea";

  private RankJvm() {}

  /** The defaults and what is added to them; a collector that is asked for takes the place. */
  static List<String> flags(List<String> added) {
    List<String> flags = new ArrayList<>(List.of(DEFAULTS.split(" ")));
    if (added.stream().anyMatch(flag -> flag.matches("-XX:\\+Use\\w+GC"))) {
      flags.remove("-XX:+UseSerialGC");
    }
    flags.addAll(added);
    return flags;
  }

  /** The {@code weft.} properties of this JVM as flags. */
  static List<String> properties() {
    List<String> flags = new ArrayList<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith("weft.")) {
        flags.add("-D" + name + "=" + System.getProperty(name));
      }
    }
    Collections.sort(flags);
    return flags;
  }

  /** The class path of this JVM's tests. */
  static String classPath() {
    // Surefire may start this JVM with one jar that only names the others, and says them here.
    String surefire = System.getProperty("surefire.test.class.path");
    return surefire != null ? surefire : System.getProperty("java.class.path");
  }

  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** Writes arguments to a file that {@code java @file} reads; keeps the command lines short. */
  static void writeArguments(Path file, List<String> arguments) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String argument : arguments) {
      text.append('"')
          .append(argument.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
          .append("\"\n");
    }
    Files.writeString(file, text);
  }
}
