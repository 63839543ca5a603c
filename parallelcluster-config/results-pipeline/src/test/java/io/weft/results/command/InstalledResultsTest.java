package io.weft.results.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.results.InstalledWeft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folders that {@code scripts/weft} starts, as modules: a first run to its catalogued end. */
class InstalledResultsTest {
  @TempDir private Path directory;
  private InstalledWeft weft;

  @BeforeEach
  void install() {
    weft = new InstalledWeft(directory);
  }

  private String weft(int status, boolean local, String... arguments)
      throws IOException, InterruptedException {
    return weft.run(
        status,
        local ? Map.of("WEFT_RESULTS_LOCAL", directory.resolve("site").toString()) : Map.of(),
        arguments);
  }

  private Path errors() {
    return weft.errors();
  }

  @Test
  @DisplayName("run --publish, ship, catalog, list, get: one result, and no warnings")
  void firstRun() throws Exception {
    weft(0, true, "run", "cg", "--ranks", "1", "--out", "bundle", "--publish");
    assertTrue(Files.readString(errors()).contains("weft: announced "));
    assertEquals("shipped 1, failed 0\n", weft(0, true, "results", "ship"));
    assertFalse(Files.readString(errors()).contains("WARNING"), Files.readString(errors()));
    weft(0, true, "results", "catalog");
    assertEquals("", Files.readString(errors()));
    String list = weft(0, true, "results", "list", "--kernel", "cg", "--json");
    assertEquals(1, list.split("\"id\"", -1).length - 1, list);
    String id = weft(0, true, "results", "list").substring(0, 12);
    weft(0, true, "results", "get", id, "again");
    for (String file : List.of("result.json", "report.txt", "manifest.json")) {
      assertEquals(
          -1L,
          Files.mismatch(directory.resolve("bundle/" + file), directory.resolve("again/" + file)));
    }
    assertTrue(
        weft(0, true, "results", "status").contains("queue ship: 0 waiting, 0 lent, 0 dead"));
    assertEquals("pruned 1\n", weft(0, true, "results", "prune", "bundle", "--older-than", "0"));
  }

  @Test
  @DisplayName("what is missing or wrong is said in a line, before anything runs")
  void mistakes() throws Exception {
    weft(3, false, "run", "cg", "--out", "bundle", "--publish");
    assertTrue(Files.readString(errors()).contains("no variable WEFT_RESULTS_... is set"));
    assertFalse(Files.exists(directory.resolve("bundle")));
    weft(2, true, "results", "announce", "nowhere", "--job", "cluster,1");
    assertTrue(Files.readString(errors()).contains("is not CLUSTER,JOB,ATTEMPT"));
    weft(1, true, "results", "announce", "nowhere");
    assertTrue(Files.readString(errors()).contains("is not there"));
    weft(1, true, "results", "show", "0123456789");
    assertTrue(Files.readString(errors()).contains("no run in the catalog"));
    weft(2, true, "results", "ship", "--part-mib", "1");
    assertTrue(Files.readString(errors()).contains("at least 5 MiB"));
    assertFalse(Files.readString(errors()).contains("\tat "));
  }
}
