package io.weft.results.aws;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How tests start a JVM with what is under test, with the heap that {@code scripts/weft} gives. */
final class ShipperProcess {
  private ShipperProcess() {}

  /** The command line. */
  static List<String> command(String main, String... arguments) {
    String path = System.getProperty("surefire.test.class.path");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-cp"));
    command.add(path == null ? System.getProperty("java.class.path") : path);
    command.add(main);
    command.addAll(List.of(arguments));
    return command;
  }
}
