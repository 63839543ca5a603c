package io.weft.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folders that {@code scripts/weft} starts, as modules: {@code weft} with this beside it. */
class InstalledBatchTest {
  private static final String ID = "4ec4a8f0-0000-4444-8888-111122223333";
  private static final Path PLUG_IN = Path.of("target", "app").toAbsolutePath();
  private static final Path WEFT =
      Path.of("..", "..", "..", "mpi-kernels", "cli", "target", "app").toAbsolutePath().normalize();

  @TempDir private Path directory;

  @BeforeEach
  void skipUnlessBuilt() {
    for (Path folder : List.of(PLUG_IN, WEFT)) {
      Assumptions.assumeTrue(
          Files.isDirectory(folder),
          folder + " is not there before the first 'mvn package'; scripts/test makes it");
    }
  }

  private String weft(String endpoint, int status, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-p"));
    command.add(WEFT + File.pathSeparator + PLUG_IN);
    command.addAll(List.of("-m", "io.weft.cli/io.weft.cli.Weft"));
    command.addAll(List.of(arguments));
    Path output = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("AWS_ENDPOINT_URL", endpoint);
    builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    builder.environment().put("AWS_REGION", "eu-west-1");
    builder.environment().put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "secret");
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(120, TimeUnit.SECONDS), "weft has not ended");
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    assertEquals(status, process.exitValue(), text);
    return text;
  }

  @Test
  @DisplayName("weft --help names batch, and a call to AWS goes through modules alone, silently")
  void modules() throws Exception {
    try (AwsStub aws = new AwsStub()) {
      assertTrue(weft(aws.url(), 0, "--help").contains("\n  batch "));
      aws.answer("describejobs", "{'jobs':[{'jobId':'" + ID + "','status':'SUCCEEDED'}]}");
      assertEquals(ID + " SUCCEEDED\n", weft(aws.url(), 0, "batch", "watch", ID));
    }
  }
}
