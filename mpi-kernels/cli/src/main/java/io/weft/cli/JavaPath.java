package io.weft.cli;

import java.util.ArrayList;
import java.util.List;

/** How to start another JVM with the same classes: by module path where this one has it. */
public final class JavaPath {
  private static final String MODULES = "io.weft.ffi";

  private JavaPath() {}

  /**
   * The flags that give a JVM the classes of this one, and native access.
   *
   * @return the flags
   */
  public static List<String> ofThisJvm() {
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
    return mainClass(Weft.class);
  }

  /**
   * The words that name a main class, after the flags.
   *
   * @param main a class of this module
   * @return the words
   */
  public static List<String> mainClass(Class<?> main) {
    return main.getModule().isNamed()
        ? List.of("--module", main.getModule().getName() + "/" + main.getName())
        : List.of(main.getName());
  }
}
