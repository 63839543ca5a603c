package io.weft.results.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.results.TestBundle;
import io.weft.results.bundle.BundleFile;
import io.weft.results.event.BucketKeys;
import io.weft.results.event.RunEvent;
import io.weft.results.hook.Announcer;
import io.weft.results.port.QueueName;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A file that is eight times as long as the shipper's heap. */
@EnabledIfSystemProperty(
    named = "weft.long",
    matches = "true",
    disabledReason = "2 GiB take minutes; -Dweft.long=true runs it")
class BigFileTest {
  private static final long BYTES = 2L << 30;
  private static final int PATIENCE_MINUTES = 30;

  /** As {@code scripts/weft} starts it, but for what is measured. */
  private static final long MOST_RESIDENT_KIB = 600 * 1024;

  @TempDir private Path directory;

  @Test
  @DisplayName("2 GiB ship with -Xmx256m in less than 600 MiB of memory, and come back the same")
  void big() throws Exception {
    Path folder = Files.createDirectories(directory.resolve("bundle"));
    String sha256 = write(folder.resolve("big"));
    TestBundle bundle = new TestBundle(folder);
    bundle.listed("big", BYTES, sha256);
    RunEvent event = TestBundle.event(bundle.write(), "1", 0);
    try (Moto moto = Moto.start(directory).furnish();
        AwsSite site = AwsSite.forWorkers(moto.settings())) {
      new Announcer(site, null, false).publish(event);
      long resident = ship(moto, site);
      System.out.println("[big file] 2 GiB, at most " + resident / 1024 + " MiB resident");
      assertTrue(resident < MOST_RESIDENT_KIB, resident + " KiB");
      BundleFile big = event.manifest().files().getFirst();
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in =
          new DigestInputStream(site.objects().open(BucketKeys.file(event, big)), digest)) {
        assertEquals(BYTES, in.transferTo(OutputStream.nullOutputStream()));
      }
      assertEquals(sha256, HexFormat.of().formatHex(digest.digest()));
    }
  }

  private static String write(Path file) throws Exception {
    byte[] block = new byte[1 << 20];
    Random random = new Random(1);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      for (long written = 0; written < BYTES; written += block.length) {
        random.nextBytes(block);
        out.write(block);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The most that the shipper had resident, in KiB (VmHWM of proc(5)), read while it works. */
  private long ship(Moto moto, AwsSite site) throws Exception {
    List<String> command = ShipperProcess.command("io.weft.cli.Weft", "results", "ship", "--serve");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(moto.variables());
    builder.environment().put("WEFT_RESULTS_SPOOL", directory.resolve("spool").toString());
    Process shipper = builder.start();
    try {
      long most = 0;
      long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
      while (site.queue(QueueName.SHIP).depth().total() > 0) {
        assertTrue(shipper.isAlive(), "the shipper has ended");
        assertTrue(System.nanoTime() - deadline < 0, "not shipped in time");
        most = Math.max(most, resident(shipper.pid()));
        Thread.sleep(500);
      }
      return Math.max(most, resident(shipper.pid()));
    } finally {
      shipper.destroyForcibly();
    }
  }

  private static long resident(long pid) throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new AssertionError("no VmHWM of process " + pid);
  }
}
