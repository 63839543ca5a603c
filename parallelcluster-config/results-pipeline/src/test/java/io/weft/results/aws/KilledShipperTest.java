package io.weft.results.aws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.JobIdentity;
import io.weft.results.TestBundle;
import io.weft.results.bundle.BundleFile;
import io.weft.results.catalog.CatalogWorker;
import io.weft.results.catalog.RunSummary;
import io.weft.results.event.BucketKeys;
import io.weft.results.event.RunEvent;
import io.weft.results.hook.Announcer;
import io.weft.results.port.MessageQueue;
import io.weft.results.port.QueueName;
import io.weft.results.ship.ShipPhase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** Shippers are killed (SIGKILL) in every phase, while another works beside them. */
class KilledShipperTest {
  private static final boolean LONG = Boolean.getBoolean("weft.long");
  private static final int KILLS = LONG ? 20 : 3;
  private static final int BUNDLES = LONG ? 50 : 8;
  private static final long SEED = Long.getLong("weft.test.seed", 1);
  private static final int PATIENCE_SECONDS = 300;
  private static final Set<ShipPhase> OF_PARTS = Set.of(ShipPhase.MID_PART, ShipPhase.PARTS_DONE);

  private static final String LARGE = "large";

  @TempDir private Path directory;
  private final List<Process> processes = new ArrayList<>();
  private final List<RunEvent> events = new ArrayList<>();
  private final Deque<RunEvent> inParts = new ArrayDeque<>();
  private final Deque<RunEvent> small = new ArrayDeque<>();
  private final Map<ShipPhase, Integer> hits = new EnumMap<>(ShipPhase.class);
  private Moto moto;

  @Test
  @DisplayName("every bundle is whole, once, in bucket and catalog, and nothing is left behind")
  void killed() throws Exception {
    if (!LONG) {
      System.out.println(
          "[skipped] all but 3 of 20 kills, and all but 8 of 50 bundles (-Dweft.long=true)");
    }
    try (Moto server = Moto.start(directory).furnish();
        AwsSite site = AwsSite.forWorkers(server.settings())) {
      moto = server;
      bundles();
      Announcer hook = new Announcer(site, null, false);
      start(null);
      for (ShipPhase phase : phases()) {
        kill(phase, hook, site);
      }
      while (!inParts.isEmpty() || !small.isEmpty()) {
        hook.publish(next(false));
      }
      awaitEmpty(site.queue(QueueName.SHIP));
      processes.forEach(Process::destroyForcibly);
      assertWhole(site, events);
      assertCatalogued(site, events);
      System.out.println("killed in " + hits + ", " + events.size() + " bundles whole");
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
    if (LONG) {
      for (ShipPhase phase : ShipPhase.values()) {
        assertTrue(hits.getOrDefault(phase, 0) >= 2, phase + " was hit too seldom: " + hits);
      }
    }
  }

  /** Every phase as often as every other, in an order of the seed. */
  private static List<ShipPhase> phases() {
    List<ShipPhase> phases = new ArrayList<>();
    while (phases.size() < Math.max(KILLS, ShipPhase.values().length)) {
      phases.addAll(List.of(ShipPhase.values()));
    }
    List<ShipPhase> some = phases.subList(0, Math.max(KILLS, ShipPhase.values().length));
    Collections.shuffle(some, new Random(SEED));
    return some.subList(0, KILLS);
  }

  private void bundles() throws Exception {
    for (int i = 0; i < BUNDLES; i++) {
      boolean parts = i % 2 == 0;
      (parts ? inParts : small).add(bundle(parts));
    }
  }

  private RunEvent bundle(boolean parts) throws Exception {
    int i = events.size();
    TestBundle bundle = new TestBundle(directory.resolve("bundles/" + i)).file("a/b", 1000, i);
    if (parts) {
      bundle.file(LARGE, (11 << 20) + i, i);
    }
    RunEvent event = TestBundle.event(bundle.write(), Integer.toString(i), 0);
    events.add(event);
    return event;
  }

  /** One more than planned where the other shipper was faster too often. */
  private RunEvent next(boolean parts) throws Exception {
    Deque<RunEvent> first = parts || small.isEmpty() ? inParts : small;
    return first.isEmpty() ? bundle(parts) : first.poll();
  }

  private BlockingQueue<String> start(ShipPhase phase) throws IOException {
    List<String> command =
        phase == null
            ? ShipperProcess.command(ShipperMain.class.getName())
            : ShipperProcess.command(ShipperMain.class.getName(), phase.toString());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(moto.variables());
    Process process = builder.start();
    processes.add(process);
    BlockingQueue<String> said = new ArrayBlockingQueue<>(10);
    BufferedReader reader = process.inputReader();
    Thread.ofPlatform().daemon().start(() -> read(reader, said));
    return said;
  }

  private static void read(BufferedReader reader, BlockingQueue<String> said) {
    try {
      reader.lines().forEach(said::add);
    } catch (UncheckedIOException killed) {
      // Who ends a process closes its output, too.
      Thread.currentThread().interrupt();
    }
  }

  private void kill(ShipPhase phase, Announcer hook, AwsSite site) throws Exception {
    BlockingQueue<String> said = start(phase);
    Process victim = processes.getLast();
    assertEquals(ShipperMain.READY, said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    String here = null;
    // One for each of the two; more if the other was faster.
    hook.publish(next(OF_PARTS.contains(phase)));
    while (here == null && System.nanoTime() - deadline < 0) {
      hook.publish(next(OF_PARTS.contains(phase)));
      here = said.poll(40, TimeUnit.SECONDS);
    }
    assertTrue(
        here != null && here.startsWith(ShipperMain.HERE),
        "no bundle came to " + phase + ": " + here);
    if (OF_PARTS.contains(phase)) {
      assertUploadIsOpen(site, here.substring(ShipperMain.HERE.length()));
    }
    victim.destroyForcibly();
    assertTrue(victim.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    // 128 + SIGKILL
    assertEquals(137, victim.exitValue());
    hits.merge(phase, 1, Integer::sum);
  }

  /** The victim stands in the middle of an upload in parts, which its end leaves behind. */
  private void assertUploadIsOpen(AwsSite site, String id) throws Exception {
    RunEvent event = events.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    String key = BucketKeys.prefix(event) + LARGE;
    assertEquals(1, site.objects().openUploads(key).size(), key);
    assertTrue(site.objects().head(key).isEmpty(), key);
  }

  private static void awaitEmpty(MessageQueue queue) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (queue.depth().total() > 0) {
      assertTrue(System.nanoTime() - deadline < 0, "messages are left: " + queue.depth());
      Thread.sleep(500);
    }
    assertEquals(0, queue.deadLetters().depth().total());
  }

  private static void assertWhole(AwsSite site, List<RunEvent> events) throws Exception {
    Map<String, Path> expected = new HashMap<>();
    for (RunEvent event : events) {
      expected.put(BucketKeys.manifest(event), event.bundle().resolve("manifest.json"));
      for (BundleFile file : event.manifest().files()) {
        expected.put(BucketKeys.file(event, file), event.bundle().resolve(file.name()));
      }
    }
    try (S3Client s3 = S3Client.create()) {
      List<String> versions =
          s3.listObjectVersionsPaginator(r -> r.bucket(Moto.BUCKET)).versions().stream()
              .map(ObjectVersion::key)
              .sorted()
              .toList();
      assertEquals(expected.keySet().stream().sorted().toList(), versions, "one version of each");
      assertEquals(
          List.of(),
          s3.listMultipartUploadsPaginator(r -> r.bucket(Moto.BUCKET)).uploads().stream().toList());
    }
    for (Map.Entry<String, Path> one : expected.entrySet()) {
      assertArrayEquals(
          Files.readAllBytes(one.getValue()),
          site.objects().open(one.getKey()).readAllBytes(),
          one.getKey());
    }
  }

  private static void assertCatalogued(AwsSite site, List<RunEvent> events) throws Exception {
    Set<String> expected = new TreeSet<>();
    for (RunEvent event : events) {
      expected.add(event.id());
      // As AWS publishes it for the one version; moto's notifications have no sequencer.
      site.queue(QueueName.CATALOG)
          .send(
              "{\"source\": \"aws.s3\", \"detail-type\": \"Object Created\", \"detail\":"
                  + " {\"object\": {\"key\": \""
                  + BucketKeys.manifest(event)
                  + "\", \"sequencer\": \"0055AED6DCD90281E5\"}}}",
              Map.of());
    }
    assertEquals(0, new CatalogWorker(site, System.out::println).untilEmpty());
    List<String> found = new ArrayList<>();
    site.catalog().forEach(record -> found.add(record.summary()));
    Set<String> ids = new TreeSet<>();
    for (String summary : found) {
      RunSummary run = RunSummary.parse(summary);
      ids.add(run.id());
      assertEquals(new JobIdentity("cluster", run.job().jobId(), 0), run.job());
    }
    assertEquals(expected, ids);
    assertEquals(events.size(), found.size());
  }
}
