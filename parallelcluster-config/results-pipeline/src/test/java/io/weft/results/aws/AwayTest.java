package io.weft.results.aws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.results.TestBundle;
import io.weft.results.bundle.BundleFile;
import io.weft.results.event.BucketKeys;
import io.weft.results.event.RunEvent;
import io.weft.results.hook.Announcer;
import io.weft.results.port.QueueDepth;
import io.weft.results.port.QueueName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bucket or queue is away for a minute (for some seconds, unless all is to run), in the middle of a
 * shipper's work: it is delayed, nothing is lost, and it does not try without end meanwhile. The
 * shipper is {@code weft results ship --serve} itself.
 */
class AwayTest {
  private static final boolean LONG = Boolean.getBoolean("weft.long");
  private static final int AWAY_SECONDS = LONG ? 60 : 6;
  private static final int PATIENCE_SECONDS = 300;

  /**
   * Pauses double from half a second or one: some seven tries in a minute, for each of which the
   * SDK tries four times; three renewals of the message's visibility in each half minute likewise.
   * Who does not pause makes thousands.
   */
  private static final int MOST_TRIES = LONG ? 100 : 40;

  @TempDir private static Path servers;
  private static Moto moto;

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws Exception {
    if (!LONG) {
      System.out.println(
          "[skipped] all but " + AWAY_SECONDS + " s of the minute away (-Dweft.long=true)");
    }
    moto = Moto.start(servers).furnish();
  }

  @AfterAll
  static void stop() {
    moto.close();
  }

  private static void await(String what, Callable<Boolean> met) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!met.call()) {
      assertTrue(System.nanoTime() - deadline < 0, "not in time: " + what);
      Thread.sleep(100);
    }
  }

  private Process shipper(Line line, String service) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                ShipperProcess.command(
                    "io.weft.cli.Weft",
                    "results",
                    "ship",
                    "--serve",
                    "--part-mib=5",
                    "--visibility=30"))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("shipper.log").toFile());
    Map<String, String> variables = new HashMap<>(moto.variables());
    variables.put("AWS_ENDPOINT_URL_" + service, line.url());
    variables.put("WEFT_RESULTS_SPOOL", directory.resolve("spool").toString());
    builder.environment().putAll(variables);
    return builder.start();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"S3, delayed: ", "SQS, the queue is away: "})
  @DisplayName("who is away delays")
  void delaysAndDoesNotSpin(String service, String said) throws Exception {
    RunEvent first =
        TestBundle.event(new TestBundle(directory.resolve("a")).write(), service + "1", 0);
    RunEvent second =
        TestBundle.event(
            new TestBundle(directory.resolve("b")).file("large", 11 << 20, 1).write(),
            service + "2",
            0);
    Path log = directory.resolve("shipper.log");
    try (Line line = new Line(moto.port());
        AwsSite site = AwsSite.forWorkers(moto.settings())) {
      Announcer hook = new Announcer(site, null, false);
      Process shipper = shipper(line, service);
      try {
        hook.publish(first);
        await("shipped while all is there", () -> isShipped(site, first));
        await("its message deleted", () -> isEmpty(site));
        assertTrue(line.taken() > 0, "the shipper goes by the line");
        line.cut();
        hook.publish(second);
        Thread.sleep(TimeUnit.SECONDS.toMillis(AWAY_SECONDS));
        int tries = line.refused();
        System.out.printf("[away] %s for %d s: %d connections%n", service, AWAY_SECONDS, tries);
        assertTrue(tries >= 2, "it tried " + tries + " times");
        assertTrue(tries <= MOST_TRIES, "it tried " + tries + " times: " + Files.readString(log));
        assertTrue(Files.readString(log).contains(said), Files.readString(log));
        assertTrue(site.objects().head(BucketKeys.manifest(second)).isEmpty());
        assertEquals(1, site.queue(QueueName.SHIP).depth().total(), "the message is kept");
        line.mend();
        await("shipped after all", () -> isShipped(site, second));
        await("its message deleted", () -> isEmpty(site));
        assertEquals(0, site.queue(QueueName.SHIP).deadLetters().depth().total());
        assertTrue(shipper.isAlive(), "one and the same shipper");
        for (BundleFile file : second.manifest().files()) {
          assertArrayEquals(
              Files.readAllBytes(second.bundle().resolve(file.name())),
              site.objects().open(BucketKeys.file(second, file)).readAllBytes());
        }
      } finally {
        shipper.destroyForcibly();
        assertTrue(shipper.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
      }
    }
  }

  private static boolean isEmpty(AwsSite site) throws Exception {
    return site.queue(QueueName.SHIP).depth().equals(new QueueDepth(0, 0));
  }

  private static boolean isShipped(AwsSite site, RunEvent event) throws Exception {
    return site.objects().head(BucketKeys.manifest(event)).isPresent();
  }
}
