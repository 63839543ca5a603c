package io.weft.bench.report.format;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a screen, as the system's packages bring it. */
final class Browser {
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private Browser() {}

  /**
   * Starts it, or skips the test where the system has none.
   *
   * @param directory for what it keeps meanwhile
   */
  static ChromeDriver start(Path directory) {
    Path browser = program("chromium", "chromium-browser", "google-chrome");
    Path driver = program("chromedriver");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.toFile());
    options.addArguments(
        "--headless=new",
        // Root, as which containers test, has no sandbox; the page is our own.
        "--no-sandbox",
        "--disable-gpu",
        // Not in /dev/shm, where tests leave nothing.
        "--disable-dev-shm-usage",
        "--disable-breakpad",
        "--disable-crash-reporter",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        "--hide-scrollbars",
        "--user-data-dir=" + directory.resolve("profile"));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.toFile())
            .usingAnyFreePort()
            .withEnvironment(environment(directory))
            .build();
    ChromeDriver chrome = new ChromeDriver(service, options);
    chrome.manage().timeouts().scriptTimeout(PATIENCE).pageLoadTimeout(PATIENCE);
    return chrome;
  }

  private static Map<String, String> environment(Path directory) {
    return Map.of("HOME", directory.toString(), "TMPDIR", directory.toString());
  }

  private static Path program(String... names) {
    List<String> folders =
        Arrays.asList(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
    Optional<Path> found =
        Arrays.stream(names)
            .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    return found.orElseGet(
        () ->
            Assumptions.abort(
                "no "
                    + names[0]
                    + " in PATH; scripts/setup test installs it where the system has a package"));
  }
}
