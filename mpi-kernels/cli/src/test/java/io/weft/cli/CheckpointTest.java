package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.MpiVendor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs that are killed and continued. */
class CheckpointTest {
  private static final int KILLS = Boolean.getBoolean("weft.long") ? 20 : 3;
  private static final double DEADLINE_SECONDS = 120;

  /** Runs that may end before the signal comes. */
  private static final int MOST_OUTRUN = 3;

  @TempDir private Path directory;

  private WeftProcess weft(String kernel, String... more) {
    WeftProcess.installation(MpiVendor.OPEN_MPI);
    List<String> arguments = new ArrayList<>(List.of("run", kernel, "--ranks", "2", "--json"));
    arguments.addAll(List.of(more));
    return WeftProcess.of(directory, arguments.toArray(String[]::new)).deadline(DEADLINE_SECONDS);
  }

  /** The newest step of which both ranks have a file; 0 if there is none. */
  private int newest() throws Exception {
    Path folder = directory.resolve("weft-checkpoints/jacobi2d-W-2");
    int newest = 0;
    if (Files.isDirectory(folder)) {
      for (String name : BundleReader.names(folder)) {
        boolean both =
            Files.exists(folder.resolve(name).resolve("rank-0"))
                && Files.exists(folder.resolve(name).resolve("rank-1"));
        newest = both ? Math.max(newest, Integer.parseInt(name.substring(5))) : newest;
      }
    }
    return newest;
  }

  @Test
  @DisplayName("kill -9 at any moment costs the unfinished checkpoint, and no bit of the result")
  void killed() throws Exception {
    WeftResult whole = weft("jacobi2d", "--class", "W").run();
    assertEquals(0, whole.status(), whole::toString);
    Random random = new Random(20_261_121);
    int before = 0;
    int outrun = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      List<String> arguments = new ArrayList<>(List.of("--class", "W", "--checkpoint", "1"));
      if (before > 0) {
        arguments.add("--resume");
      }
      WeftProcess weft = weft("jacobi2d", arguments.toArray(String[]::new)).start();
      int wanted = before + 1 + random.nextInt(8);
      long deadline = System.nanoTime() + (long) (DEADLINE_SECONDS * 1e9);
      while (newest() < wanted) {
        assertTrue(System.nanoTime() < deadline, "no checkpoint after step " + wanted);
        Thread.sleep(1);
      }
      Long rank = weft.processes().ranks().get(random.nextInt(2));
      if (rank != null) {
        Signals.send("KILL", rank);
      }
      WeftResult result = weft.await();
      if (result.status() == ExitStatus.OK) {
        outrun++;
        assertTrue(outrun <= MOST_OUTRUN, "the signal is always too late");
        kill--;
      } else {
        assertEquals(ExitStatus.FAILED, result.status(), result::toString);
      }
      assertTrue(newest() >= wanted, "what was whole stays whole");
      before = newest();
    }
    WeftResult continued = weft("jacobi2d", "--class", "W", "--resume").run();
    assertEquals(0, continued.status(), continued::toString);
    JsonNode json = continued.json();
    assertEquals(before, json.get("resumedAfter").asInt(), continued::toString);
    assertEquals(whole.json().get("verification").toString(), json.get("verification").toString());
  }

  @Test
  @DisplayName("nothing to continue from is said once")
  void nothingThere() throws Exception {
    weft("mg", "--resume")
        .run()
        .assertFails(
            ExitStatus.UNAVAILABLE,
            "no whole checkpoint to resume from in",
            "weft-checkpoints/mg-S-2",
            "leave --resume out");
  }

  @Test
  @DisplayName("a disk that fills up ends all ranks and names the disk")
  void fullDisk() throws Exception {
    PrivateDisk.skipUnlessPossible();
    Path disk = Files.createDirectory(directory.resolve("disk"));
    weft("jacobi2d", "--checkpoint", "10", "--checkpoints", disk.toString())
        .through(PrivateDisk.of(disk, "256k"))
        .run()
        .assertFails(
            ExitStatus.UNAVAILABLE,
            "the checkpoint after step ",
            "cannot be written to " + disk,
            "No space left",
            "--resume continues from the one before");
  }
}
