package io.weft.bench.report.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.bench.report.AbsentCell;
import io.weft.bench.report.ResultFile;
import io.weft.bench.report.Synthetic;
import io.weft.bench.report.analysis.Analyst;
import io.weft.bench.report.analysis.Run;
import io.weft.bench.report.analysis.Runs;
import io.weft.bench.report.document.Documents;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The page as text; {@link PageInBrowserTest} opens it. */
class HtmlPageTest {
  private static final String EVIL = "</script><script>alert(\"x\")</script>&<b>";

  private static String page(Run... runs) {
    Analyst analyst = new Analyst(100);
    return HtmlPage.of(Documents.of(List.of(runs).stream().map(analyst::analyse).toList()));
  }

  private static List<Run> runs(String... hosts) {
    Map<String, ResultFile> files = new LinkedHashMap<>();
    for (String host : hosts) {
      Synthetic synthetic = new Synthetic(files.size());
      files.put(
          host + ".json",
          synthetic.file(
              Synthetic.environment(host),
              List.of(
                  synthetic.cell(Synthetic.key("PingPong", EVIL, "efa", 8), "efa", 100),
                  synthetic.cell(Synthetic.key("PingPong", EVIL, "efa", 64), "efa", 200)),
              List.of(new AbsentCell(Synthetic.key(EVIL, "mpi", "ena", 8), EVIL))));
    }
    return Runs.of(files);
  }

  @Test
  @DisplayName("texts of result files are shown and never run")
  void escaped() {
    String page = page(runs(EVIL).getFirst());
    assertFalse(page.contains("<script>alert"));
    assertFalse(page.contains("<b>"));
    assertTrue(page.contains("&lt;/script&gt;&lt;script&gt;alert(&quot;x&quot;)"));
    assertTrue(page.contains("\\u003c/script>"), "in the charts' data");
  }

  @Test
  @DisplayName("nothing in the page is fetched, and its policy names its two scripts alone")
  void selfContained() {
    String page = page(runs("host").getFirst());
    assertFalse(page.contains(" src="));
    Matcher links = Pattern.compile("href=\"([^\"]*)\"").matcher(page);
    assertTrue(links.find());
    assertEquals("data:,", links.group(1));
    while (links.find()) {
      assertTrue(links.group(1).startsWith("#part"), links.group(1));
    }
    assertFalse(page.contains("http:") || page.contains("https:"), "an address");
    assertTrue(page.contains("default-src 'none'; script-src 'sha256-"));
    assertEquals(3, page.split("<script", -1).length - 1, "data, library, script");
  }

  @Test
  @DisplayName("the licence of the library is in the page")
  void licence() {
    String page = page(runs("host").getFirst());
    assertTrue(page.contains("MIT License"));
    assertTrue(page.contains("Plotly"));
  }

  @Test
  @DisplayName("caveats come first, and runs of different machines have parts of their own")
  void parts() {
    String one = page(runs("host").getFirst());
    assertTrue(one.indexOf(">Caveats</h2>") < one.indexOf(">EFA and ENA</h2>"));
    assertTrue(one.indexOf("<main>") < one.indexOf(">Caveats</h2>"));
    Run[] two = {runs("a").getFirst(), runs("b").getFirst()};
    String both = page(two);
    assertTrue(both.contains(">Run 1 of 2: a.json</h2>"));
    assertTrue(both.contains(">Run 2 of 2: b.json</h2>"));
    assertTrue(both.contains(">Caveats</h3>"));
  }

  @Test
  @DisplayName("two pages of one run are the same to the byte")
  void reproducible() {
    assertEquals(page(runs("host").getFirst()), page(runs("host").getFirst()));
  }
}
