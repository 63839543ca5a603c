package io.weft.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What goes in comes out, and what cannot be right does neither. */
class ResultFilesTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void file() {
    file = directory.resolve("folder").resolve("result.json");
  }

  private static ResultFile good() {
    Synthetic synthetic = new Synthetic(1).rounds(3, 2);
    return synthetic.file(
        Synthetic.environment("a caveat"),
        List.of(
            synthetic.cell(Synthetic.key("PingPong", "mpi", "efa", 8), "efa", 15_000),
            synthetic.cell(Synthetic.key("Barrier", "mpi", "efa", 0), "efa", 25_000)),
        List.of(new AbsentCell(Synthetic.key("PingPong", "mpi", "ena", 8), "no such card")));
  }

  @Test
  @DisplayName("a file is read as it was written, and replaced whole")
  void roundTrip() throws IOException {
    ResultFiles.write(file, good());
    assertEquals(good(), ResultFiles.read(file));
    ResultFile other = SyntheticPage.result();
    ResultFiles.write(file, other);
    assertEquals(other, ResultFiles.read(file));
    try (Stream<Path> left = Files.list(file.getParent())) {
      assertEquals(List.of(file), left.toList());
    }
  }

  private String refusal() {
    return assertThrows(ResultFileException.class, () -> ResultFiles.read(file)).getMessage();
  }

  private String refusal(String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    String message = refusal();
    assertTrue(message.startsWith(file + " "), message);
    assertTrue(message.contains("; "), () -> "what to do is not said: " + message);
    return message;
  }

  @Test
  @DisplayName("no file, a folder, an empty file, a broken one, another kind, another version")
  void noResult() throws IOException {
    assertTrue(refusal().contains("is not there"), this::refusal);
    assertTrue(refusal("").contains("is empty"));
    assertTrue(refusal(" \n").contains("is empty"));
    assertTrue(refusal("{\n  \"format\": \"weft-bench\",\n  \"vers").contains("line 3"));
    assertTrue(refusal("[]").contains("\"format\" is not \"weft-bench\""));
    assertTrue(refusal("{\"format\": \"other\"}").contains("\"format\" is not \"weft-bench\""));
    assertTrue(refusal("[{\"benchmark\": \"x\", \"primaryMetric\": {}}]").contains("JMH's own"));
    assertTrue(refusal("{\"format\": \"weft-bench\"}").contains("version unknown"));
    String version = refusal("{\"format\": \"weft-bench\", \"version\": 7}");
    assertTrue(version.contains("version 7, and this weft reads version 1"), version);
    Files.delete(file);
    Files.createDirectory(file);
    assertTrue(refusal().contains("is a folder"), this::refusal);
    byte[] noText = {(byte) 0xff, (byte) 0xfe, 0};
    Files.delete(file);
    Files.write(file, noText);
    assertTrue(refusal().contains("cannot be read"), this::refusal);
  }

  /** Changes one thing in good JSON. */
  private interface Change {
    void apply(ObjectNode root);
  }

  private static ObjectNode cell(ObjectNode root) {
    return (ObjectNode) root.get("cells").get(0);
  }

  private static ObjectNode round(ObjectNode root) {
    return (ObjectNode) cell(root).get("rounds").get(1);
  }

  private static Arguments change(String message, Change change) {
    return Arguments.of(message, change);
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        change("lacks created", root -> root.remove("created")),
        change(
            "lacks cells[0].found.provider",
            r -> ((ObjectNode) cell(r).get("found")).remove("provider")),
        change("lacks cells[0].rounds[1].percentiles", root -> round(root).remove("percentiles")),
        change("has speed, which this version does not know", root -> root.put("speed", 1)),
        change("has cells[0].rounds[1].color", root -> round(root).put("color", "red")),
        change("null where cells is to be a list", root -> root.putNull("cells")),
        change("an object where cells is to be a list", root -> root.putObject("cells")),
        change("7 where created is to be a text", root -> root.put("created", 7)),
        change("created is to be a time in UTC", root -> root.put("created", "yesterday")),
        change(
            "\"FAST\" where cells[0].quantity is to be one of TIME",
            r -> cell(r).put("quantity", "FAST")),
        change(
            "cells[0].key.ranks is to be a whole number",
            r -> ((ObjectNode) cell(r).get("key")).put("ranks", 2.5)),
        change("cells[0].key.bytes is -1", r -> ((ObjectNode) cell(r).get("key")).put("bytes", -1)),
        change("cells[0].rounds is empty", root -> cell(root).putArray("rounds")),
        change("cells[0].rounds[1].nanos is empty", root -> round(root).putArray("nanos")),
        change(
            "cells[0].rounds[1].nanos[0] is -3.0", root -> round(root).putArray("nanos").add(-3.0)),
        change(
            "cells[0].rounds[1].nanos[0] is 0.0", root -> round(root).putArray("nanos").add(0.0)),
        change(
            "\"NaN\" where cells[0].rounds[1].nanos[1] is to be a number",
            r -> round(r).putArray("nanos").add(1.0).add(Double.NaN)),
        change(
            "null where cells[0].rounds[1].nanos[0] is to be a number",
            r -> round(r).putArray("nanos").addNull()),
        change("cells[0].rounds[1].cores is \"warm\"", root -> round(root).put("cores", "warm")),
        change("cells[0].rounds[1].round is there twice", root -> round(root).put("round", 1)),
        change(
            "cells[0].rounds[1].allocatedBytes is -1.0", r -> round(r).put("allocatedBytes", -1.0)),
        change(
            "cells[0].rounds[1].percentiles is not ascending",
            r -> ((ObjectNode) round(r).get("percentiles")).put("p90", 1e-3)),
        change("cells[0].perOperation is 0.0", root -> cell(root).put("perOperation", 0.0)),
        change(
            "cells[0] and cells[2] are both",
            r -> ((ArrayNode) r.get("cells")).add(cell(r).deepCopy())),
        change(
            "absent[0].reason is blank",
            r -> ((ObjectNode) r.get("absent").get(0)).put("reason", " ")),
        change("environment.cores is 0", r -> ((ObjectNode) r.get("environment")).put("cores", 0)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  @DisplayName("one thing that is not as it is to be is named by its place")
  void changed(String message, Change change) throws IOException {
    ResultFiles.write(file, good());
    ObjectNode root = (ObjectNode) MAPPER.readTree(Files.readString(file));
    change.apply(root);
    String refusal = refusal(MAPPER.writeValueAsString(root));
    assertTrue(refusal.contains(message), refusal);
  }

  @Test
  @DisplayName("a number too large for one is refused")
  void infinite() throws IOException {
    ResultFiles.write(file, good());
    JsonNode first = MAPPER.readTree(Files.readString(file)).at("/cells/0/rounds/0/nanos/0");
    String refusal = refusal(Files.readString(file).replaceFirst(first.toString(), "1e999"));
    assertTrue(refusal.contains("cells[0].rounds[0].nanos[0] is Infinity"), refusal);
  }

  @Test
  @DisplayName("a member that is there twice is refused")
  void twice() throws IOException {
    ResultFiles.write(file, good());
    String text = Files.readString(file);
    assertTrue(refusal(text.replaceFirst("\\{", "{\"version\": 1,")).contains("is no JSON"));
  }

  @Test
  @DisplayName("what cannot have been measured is not written either")
  void writing() {
    ResultFile good = good();
    Cell cell = good.cells().getFirst();
    Round bad = new Round(1, "near", List.of(Double.NaN), null, 0, "");
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell(cell.key(), cell.quantity(), 1, "x", 1, cell.found(), List.of(bad)));
    ResultFile wrong =
        new ResultFile(
            ResultFile.FORMAT,
            1,
            good.created(),
            good.environment(),
            good.method(),
            cells,
            List.of());
    String message =
        assertThrows(ResultFileException.class, () -> ResultFiles.write(file, wrong)).getMessage();
    assertTrue(message.contains("nanos[0] is NaN"), message);
    assertFalse(Files.exists(file));
  }
}
