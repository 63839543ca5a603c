package io.weft.bench.report.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.bench.report.Cell;
import io.weft.bench.report.ResultFile;
import io.weft.bench.report.ResultFiles;
import io.weft.bench.report.Synthetic;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The subcommands, their output and their exit statuses. */
class BenchCommandTest {
  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String good;
  private String slower;

  private static ResultFile result(long seed, int rounds, double factor) {
    Synthetic synthetic = new Synthetic(seed).rounds(rounds, 3);
    List<Cell> cells = new ArrayList<>();
    for (long bytes : new long[] {8, 64, 512}) {
      for (String network : List.of("efa", "ena")) {
        double nanos = bytes == 64 && network.equals("efa") ? 15_000 * factor : 15_000;
        cells.add(synthetic.cell(Synthetic.key("PingPong", "mpi", network, bytes), network, nanos));
      }
    }
    return synthetic.file(cells);
  }

  private String write(String name, ResultFile result) throws IOException {
    Path file = directory.resolve(name);
    ResultFiles.write(file, result);
    return file.toString();
  }

  @BeforeEach
  void files() throws IOException {
    good = write("good.json", result(1, 10, 1));
    slower = write("slower.json", result(2, 10, 1.2));
  }

  private int bench(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return new CommandLine(new BenchCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private void assertRefused(String message, String... arguments) {
    assertEquals(2, bench(arguments), () -> out + "\n" + err);
    assertTrue(err.toString().contains(message), err::toString);
  }

  @Test
  @DisplayName("compare ends with 0 for equals, with 1 for a regression, with 0 for an improvement")
  void compare() throws IOException {
    String again = write("again.json", result(3, 10, 1));
    assertEquals(0, bench("compare", good, again), out::toString);
    assertTrue(
        out.toString().contains("compared    6 cells: 0 slower and 0 faster"), out::toString);
    assertEquals(1, bench("compare", good, slower), out::toString);
    assertTrue(
        out.toString().contains("REGRESSION  PingPong via=mpi network=efa bytes=64 ranks=2: 1"),
        out::toString);
    assertTrue(out.toString().contains("compared    6 cells: 1 slower"), out::toString);
    assertEquals(0, bench("compare", slower, good), out::toString);
    assertTrue(out.toString().contains("improvement PingPong"), out::toString);
  }

  @Test
  @DisplayName("compare --threshold says what is a regression, and refuses what is no percentage")
  void threshold() {
    assertEquals(0, bench("compare", good, slower, "--threshold", "30"), out::toString);
    assertTrue(out.toString().contains("small       PingPong"), out::toString);
    assertTrue(out.toString().contains("more than 30% apart"), out::toString);
    assertEquals(1, bench("compare", good, slower, "--threshold", "2.5"), out::toString);
    assertTrue(out.toString().contains("more than 2.5% apart"), out::toString);
    assertRefused("--threshold", "compare", good, slower, "--threshold", "-1");
    assertRefused("--threshold", "compare", good, slower, "--threshold", "much");
    assertRefused("--threshold", "compare", good, slower, "--threshold", "NaN");
  }

  @Test
  @DisplayName("compare --json prints every cell with its verdict")
  void json() {
    assertEquals(1, bench("compare", good, slower, "--json"));
    JsonNode document = JsonMapper.builder().build().readTree(out.toString());
    assertEquals(6, document.get("changes").size());
    assertTrue(document.get("regression").asBoolean());
    JsonNode change =
        document
            .get("changes")
            .valueStream()
            .filter(c -> c.get("verdict").asString().equals("REGRESSION"))
            .findFirst()
            .orElseThrow();
    assertEquals(64, change.at("/key/bytes").asInt());
    assertTrue(change.get("timeRatioLow").asDouble() < 1.2);
    assertTrue(change.get("timeRatioHigh").asDouble() > 1.2);
  }

  @Test
  @DisplayName("compare refuses files that cannot show a change rather than pass them")
  void cannotTell() throws IOException {
    String few = write("few.json", result(4, 4, 1));
    assertRefused("each file needs 5", "compare", few, write("few2.json", result(5, 4, 9)));
    assertTrue(out.toString().contains("warning     6 of 6 cells"), out::toString);
    Synthetic synthetic = new Synthetic(6);
    String other =
        write(
            "other.json",
            synthetic.file(
                List.of(synthetic.cell(Synthetic.key("Barrier", "mpi", "efa", 0), "efa", 1))));
    assertRefused("no cell in common", "compare", good, other);
    assertTrue(out.toString().contains("only in old PingPong"), out::toString);
    assertTrue(out.toString().contains("only in new Barrier"), out::toString);
  }

  @Test
  @DisplayName("wrong arguments and files that are none end with 2 and say what to do")
  void refused() throws IOException {
    assertRefused("say which command");
    assertRefused("FILE", "report");
    assertRefused("OLD", "compare");
    assertRefused("NEW", "compare", good);
    String missing = directory.resolve("missing.json").toString();
    assertRefused("is not there", "report", missing);
    assertRefused("is not there", "compare", good, missing);
    assertRefused("FORMAT", "report", good, "--format", "pdf");
    assertRefused("html, md, csv, json", "report", good, "--format", "pdf");
    assertRefused("named twice", "report", good, good, "--format", "md");
    Path copy = Files.copy(Path.of(good), directory.resolve("copy.json"));
    assertRefused("one and the same", "report", good, copy.toString(), "--format", "md");
    assertRefused("suffix tells no format", "report", good, "--out", "page.pdf");
    assertRefused("would be replaced", "report", good, "--out", good);
    assertRefused("is a folder", "report", good, "--format", "md", "--out", directory.toString());
    assertRefused("cannot be written", "report", good, "--out", good + "/page.html");
  }

  @Test
  @DisplayName("report writes what its suffix or --format says, and prints without --out")
  void report() throws IOException {
    for (String suffix : List.of("html", "md", "csv", "json")) {
      Path target = directory.resolve("out." + suffix);
      assertEquals(0, bench("report", good, "--out", target.toString()), err::toString);
      String text = Files.readString(target);
      assertTrue(
          text.startsWith(
              switch (suffix) {
                case "html" -> "<!DOCTYPE html>";
                case "md" -> "# Weft benchmarks";
                case "csv" -> "run,table,";
                default -> "{";
              }),
          suffix);
      assertTrue(err.toString().contains("wrote " + target), err::toString);
      assertEquals("", out.toString());
      if (!suffix.equals("html")) {
        assertEquals(0, bench("report", good, "--format", suffix));
        assertEquals(text, out.toString());
      }
    }
    Path named = directory.resolve("numbers.txt");
    assertEquals(0, bench("report", good, slower, "--format", "md", "--out", named.toString()));
    assertTrue(Files.readString(named).contains("good.json"));
    assertFalse(Files.readString(named).contains("Run 1 of 2"), "one machine is one run");
  }
}
