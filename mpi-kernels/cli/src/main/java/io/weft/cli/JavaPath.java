package io.weft.cli;

import java.util.ArrayList;
import java.util.List;

/** How to start another JVM with the same classes: by module path where this one has it. */
final class JavaPath {
  private static final String MODULES = "io.weft.ffi";

  private JavaPath() {}

  static List<String> ofThisJvm() {
    List<String> result = new ArrayList<>();
    if (JavaPath.class.getModule().isNamed()) {
      result.add("--enable-native-access=" + MODULES);
      result.add("--module-path");
      result.add(System.getProperty("jdk.module.path"));
    } else {
      result.add("--enable-native-access=ALL-UNNAMED");
      result.add("--class-path");
      result.add(System.getProperty("java.class.path"));
    }
    return result;
  }

  static List<String> mainClass() {
    return JavaPath.class.getModule().isNamed()
        ? List.of("--module", JavaPath.class.getModule().getName() + "/" + Weft.class.getName())
        : List.of(Weft.class.getName());
  }
}
