package io.weft.results.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.results.InstalledWeft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One run that every hook announces, each as it is: {@code weft run --publish}, Slurm's epilog with
 * the spool's service behind it, and the entry point of AWS Batch jobs. On the embedded pipeline,
 * which drops no double as a FIFO topic does for five minutes: to its readers each announcement is
 * one that comes later than that.
 */
class ThreeHooksTest {
  private static final Path CONFIG = InstalledWeft.ROOT.resolve("parallelcluster-config");

  @TempDir private Path directory;
  private InstalledWeft weft;

  @BeforeEach
  void install() {
    weft = new InstalledWeft(directory);
  }

  private Map<String, String> variables(String... more) {
    Map<String, String> variables = new HashMap<>();
    variables.put("WEFT_RESULTS_LOCAL", directory.resolve("site").toString());
    for (int i = 0; i < more.length; i += 2) {
      variables.put(more[i], more[i + 1]);
    }
    return variables;
  }

  /** As a job script of Slurm does; the bundle is where the epilog looks. */
  private void run(int status, String job, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("run", "cg", "--ranks", "1"));
    arguments.addAll(List.of("--bundle", bundle(job).toString(), "--publish"));
    arguments.addAll(List.of(more));
    weft.run(
        status,
        variables("SLURM_CLUSTER_NAME", "site1", "SLURM_JOB_ID", job, "SLURM_RESTART_COUNT", "1"),
        arguments.toArray(String[]::new));
    assertTrue(Files.readString(weft.errors()).contains("weft: announced "));
  }

  private Path bundle(String job) {
    return directory.resolve("bundles/site1-" + job + "-1");
  }

  private void epilog(String job) throws Exception {
    Path scripts = Files.createDirectories(directory.resolve("scripts"));
    Path epilog = scripts.resolve("epilog-slurmctld");
    Files.copy(
        CONFIG.resolve("slurm/epilog-slurmctld"),
        epilog,
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
    Path spool = directory.resolve("spool");
    Files.writeString(
        scripts.resolve("weft.conf"),
        "WEFT_SPOOL=%s\nWEFT_BUNDLES=%s\n".formatted(spool, directory.resolve("bundles")));
    List<String> serve =
        List.of("spool", "serve", "--once", "--settle", "0", "--spool", spool.toString());
    // The service makes the folders, with the modes that they need.
    weft.run(0, variables(), serve.toArray(String[]::new));
    weft.start(
        0,
        Map.of(
            "SLURM_CLUSTER_NAME", "site1",
            "SLURM_JOB_ID", job,
            "SLURM_JOB_RESTART_COUNT", "1",
            "SLURM_JOB_EXIT_CODE2", "0:0"),
        List.of("bash", epilog.toString()));
    try (Stream<Path> notes = Files.list(spool.resolve("incoming"))) {
      assertEquals(1, notes.count(), "notes of the epilog");
    }
    String said = weft.run(0, variables(), serve.toArray(String[]::new));
    assertTrue(said.contains("handed on " + bundle(job)), said);
  }

  private void batch(String job) throws Exception {
    // A container of its own each time.
    Path home = Files.createTempDirectory(directory, "home");
    Path ship = directory.resolve("ship");
    Files.writeString(
        ship,
        "#!/bin/bash\nexec %s results announce \"$@\"\n"
            .formatted(String.join(" ", InstalledWeft.command())));
    assertTrue(ship.toFile().setExecutable(true));
    weft.start(
        0,
        variables(
            "HOME",
            home.toString(),
            "AWS_BATCH_JQ_NAME",
            "site1",
            "AWS_BATCH_JOB_ID",
            job,
            "AWS_BATCH_JOB_ATTEMPT",
            "1",
            "WEFT_BATCH_SHIP",
            ship.toString()),
        List.of(
            "bash",
            CONFIG.resolve("batch/entrypoint").toString(),
            "cp",
            "-r",
            bundle(job).toString(),
            "result"));
    String said = Files.readString(weft.errors());
    assertTrue(said.contains("--job site1," + job + ",1"), said);
    assertTrue(said.contains("weft: announced "), said);
  }

  private String results(String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("results"));
    all.addAll(List.of(arguments));
    return weft.run(0, variables(), all.toArray(String[]::new));
  }

  private List<String> inBucket(String prefix, String suffix) throws IOException {
    Path bucket = directory.resolve("site/bucket");
    try (Stream<Path> below = Files.walk(bucket)) {
      return below
          .filter(Files::isRegularFile)
          .map(path -> bucket.relativize(path).toString())
          .filter(key -> key.startsWith(prefix) && key.endsWith(suffix))
          .toList();
    }
  }

  @Test
  @DisplayName("a run that every hook announces, and again later, is there once everywhere")
  void once() throws Exception {
    run(0, "42");
    epilog("42");
    batch("42");
    assertEquals("shipped 3, failed 0\n", results("ship"));
    results("catalog");
    assertEquals("wrote 1\n", results("audit"));
    // Later: whatever forgets has forgotten.
    results("announce", bundle("42").toString(), "--job", "site1,42,1");
    batch("42");
    assertEquals("shipped 2, failed 0\n", results("ship"));
    results("catalog");
    assertEquals("wrote 0\n", results("audit"));
    assertEquals(1, inBucket("runs/site1/42/1/", "/manifest.json").size());
    assertEquals(1, inBucket("runs/", "/manifest.json").size());
    assertEquals(1, inBucket("audit/", "").size());
    String list = results("list", "--json");
    assertEquals(1, list.split("\"id\"", -1).length - 1, list);
    assertEquals("", results("alerts"), "a verified run is no alert");
  }

  @Test
  @DisplayName("a failed run that every hook announces, and again later, is one alert")
  void oneAlert() throws Exception {
    // The JVM of the rank does not even start: wrong usage, and a bundle that says so.
    run(2, "43", "--jvm=-Xmx1m");
    epilog("43");
    batch("43");
    String told = results("alerts");
    assertEquals(1, told.split("Weft: job 43 of site1 failed, attempt 1", -1).length - 1, told);
    results("announce", bundle("43").toString(), "--job", "site1,43,1");
    batch("43");
    assertEquals("", results("alerts"), "told before");
    assertEquals("shipped 5, failed 0\n", results("ship"));
    assertEquals(1, inBucket("runs/", "/manifest.json").size());
  }
}
