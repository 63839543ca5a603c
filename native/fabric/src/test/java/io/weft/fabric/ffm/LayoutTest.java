package io.weft.fabric.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares every offset and every constant with the real headers, by a C compiler. */
class LayoutTest {
  private static final List<String> HEADER_FOLDERS =
      List.of("/usr/include", "/opt/amazon/efa/include");

  private static final int FEWEST_CHECKS = 150;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"gcc", "aarch64-linux-gnu-gcc"})
  void agreesWithTheHeaders(String compiler) throws Exception {
    assumeTrue(isThere(compiler), compiler + " is not installed");
    assumeTrue(
        HEADER_FOLDERS.stream().anyMatch(each -> Files.exists(Path.of(each, "rdma/fabric.h"))),
        "libfabric's headers are not installed");
    String probe = probe();
    assertTrue(probe.lines().filter(line -> line.startsWith("_Static")).count() > FEWEST_CHECKS);
    assertEquals("", compile(compiler, probe));
  }

  @ParameterizedTest
  @ValueSource(strings = "gcc")
  void wouldNoticeAWrongOffset(String compiler) throws Exception {
    assumeTrue(isThere(compiler), compiler + " is not installed");
    String wrong = probe().replaceFirst("fi_info, caps\\) == 8", "fi_info, caps) == 16");
    assertTrue(compile(compiler, wrong).contains("static assertion failed"));
  }

  private static String probe() throws IllegalAccessException {
    StringBuilder c = new StringBuilder();
    for (String header :
        List.of(
            "fabric",
            "fi_domain",
            "fi_endpoint",
            "fi_tagged",
            "fi_cm",
            "fi_rma",
            "fi_atomic",
            "fi_trigger",
            "fi_ext")) {
      c.append("#include <rdma/").append(header).append(".h>\n");
    }
    for (Class<?> group : List.of(Layouts.class, ObjectLayouts.class, WorkLayouts.class)) {
      for (Class<?> struct : group.getDeclaredClasses()) {
        for (Field field : constants(struct)) {
          c.append("_Static_assert(")
              .append(claim(struct.getSimpleName(), field))
              .append(", \"\");\n");
        }
      }
    }
    for (Field field : constants(Constants.class)) {
      long value = ((Number) field.get(null)).longValue();
      c.append(
          "_Static_assert((uint64_t) %s == (uint64_t) %dLL, \"\");%n"
              .formatted(field.getName(), value));
    }
    return c.toString();
  }

  private static List<Field> constants(Class<?> of) {
    return List.of(of.getDeclaredFields()).stream()
        .filter(field -> Modifier.isPublic(field.getModifiers()) && !field.isSynthetic())
        .toList();
  }

  private static String claim(String struct, Field field) throws IllegalAccessException {
    long value = field.getLong(null);
    return switch (field.getName()) {
      case "sizeof" -> "sizeof(struct " + struct + ") == " + value;
      case "ROOM_BYTES" -> "sizeof(struct " + struct + ") <= " + value;
      default -> "offsetof(struct " + struct + ", " + field.getName() + ") == " + value;
    };
  }

  private String compile(String compiler, String source) throws Exception {
    Path file = Files.writeString(folder.resolve("probe.c"), source);
    // -idirafter: the cross compiler keeps its own C library's headers.
    Process process =
        new ProcessBuilder(
                compiler,
                "-fsyntax-only",
                "-idirafter",
                HEADER_FOLDERS.get(0),
                "-idirafter",
                HEADER_FOLDERS.get(1),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? output : "failed: " + output;
  }

  private static boolean isThere(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    }
  }
}
