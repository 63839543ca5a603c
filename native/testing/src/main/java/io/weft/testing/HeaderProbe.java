package io.weft.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares numbers declared in Java (offsets, sizes, constants) with C headers, by asking a C
 * compiler. Nothing is run, so a cross compiler answers for its machine.
 *
 * <pre>{@code
 * HeaderProbe.of("aarch64-linux-gnu-gcc")
 *     .include(Path.of("/usr/include"))
 *     .header("rdma/fabric.h")
 *     .expect("offsetof(struct fi_info, caps)", INFO.byteOffset(groupElement("caps")))
 *     .expect("FI_TAGGED", FI_TAGGED)
 *     .check();
 * }</pre>
 *
 * <p>Confined to one thread.
 */
public final class HeaderProbe {
  private static final String SETUP = "Install it: scripts/setup test";

  private final String compiler;
  private final List<String> flags = new ArrayList<>(List.of("-std=gnu11", "-w"));
  private final List<String> headers = new ArrayList<>(List.of("stddef.h"));
  private final Map<String, Long> expected = new LinkedHashMap<>();

  private HeaderProbe(String compiler) {
    this.compiler = compiler;
  }

  /**
   * Begins a probe.
   *
   * @param compiler the name of a C compiler that takes GCC's flags
   * @return a probe that expects nothing yet
   */
  public static HeaderProbe of(String compiler) {
    return new HeaderProbe(compiler);
  }

  /**
   * Adds directories of headers. They are searched after the compiler's own, so that a cross
   * compiler can be given {@code /usr/include} and still finds its own C library first.
   *
   * @param directories which
   * @return this
   */
  public HeaderProbe include(Path... directories) {
    for (Path directory : directories) {
      flags.add("-idirafter");
      flags.add(directory.toString());
    }
    return this;
  }

  /**
   * Adds a header.
   *
   * @param name as between the angle brackets
   * @return this
   */
  public HeaderProbe header(String name) {
    headers.add(name);
    return this;
  }

  /**
   * Adds an expectation.
   *
   * @param expression a constant expression in C of an integer type, one line; {@code offsetof} is
   *     known. Of 64 bits; unsigned ones compare by their bits
   * @param value what Java declares
   * @return this
   * @throws IllegalArgumentException if the expression is there already with another value
   */
  public HeaderProbe expect(String expression, long value) {
    Long before = expected.putIfAbsent(expression, value);
    if (before != null && before != value) {
      throw new IllegalArgumentException(expression + " is expected to be " + before + " already");
    }
    return this;
  }

  /**
   * Compiles; blocks for as long as the compiler takes.
   *
   * @throws AssertionError that lists each expectation that does not hold, with both values, or
   *     that the compiler or a header is missing
   */
  public void check() {
    if (expected.isEmpty()) {
      throw new AssertionError("a probe that expects nothing checks nothing");
    }
    try {
      Path directory = Files.createTempDirectory("weft-probe-");
      try {
        check(directory);
      } finally {
        JobDirectories.delete(directory);
      }
    } catch (IOException failed) {
      throw new AssertionError(compiler + " cannot be asked: " + failed, failed);
    }
  }

  private void check(Path directory) throws IOException {
    List<String> expressions = List.copyOf(expected.keySet());
    List<String> asserts = new ArrayList<>();
    for (String expression : expressions) {
      asserts.add(
          "_Static_assert((long long)(%s) == (long long)0x%xULL, \"\");"
              .formatted(expression, expected.get(expression)));
    }
    Path source = directory.resolve("probe.c");
    Output output = compile(source, asserts, "-fsyntax-only");
    if (output.status == 0) {
      return;
    }
    Map<Integer, String> errors = errors(source, output.text);
    if (errors.isEmpty() || errors.keySet().stream().anyMatch(line -> !isExpectation(line))) {
      throw new AssertionError(
          String.join(" ", output.command) + " failed:\n" + output.text + advice(output.text));
    }
    StringBuilder text = new StringBuilder();
    text.append(errors.size()).append(" of ").append(expected.size());
    text.append(" declarations differ from the headers of ").append(compiler).append(':');
    for (Map.Entry<Integer, String> error : errors.entrySet()) {
      String expression = expressions.get(error.getKey() - firstLine());
      text.append("\n  ").append(expression).append(": declared ").append(expected.get(expression));
      text.append(", ").append(actual(directory, expression, error.getValue()));
    }
    throw new AssertionError(text.toString());
  }

  /**
   * The value of an expression, drawn from assembly: an immediate operand is printed into it, by
   * compilers for every machine.
   */
  private String actual(Path directory, String expression, String error) throws IOException {
    Output output =
        compile(
            directory.resolve("value.c"),
            List.of(
                "void probe(void) { __asm__ volatile(\"\\n#weft %c0\\n\" :: \"i\" ((long long)("
                    + expression
                    + "))); }"),
            "-S",
            "-O1",
            "-o",
            "-");
    Matcher value = Pattern.compile("#weft (-?\\d+)").matcher(output.text);
    return output.status == 0 && value.find() ? "is " + value.group(1) : error;
  }

  private Output compile(Path source, List<String> body, String... more) throws IOException {
    List<String> lines = new ArrayList<>();
    headers.forEach(header -> lines.add("#include <" + header + ">"));
    lines.addAll(body);
    Files.write(source, lines);
    List<String> command = new ArrayList<>(List.of(compiler));
    command.addAll(flags);
    command.addAll(Arrays.asList(more));
    command.add(source.toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    // Its messages are parsed.
    builder.environment().put("LC_ALL", "C");
    builder.redirectErrorStream(true).redirectInput(new File("/dev/null"));
    try {
      Process process = builder.start();
      String text = new String(process.getInputStream().readAllBytes());
      return new Output(command, process.waitFor(), text);
    } catch (IOException missing) {
      throw new AssertionError(
          "no C compiler " + compiler + " (" + missing.getMessage() + "). " + SETUP, missing);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while " + compiler + " ran", interrupted);
    }
  }

  /** Each line of the source that has an error, with the first one's text. */
  private static Map<Integer, String> errors(Path source, String text) {
    Map<Integer, String> errors = new TreeMap<>();
    Matcher matcher =
        Pattern.compile(
                "^" + Pattern.quote(source.toString()) + ":(\\d+):.*?error: (.*)$",
                Pattern.MULTILINE)
            .matcher(text);
    while (matcher.find()) {
      errors.putIfAbsent(Integer.parseInt(matcher.group(1)), matcher.group(2));
    }
    return errors;
  }

  private int firstLine() {
    return headers.size() + 1;
  }

  private boolean isExpectation(int line) {
    return line >= firstLine();
  }

  private static String advice(String text) {
    return text.contains("No such file or directory") ? SETUP : "";
  }

  private record Output(List<String> command, int status, String text) {}
}
