package io.weft.bench.report.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.bench.report.ReportFormat;
import io.weft.bench.report.Reports;
import io.weft.bench.report.ResultFiles;
import io.weft.bench.report.SyntheticPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.print.PageSize;
import org.openqa.selenium.print.PrintOptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The page as a reader has it: in a real browser, from a file. With {@code -Dweft.report.shots=DIR}
 * pictures of it are left there.
 */
class PageInBrowserTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** The width and height of a common phone, in CSS pixels. */
  private static final int PHONE_WIDTH = 390;

  private static final int PHONE_HEIGHT = 844;

  @TempDir private static Path directory;
  private static ChromeDriver browser;
  private static Path page;
  private static JsonNode statistics;
  private static List<LogEntry> console = new ArrayList<>();
  private static List<JsonNode> events = new ArrayList<>();

  @BeforeAll
  static void open() throws IOException {
    browser = Browser.start(directory);
    Path results = directory.resolve("results.json");
    ResultFiles.write(results, SyntheticPage.result());
    page = directory.resolve("page.html");
    Reports.write(List.of(results), ReportFormat.HTML, page);
    statistics = MAPPER.readTree(Reports.render(List.of(results), ReportFormat.JSON)).at("/runs/0");
    browser.manage().window().setSize(new Dimension(1280, 900));
    browser.get(page.toUri().toString());
    awaitCharts();
    readLogs();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.quit();
    }
  }

  private static Object run(String script, Object... arguments) {
    return ((JavascriptExecutor) browser).executeScript(script, arguments);
  }

  private static void awaitCharts() {
    Object state =
        ((JavascriptExecutor) browser)
            .executeAsyncScript(
                """
                const done = arguments[arguments.length - 1];
                const look = () => {
                  const state = document.documentElement.dataset.charts;
                  if (state === undefined) setTimeout(look, 50); else done(state);
                };
                look();
                """);
    assertEquals("drawn", state);
  }

  private static void readLogs() {
    console.addAll(browser.manage().logs().get(LogType.BROWSER).getAll());
    for (LogEntry entry : browser.manage().logs().get(LogType.PERFORMANCE)) {
      events.add(MAPPER.readTree(entry.getMessage()).get("message"));
    }
  }

  private static void shoot(String name) throws IOException {
    String shots = System.getProperty("weft.report.shots");
    if (shots != null) {
      Files.createDirectories(Path.of(shots));
      Object height = run("return document.documentElement.scrollHeight");
      Object width = run("return document.documentElement.clientWidth");
      Map<String, Object> clip =
          Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1);
      Object picture =
          browser
              .executeCdpCommand(
                  "Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", clip))
              .get("data");
      Files.write(Path.of(shots, name), OutputType.BYTES.convertFromBase64Png(picture.toString()));
    }
  }

  @Test
  @DisplayName("it opens from a file without a word on the console")
  void console() {
    List<LogEntry> bad =
        console.stream().filter(e -> e.getLevel().intValue() >= Level.WARNING.intValue()).toList();
    assertEquals(List.of(), bad);
  }

  @Test
  @DisplayName("it asks the network for nothing: the one request is for the file itself")
  void network() {
    Set<String> requested = new HashSet<>();
    for (JsonNode event : events) {
      if (event.get("method").asString().equals("Network.requestWillBeSent")) {
        requested.add(event.at("/params/request/url").asString());
      }
    }
    // The browser's own page, which it opens first, comes out of the browser.
    requested.removeIf(url -> url.matches("(data|blob|chrome):.*"));
    assertEquals(Set.of(page.toUri().toString()), requested);
    assertEquals(
        0L,
        run(
            "return performance.getEntriesByType('resource').filter(e =>"
                + " !e.name.startsWith('data:')).length"));
  }

  @Test
  @DisplayName("its policy keeps it from asking: a picture from elsewhere is refused")
  void policy() {
    Object refused =
        ((JavascriptExecutor) browser)
            .executeAsyncScript(
                """
                const done = arguments[arguments.length - 1];
                document.addEventListener("securitypolicyviolation", e => done(e.effectiveDirective), {once: true});
                new Image().src = "http://127.0.0.1:9/picture.png";
                """);
    assertEquals("img-src", refused);
    // What was provoked is not what the page says by itself.
    browser.manage().logs().get(LogType.BROWSER);
  }

  @Test
  @DisplayName("every chart is drawn, and none is a point")
  void charts() throws IOException {
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> charts =
        (List<Map<String, Object>>)
            run(
                """
                return [...document.querySelectorAll(".chart")].map(c => {
                  const plot = c.querySelector("svg.main-svg .scatterlayer");
                  const box = plot === null ? {width: 0, height: 0} : plot.getBoundingClientRect();
                  return {id: c.id, width: box.width, height: box.height, label: c.ariaLabel,
                          caption: c.parentElement.querySelector("figcaption").textContent,
                          drawn: c.querySelectorAll("svg .scatterlayer .trace .point").length,
                          rows: c.parentElement.querySelectorAll("details tbody tr").length};
                });
                """);
    assertTrue(charts.size() > 30, charts.size() + " charts");
    for (Map<String, Object> chart : charts) {
      assertTrue(((Number) chart.get("width")).doubleValue() > 20, chart::toString);
      assertTrue(((Number) chart.get("height")).doubleValue() > 10, chart::toString);
      assertTrue((Long) chart.get("drawn") > 0, chart::toString);
      assertTrue((Long) chart.get("rows") > 0, chart::toString);
      assertTrue(chart.get("label").toString().length() > 40, chart::toString);
    }
    shoot("desktop.png");
  }

  @Test
  @DisplayName("the numbers in the charts are those of the JSON, in the colours of their networks")
  void numbers() {
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> curves =
        (List<Map<String, Object>>)
            run(
                """
                return [...document.querySelectorAll(".chart")].flatMap(c => {
                  const caption = c.parentElement.querySelector("figcaption").textContent;
                  return c.data.filter(t => t.name).map(t => ({
                    caption, name: t.name, x: [...t.x].map(Number), y: [...t.y].map(Number), colour: t.marker.color}));
                });
                """);
    int checked = 0;
    for (JsonNode cell : statistics.get("cells")) {
      JsonNode key = cell.get("key");
      if (!key.get("benchmark").asString().equals("PingPong")
          || !cell.get("section").asString().equals("HARDWARE")) {
        continue;
      }
      String network = cell.get("found").asString();
      String name = network.toUpperCase(Locale.ROOT) + ", " + key.get("via").asString();
      Map<String, Object> curve =
          curves.stream()
              .filter(c -> c.get("caption").toString().startsWith("Ping-pong, 2 ranks, "))
              .filter(c -> c.get("name").equals(name))
              .findFirst()
              .orElseThrow(() -> new AssertionError(name + " is in no chart"));
      List<?> x = (List<?>) curve.get("x");
      List<?> y = (List<?>) curve.get("y");
      int at = x.indexOf((Object) key.get("bytes").asLong());
      assertTrue(at >= 0, () -> cell + " is not at " + x);
      assertEquals(cell.at("/value/value").asDouble(), ((Number) y.get(at)).doubleValue(), 1e-12);
      assertEquals(network.equals("efa") ? "#d55e00" : "#0072b2", curve.get("colour"));
      checked++;
    }
    assertEquals(7 * (6 + 8), checked);
  }

  @Test
  @DisplayName("no chart shows hardware beside anything else")
  void sections() {
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> charts =
        (List<Map<String, Object>>)
            run(
                """
                let part = "";
                return [...document.querySelectorAll("h2, .chart")].map(e => {
                  if (e.tagName === "H2") { part = e.textContent; return null; }
                  return {part, names: e.data.filter(t => t.name).map(t => t.name).join("; ")};
                }).filter(e => e !== null);
                """);
    for (Map<String, Object> chart : charts) {
      boolean hardware = chart.get("names").toString().matches(".*\\b(EFA|ENA)\\b.*");
      if (hardware) {
        assertEquals("EFA and ENA", chart.get("part"), chart::toString);
      }
    }
    assertTrue(
        charts.stream().anyMatch(c -> c.get("part").equals("Emulated devices and other networks")));
  }

  @Test
  @DisplayName("on a phone nothing is wider than the screen but what scrolls by itself")
  void phone() throws IOException {
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", PHONE_WIDTH, "height", PHONE_HEIGHT, "deviceScaleFactor", 2, "mobile", true));
    try {
      browser.get(page.toUri().toString());
      awaitCharts();
      assertEquals((long) PHONE_WIDTH, run("return document.documentElement.clientWidth"));
      assertEquals((long) PHONE_WIDTH, run("return document.documentElement.scrollWidth"));
      @SuppressWarnings("unchecked")
      List<String> wide =
          (List<String>)
              run(
                  """
                  return [...document.querySelectorAll("body *")]
                      .filter(e => !e.closest(".scroll, pre, nav") && e.getBoundingClientRect().right > innerWidth + 1)
                      .map(e => `${e.tagName} ${e.getAttribute("class")} "${e.textContent.slice(0, 40)}" in ${e.closest("figure")?.innerText.slice(0, 40)}`);
                  """);
      shoot("phone.png");
      assertEquals(List.of(), wide);
    } finally {
      browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }
  }

  @Test
  @DisplayName("it prints: pages of paper with every chart on them")
  void print() throws IOException {
    PrintOptions options = new PrintOptions();
    options.setPageSize(new PageSize(29.7, 21.0));
    options.setBackground(true);
    byte[] pdf = Base64.getDecoder().decode(browser.print(options).getContent());
    assertEquals("%PDF-", new String(pdf, 0, 5, StandardCharsets.US_ASCII));
    assertTrue(pdf.length > 100_000, pdf.length + " bytes");
    String shots = System.getProperty("weft.report.shots");
    if (shots != null) {
      Files.createDirectories(Path.of(shots));
      Files.write(Path.of(shots, "page.pdf"), pdf);
    }
    // The charts have had the paper's width, and have the screen's again.
    assertEquals("drawn", run("return document.documentElement.dataset.charts"));
  }
}
