package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The result bundle. */
class BundleTest {
  /** SHA-256 of "abc", FIPS 180-4's first example. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir private Path directory;

  @Test
  @DisplayName("holds the result, the report, and a manifest of both")
  void write() throws Exception {
    ObjectNode result = Json.MAPPER.createObjectNode().put("kernel", "übung");
    Bundle.write(directory.resolve("new"), result, "abc", null);
    assertEquals(result, BundleReader.result(directory.resolve("new")));
    JsonNode report =
        Json.MAPPER
            .readTree(Files.readString(directory.resolve("new/manifest.json")))
            .get("files")
            .get(1);
    assertEquals("report.txt", report.get("name").asString());
    assertEquals(3, report.get("bytes").asInt());
    assertEquals(ABC, report.get("sha256").asString());
    String json = Files.readString(directory.resolve("new/result.json"), StandardCharsets.UTF_8);
    assertTrue(json.endsWith("}\n"), json);
  }

  @Test
  @DisplayName("that cannot be written whole has no manifest")
  void noManifest() throws Exception {
    // A folder in the place of a file: nothing can be moved there.
    Files.createDirectories(directory.resolve("report.txt/occupied"));
    ObjectNode result = Json.MAPPER.createObjectNode();
    WeftException failed =
        assertThrows(WeftException.class, () -> Bundle.write(directory, result, "abc", null));
    assertEquals(ExitStatus.UNAVAILABLE, failed.status());
    assertTrue(failed.getMessage().contains(directory.toString()), failed::getMessage);
    assertFalse(Files.exists(directory.resolve("manifest.json")));
  }

  @Test
  @DisplayName("goes into a folder that is made, or is empty, and stays so until the end")
  void prepare() throws Exception {
    Path made = Bundle.prepare(directory.resolve("a/b"));
    assertEquals(List.of(), BundleReader.names(made));
    assertEquals(made, Bundle.prepare(made));
  }

  @Test
  @DisplayName("goes into no folder that has something in it")
  void notEmpty() throws Exception {
    Files.createFile(directory.resolve("something"));
    WeftException refused = assertThrows(WeftException.class, () -> Bundle.prepare(directory));
    assertEquals(ExitStatus.USAGE, refused.status());
  }

  @Test
  @DisplayName("has a name that tells the run")
  void name() {
    RunOptions options = Options.of("cg --class W -n 4 --via libfabric --network ena");
    String name = Bundle.defaultDirectory(options).toString();
    assertTrue(name.matches("weft-out/cg-W-4-libfabric-ena-\\d{8}-\\d{6}-\\d{3}"), name);
    name = Bundle.compareDirectory(options).toString();
    assertTrue(name.matches("weft-out/cg-W-4-libfabric-compare-\\d{8}-\\d{6}-\\d{3}"), name);
  }
}
