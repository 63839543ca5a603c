package io.weft.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.weft.cli.ExitStatus;
import io.weft.cli.WeftException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/**
 * {@code weft batch} against a local server: in this process, since a JVM for each command would
 * take a minute; in one of its own where the environment is what is tested.
 */
final class WeftBatch {
  private static final long DEADLINE_SECONDS = 120;

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();

  /** What a command did. */
  record Result(int status, String out, String err) {
    Result assertStatus(int expected) {
      assertEquals(expected, status, this::toString);
      assertFalse(err.contains("\tat "), () -> "a stack trace for what a user can mend: " + this);
      return this;
    }

    /** One message, with all these words. */
    Result assertSays(String... words) {
      for (String word : words) {
        assertTrue(err.contains(word), () -> "\"" + word + "\" is not in " + this);
      }
      assertEquals(1, err.lines().filter(l -> l.startsWith("weft: ")).count(), this::toString);
      return this;
    }
  }

  WeftBatch(Path directory, String endpoint) {
    this.directory = directory;
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", directory.toString());
    environment.put("AWS_ENDPOINT_URL", endpoint);
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("AWS_REGION", "eu-west-1");
    environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    environment.put("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    environment.put("WEFT_BATCH_QUEUE", "weft-queue");
  }

  /** In a process whose environment lacks some variables. */
  Result runWithout(List<String> names, String... arguments)
      throws IOException, InterruptedException {
    names.forEach(environment::remove);
    return runProcess(arguments);
  }

  /** In this process. */
  Result run(String... arguments) {
    Map<String, String> properties =
        Map.of(
            "aws.endpointUrl", environment.get("AWS_ENDPOINT_URL"),
            "aws.region", environment.get("AWS_REGION"),
            "aws.accessKeyId", environment.get("AWS_ACCESS_KEY_ID"),
            "aws.secretAccessKey", environment.get("AWS_SECRET_ACCESS_KEY"));
    PrintStream usual = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    StringWriter out = new StringWriter();
    properties.forEach(System::setProperty);
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int status = commandLine(new PrintWriter(out)).execute(withQueue(arguments));
      return new Result(status, out.toString(), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(usual);
      properties.keySet().forEach(System::clearProperty);
    }
  }

  private String[] withQueue(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (arguments[0].equals("submit")) {
      all.addAll(1, List.of("--queue", environment.get("WEFT_BATCH_QUEUE")));
    }
    return all.toArray(String[]::new);
  }

  /** Ends as {@code weft} does; that it does is tested in processes. */
  private static CommandLine commandLine(PrintWriter out) {
    CommandLine line = new CommandLine(new BatchCommand());
    line.setOut(out);
    line.setExecutionExceptionHandler(
        (failure, at, parsed) -> {
          if (failure instanceof WeftException told) {
            System.err.println("weft: " + told.getMessage());
            return told.status();
          }
          throw failure;
        });
    line.setParameterExceptionHandler(
        (wrong, words) -> {
          System.err.println("weft: " + wrong.getMessage());
          return ExitStatus.USAGE;
        });
    return line;
  }

  private Result runProcess(String... arguments) throws IOException, InterruptedException {
    String surefire = System.getProperty("surefire.test.class.path");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            // The JDK's own folder is the home that the AWS SDK reads.
            "-Duser.home=" + directory,
            "-cp",
            surefire != null ? surefire : System.getProperty("java.class.path"),
            "io.weft.cli.Weft",
            "batch"));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(directory, "out", "");
    Path err = Files.createTempFile(directory, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      fail("not ended: " + Files.readString(out) + Files.readString(err));
    }
    return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
