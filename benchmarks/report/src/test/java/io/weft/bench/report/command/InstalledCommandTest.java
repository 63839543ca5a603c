package io.weft.bench.report.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.bench.report.ResultFiles;
import io.weft.bench.report.Synthetic;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

/** The folders that {@code scripts/weft} starts: {@code weft} with this plug-in beside it. */
class InstalledCommandTest {
  private static final Path PLUG_IN = Path.of("target", "app").toAbsolutePath();
  private static final Path WEFT =
      Path.of("..", "..", "mpi-kernels", "cli", "target", "app").toAbsolutePath().normalize();

  @TempDir private Path directory;

  @BeforeEach
  void skipUnlessBuilt() {
    for (Path folder : List.of(PLUG_IN, WEFT)) {
      Assumptions.assumeTrue(
          Files.isDirectory(folder),
          folder + " is not there before the first 'mvn package'; scripts/test makes it");
    }
  }

  private String weft(int status, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-p"));
    command.add(WEFT + File.pathSeparator + PLUG_IN);
    command.addAll(List.of("-m", "io.weft.cli/io.weft.cli.Weft"));
    command.addAll(List.of(arguments));
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(process.waitFor(300, TimeUnit.SECONDS), "weft has not ended");
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertEquals(status, process.exitValue(), text);
    return text;
  }

  @Test
  @DisplayName("weft --help names bench, bench --help its commands, and those their own statuses")
  void help() throws Exception {
    assertTrue(weft(0, "--help").contains("\n  bench  "));
    String bench = weft(0, "bench", "--help");
    assertTrue(bench.contains("\n  report") && bench.contains("\n  compare"), bench);
    String compare = weft(0, "bench", "compare", "--help");
    assertTrue(compare.contains("\n  1   a cell did"), compare);
  }

  @Test
  @DisplayName("a page is made by modules alone, and errors have weft's words")
  void page() throws Exception {
    Synthetic synthetic = new Synthetic(1);
    ResultFiles.write(
        directory.resolve("r.json"),
        synthetic.file(
            List.of(synthetic.cell(Synthetic.key("PingPong", "mpi", "efa", 8), "efa", 15_000))));
    assertEquals("weft: wrote r.html\n", weft(0, "bench", "report", "r.json"));
    assertTrue(Files.readString(directory.resolve("r.html")).contains("</html>"));
    String json = weft(0, "bench", "report", "r.json", "--format", "json");
    assertTrue(json.contains("\"weft-bench-statistics\""), json);
    String error = weft(2, "bench", "report", "none.json");
    assertTrue(error.startsWith("weft: none.json is not there"), error);
    assertTrue(error.contains("See 'weft bench report --help'."), error);
    String same = weft(2, "bench", "compare", "r.json", "missing.json");
    assertTrue(same.contains("missing.json is not there"), same);
  }
}
