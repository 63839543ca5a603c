package io.weft.cli.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.JobIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The spool's service, on real files, with a scontrol and a publisher of the test's own. */
class SpoolServiceTest {
  private static final JobIdentity JOB = new JobIdentity("hpc", "17", 0);
  private static final String NOTE = "hpc-17-0.json";

  @TempDir private Path directory;

  private final Announce announce = new Announce();
  private Spool spool;
  private Path bundles;
  private Path scontrol;

  @Command(name = "announce")
  static final class Announce implements Runnable {
    final List<String> calls = new ArrayList<>();
    boolean fails;

    @Parameters private Path bundle;

    @Option(names = "--job")
    private String job;

    @Override
    public void run() {
      calls.add(bundle.getFileName() + " of " + job);
      if (fails) {
        throw new IllegalStateException("the queue is not there");
      }
    }
  }

  @Command
  private static final class Group implements Runnable {
    @Override
    public void run() {}
  }

  @BeforeEach
  void prepare() throws IOException {
    spool = new Spool(directory.resolve("spool"));
    spool.prepare();
    bundles = Files.createDirectory(directory.resolve("hpc-17-0"));
    scontrol = Files.createDirectory(directory.resolve("bin")).resolve("scontrol");
    slurmSays("JobId=17 JobName=x JobState=TIMEOUT Reason=TimeLimit");
  }

  private void slurmSays(String words) throws IOException {
    Files.writeString(
        scontrol,
        "#!/bin/sh\n[ \"$*\" = '--oneliner show job 17' ] || exit 1\necho '" + words + "'\n");
    Files.setPosixFilePermissions(scontrol, PosixFilePermissions.fromString("rwx------"));
  }

  private SpoolService service(Set<String> trusted) {
    CommandLine announcer = new CommandLine(announce).setErr(new java.io.PrintWriter(System.out));
    CommandLine root =
        new CommandLine(new Group())
            .addSubcommand("results", new CommandLine(new Group()).addSubcommand(announcer));
    return new SpoolService(
        spool,
        trusted,
        Duration.ZERO,
        SlurmStates.of(Map.of("PATH", scontrol.getParent().toString())),
        Publisher.among(root, Map.of("WEFT_RESULTS_TOPIC", "x")));
  }

  private void pass() throws Exception {
    service(Set.of(System.getProperty("user.name"))).pass();
  }

  private Path run(String name, JobIdentity job) throws IOException {
    Path folder = Files.createDirectory(bundles.resolve(name));
    new RunningMarker(job, "cg", "n1", 4711, Instant.EPOCH).write(folder);
    return folder;
  }

  private Path note(String state, Instant ended) throws IOException {
    return spool.drop(new Note(JOB, state, 0, List.of(bundles), ended));
  }

  /** What the manifest says of each file, held to the file. */
  private static Map<String, String> wholeBundle(Path folder) throws Exception {
    Map<String, String> files = new TreeMap<>();
    JsonNode manifest =
        SpoolJson.MAPPER.readTree(Files.readString(folder.resolve("manifest.json")));
    for (JsonNode file : manifest.get("files")) {
      byte[] bytes = Files.readAllBytes(folder.resolve(file.get("name").asString()));
      assertEquals(bytes.length, file.get("bytes").asInt());
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      assertEquals(HexFormat.of().formatHex(digest), file.get("sha256").asString());
      files.put(file.get("name").asString(), new String(bytes));
    }
    try (Stream<Path> there = Files.list(folder)) {
      assertEquals(
          files.keySet(),
          there
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.equals("manifest.json"))
              .collect(java.util.stream.Collectors.toSet()));
    }
    return files;
  }

  /** Slurm counts the next attempt before it tells the epilog that this one has ended. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({"PENDING", "RUNNING", "REQUEUED"})
  @DisplayName("a requeued job: the ended attempt's run is finalised, the next one's left alone")
  void requeued(String state) throws Exception {
    slurmSays("JobId=17 JobName=x JobState=" + state + " Restarts=1");
    Path ended = run("first", JOB);
    JobIdentity next = new JobIdentity("hpc", "17", 1);
    Path running = Files.createDirectory(bundles.resolve("second"));
    Instant ending = Instant.now();
    new RunningMarker(next, "cg", "n1", 4712, ending.plusSeconds(1)).write(running);
    Path note = spool.drop(new Note(next, "UNKNOWN", -1, List.of(bundles), ending));
    pass();

    assertEquals("REQUEUED", state(wholeBundle(ended)));
    assertEquals(Set.of("running.json"), names(running));
    assertEquals(List.of("first of hpc,17,0"), announce.calls);
    assertFalse(Files.exists(note));

    // And when the next attempt has ended too, its note has the same name.
    slurmSays("JobId=17 JobName=x JobState=TIMEOUT Restarts=1");
    spool.drop(new Note(next, "UNKNOWN", -1, List.of(bundles), ending.plusSeconds(2)));
    pass();
    assertEquals("TIMEOUT", state(wholeBundle(running)));
    assertEquals(List.of("first of hpc,17,0", "second of hpc,17,1"), announce.calls);
  }

  @Test
  @DisplayName("a note that came too late for the requeueing tells both attempts' ends")
  void requeuedAndOver() throws Exception {
    Path first = run("first", JOB);
    JobIdentity next = new JobIdentity("hpc", "17", 1);
    Path second = run("second", next);
    spool.drop(new Note(next, "UNKNOWN", 3, List.of(bundles), Instant.now()));
    pass();
    assertEquals("REQUEUED", state(wholeBundle(first)));
    assertEquals("TIMEOUT", state(wholeBundle(second)));
  }

  private static String state(Map<String, String> bundle) {
    return SpoolJson.MAPPER.readTree(bundle.get("result.json")).at("/failure/state").asString();
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(java.util.stream.Collectors.toSet());
    }
  }

  @Test
  @DisplayName("a run that left no manifest is made a failed bundle, as Slurm says how, and once")
  void finalises() throws Exception {
    Path folder = run("cg", JOB);
    Files.writeString(folder.resolve("half.log"), "so far");
    Path others = run("other", new JobIdentity("hpc", "18", 0));
    note("UNKNOWN", Instant.now());
    pass();
    Map<String, String> files = wholeBundle(folder);
    assertEquals(Set.of("half.log", "result.json"), files.keySet());
    JsonNode result = SpoolJson.MAPPER.readTree(files.get("result.json"));
    assertEquals("failed", result.get("status").asString());
    assertEquals("TIMEOUT", result.get("failure").get("state").asString());
    assertEquals("17", result.get("job").get("jobId").asString());
    assertEquals("1970-01-01T00:00:00Z", result.get("started").asString());
    assertTrue(Files.exists(others.resolve("running.json")));
    assertTrue(Files.exists(spool.sent().resolve(NOTE)));
    note("UNKNOWN", Instant.now());
    pass();
    assertEquals(files, wholeBundle(folder));
    assertEquals(List.of("cg of hpc,17,0"), announce.calls);
  }

  @Test
  @DisplayName("what a finaliser left half is finished by the next")
  void resumes() throws Exception {
    Path folder = run("cg", JOB);
    Files.move(folder.resolve("running.json"), folder.resolve(FailedBundle.CLAIMED));
    Files.writeString(folder.resolve("result.json"), "{ half");
    note("NODE_FAIL", Instant.now());
    pass();
    assertTrue(wholeBundle(folder).get("result.json").contains("NODE_FAIL"));
  }

  @Test
  @DisplayName("a whole bundle stays as it is, and is handed on until that succeeds, then no more")
  void handsOn() throws Exception {
    Path folder = run("cg", JOB);
    assertTrue(FailedBundle.finish(folder, new RunEnd("INTERRUPTED", -1, "by the test")));
    Map<String, String> before = wholeBundle(folder);
    note("COMPLETED", Instant.now());
    announce.fails = true;
    pass();
    assertTrue(Files.exists(spool.incoming().resolve(NOTE)));
    announce.fails = false;
    pass();
    pass();
    assertTrue(Files.exists(spool.sent().resolve(NOTE)));
    assertEquals(before, wholeBundle(folder));
    assertEquals(List.of("cg of hpc,17,0", "cg of hpc,17,0"), announce.calls);
  }

  @Test
  @DisplayName("a job that is still completing is waited for, but not for ever")
  void completing() throws Exception {
    Path folder = run("cg", JOB);
    slurmSays("JobId=17 JobState=COMPLETING");
    note("UNKNOWN", Instant.now());
    pass();
    assertTrue(Files.exists(spool.incoming().resolve(NOTE)));
    assertFalse(Files.exists(folder.resolve("manifest.json")));
    note("UNKNOWN", Instant.now().minusSeconds(3600));
    pass();
    assertTrue(wholeBundle(folder).get("result.json").contains("\"FAILED\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "half {",
        "[]",
        "{'version':2}",
        "{'version':1,'cluster':'../x','jobId':'17','attempt':0,'state':'FAILED','exitCode':0,'bundles':[],'endedAt':'2026-01-01T00:00:00Z'}",
        "{'version':1,'cluster':'hpc','jobId':'18','attempt':0,'state':'FAILED','exitCode':0,'bundles':[],'endedAt':'2026-01-01T00:00:00Z'}",
        "{'version':1,'cluster':'hpc','jobId':'17','attempt':0,'state':'went"
            + " away','exitCode':0,'bundles':[],'endedAt':'2026-01-01T00:00:00Z'}",
        "{'version':1,'cluster':'hpc','jobId':'17','attempt':0,'state':'FAILED','exitCode':0,'bundles':['/a/../b'],'endedAt':'2026-01-01T00:00:00Z'}",
        "{'version':1,'cluster':'hpc','jobId':'17','attempt':0,'state':'FAILED','exitCode':0,'bundles':[],'endedAt':'today'}"
      },
      quoteCharacter = '"')
  @DisplayName("what is no note is refused and kept")
  void refused(String text) throws Exception {
    Files.writeString(spool.incoming().resolve(NOTE), text.replace('\'', '"'));
    pass();
    assertTrue(Files.exists(spool.refused().resolve(NOTE)));
    assertFalse(Files.exists(spool.incoming().resolve(NOTE)));
  }

  @Test
  @DisplayName("a link is no note, and no file of a bundle; what it leads to stays as it is")
  void links() throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), "untouched");
    Path folder = run("cg", JOB);
    for (String name : List.of("result.json", "manifest.json.part", "log", ".result.json.part")) {
      Files.createSymbolicLink(folder.resolve(name), secret);
    }
    Files.createSymbolicLink(spool.incoming().resolve("hpc-18-0.json"), secret);
    note("FAILED", Instant.now());
    pass();
    JsonNode manifest =
        SpoolJson.MAPPER.readTree(Files.readString(folder.resolve("manifest.json")));
    assertEquals(1, manifest.get("files").size(), manifest::toString);
    assertFalse(Files.isSymbolicLink(folder.resolve("result.json")));
    assertEquals("untouched", Files.readString(secret));
    assertTrue(Files.isSymbolicLink(spool.refused().resolve("hpc-18-0.json")));
  }

  @Test
  @DisplayName("who is not trusted may name his own bundles only")
  void strangers() throws Exception {
    Assumptions.assumeTrue(
        System.getProperty("user.name").equals("root"), "only root can give files to others");
    Path folder = run("cg", JOB);
    Path note = note("FAILED", Instant.now());
    Files.setOwner(
        note, note.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    service(Set.of("slurm")).pass();
    assertTrue(Files.exists(folder.resolve("running.json")));
    assertTrue(Files.exists(spool.sent().resolve(NOTE)));
    Files.setOwner(
        folder,
        note.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    Path again = note("FAILED", Instant.now());
    Files.setOwner(again, Files.getOwner(folder));
    service(Set.of("slurm")).pass();
    assertEquals("nobody", Files.getOwner(folder.resolve("result.json")).getName());
  }
}
