package io.weft.results.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.results.TestBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One bundle that may not be read among others: they are looked after, and the status says so. */
class UnreadableBundleTest {
  /** What root reads in spite of a file's mode by. */
  private static final List<String> AS_ANYBODY =
      List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-all");

  @TempDir private Path directory;

  /** Standard output and error together. */
  private String weft(int status, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(AS_ANYBODY);
    }
    String path = System.getProperty("surefire.test.class.path");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-cp"));
    command.add(path == null ? System.getProperty("java.class.path") : path);
    command.addAll(List.of("io.weft.cli.Weft", "results"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--local", directory.resolve("site").toString()));
    Path out = directory.resolve("out");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    try {
      assertTrue(process.waitFor(120, TimeUnit.SECONDS), "weft has not ended");
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(out);
    assertEquals(status, process.exitValue(), text);
    return text;
  }

  @Test
  void oneThatCannotBeReadHoldsUpNoOther() throws Exception {
    Path bundles = directory.resolve("bundles");
    Path bad = new TestBundle(bundles.resolve("bad")).write();
    Path good = new TestBundle(bundles.resolve("good")).file("a", 10, 1).write();
    Files.setPosixFilePermissions(
        bad.resolve("manifest.json"), PosixFilePermissions.fromString("---------"));
    String text = weft(1, "reconcile", bundles.toString());
    assertTrue(text.contains(good + ": not in the bucket; announced again"), text);
    assertTrue(text.contains(bad + ": cannot read "), text);
    assertTrue(text.contains("2 bundles on disk; announced 1,"), text);
    assertTrue(text.contains("broken 1"), text);
    text = weft(1, "status", bundles.toString());
    assertTrue(text.contains(bad + ": cannot read "), text);
    assertTrue(text.contains("bundles not in the bucket: 1"), text);
    assertTrue(text.contains("queue ship: 1 waiting"), text);
    weft(0, "ship");
    text = weft(1, "prune", bundles.toString(), "--older-than", "0");
    assertTrue(text.contains(bad + " stays: cannot read "), text);
    assertTrue(text.contains("pruned 1"), text);
    assertFalse(Files.exists(good));
    assertTrue(Files.exists(bad));
    weft(0, "status");
  }
}
