package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What goes to standard output, to a terminal, and to which folder. */
@Isolated
class OutputTest {
  private static final double DEADLINE_SECONDS = 20;

  @TempDir private Path directory;

  private WeftProcess weft(String arguments) {
    return WeftProcess.of(directory, arguments.split(" "));
  }

  @Test
  @DisplayName("--json prints the record and nothing else")
  void json() throws Exception {
    WeftResult result = weft("run cg --ranks 2 --json --out bundle").run().assertOk();
    assertEquals(BundleReader.result(directory.resolve("bundle")), result.json());
  }

  @Test
  @DisplayName("--compare prints one table with a row for each network, and keeps all bundles")
  void compare() throws Exception {
    WeftResult result =
        weft("run cg --ranks 2 --compare ena,shm --rounds 1 --out both").run().assertOk();
    List<String> lines = result.out().lines().toList();
    assertEquals(4, lines.size(), result::toString);
    assertTrue(
        lines.get(0).startsWith("cg class S on 2 ranks via mpi; median of 1"), lines::toString);
    assertTrue(lines.get(1).startsWith("network  found"), lines::toString);
    assertTrue(lines.get(2).matches("ena +tcp \\(lo\\) .* 1\\.00"), lines::toString);
    assertTrue(lines.get(3).matches("shm +shm .*"), lines::toString);
    assertEquals(List.of("ena-1", "shm-1"), BundleReader.names(directory.resolve("both")));
    for (String one : List.of("ena-1", "shm-1")) {
      BundleReader.result(directory.resolve("both").resolve(one));
    }
  }

  @Test
  @DisplayName("--compare --json prints every run's record")
  void compareJson() throws Exception {
    WeftResult result =
        weft("run cg --ranks 2 --compare shm,ena --rounds 1 --json").run().assertOk();
    JsonNode json = result.json();
    assertEquals(2, json.size());
    assertEquals("shm", json.get(0).get("network").asString());
    assertEquals("verified", json.get(1).get("runs").get(0).get("status").asString());
  }

  @Test
  @DisplayName("--compare of a kernel with a wrong result says so, and prints no table")
  void compareWrong() throws Exception {
    WeftResult result = weft("run nan --ranks 2 --compare ena,shm --rounds 1").run();
    result.assertFails(ExitStatus.FAILED, "WRONG RESULT");
    assertEquals("", result.out());
  }

  @Test
  @DisplayName("--out that is not empty")
  void notEmpty() throws Exception {
    Path out = Files.createDirectory(directory.resolve("out"));
    Files.writeString(out.resolve("notes"), "dear");
    weft("run cg --out out")
        .deadline(DEADLINE_SECONDS)
        .run()
        .assertFails(ExitStatus.USAGE, "--out", "out is not empty", "empty directory");
    assertEquals(List.of("notes"), BundleReader.names(out));
  }

  @ParameterizedTest
  @CsvSource({
    "file, 2, no directory",
    "file/below, 3, file",
    "/proc/weft-test, 3, /proc/weft-test"
  })
  @DisplayName("--out where nothing can be written")
  void notWritable(String out, int status, String word) throws Exception {
    Files.writeString(directory.resolve("file"), "dear");
    weft("run cg --out " + out)
        .deadline(DEADLINE_SECONDS)
        .run()
        .assertFails(status, out, word, "--out");
    assertEquals("dear", Files.readString(directory.resolve("file")));
  }

  @Test
  @DisplayName("on a terminal progress is a bar")
  void bar() throws Exception {
    Terminal.skipUnlessPossible();
    WeftResult result = Terminal.in(weft("run waits --class T --ranks 2 --out bundle")).run();
    assertEquals(0, result.status(), result::toString);
    assertTrue(result.out().contains("\rwaits step"), result::toString);
    assertTrue(
        result.out().matches("(?s).*waits step +\\d+% \\[=*>? *] +\\d+/50 .*"), result::toString);
    assertFalse(result.out().contains("step 1 of 50"), result::toString);
    assertTrue(result.out().contains("verified      unit = 1.0"), result::toString);
  }

  @Test
  @DisplayName("elsewhere progress is plain lines on standard error")
  void plain() throws Exception {
    WeftResult result = weft("run waits --class T --ranks 2 --out bundle").run().assertOk();
    assertTrue(result.err().contains("weft: waits step 1 of 50\n"), result::toString);
    assertFalse(result.err().contains("\r"), result::toString);
  }
}
