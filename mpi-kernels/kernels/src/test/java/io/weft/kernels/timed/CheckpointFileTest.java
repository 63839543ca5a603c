package io.weft.kernels.timed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
  private final double[] large = new Random(1).doubles(200_001).toArray();
  private final double[] odd = {Double.NaN, -0.0, Double.MIN_VALUE, Double.NEGATIVE_INFINITY};

  @TempDir private Path directory;

  private Path written() throws IOException {
    Path file = directory.resolve("rank-0");
    new CheckpointFile("mg-S-2, rank-0").write(file, 7, List.of(large, odd));
    return file;
  }

  private static void read(Path file, String run, long step, int... lengths) throws IOException {
    List<double[]> state = Arrays.stream(lengths).mapToObj(double[]::new).toList();
    new CheckpointFile(run).read(file, step, state);
  }

  private static String refusal(Path file, String run, long step, int... lengths) {
    return assertThrows(IOException.class, () -> read(file, run, step, lengths)).getMessage();
  }

  @Test
  void bringsBackEveryBit() throws IOException {
    Path file = written();
    double[] first = new double[large.length];
    double[] second = new double[odd.length];
    new CheckpointFile("mg-S-2, rank-0").read(file, 7, List.of(first, second));
    assertArrayEquals(large, first);
    for (int i = 0; i < odd.length; i++) {
      assertEquals(Double.doubleToRawLongBits(odd[i]), Double.doubleToRawLongBits(second[i]));
    }
    try (var entries = Files.list(directory)) {
      assertEquals(List.of(file), entries.toList(), "nothing else is left");
    }
  }

  @Test
  void whatBelongsElsewhereIsRefused() throws IOException {
    Path file = written();
    int length = large.length;
    String run = "mg-S-2, rank-0";
    assertTrue(refusal(file, "mg-S-2, rank-1", 7, length, 4).contains("run is mg-S-2, rank-0"));
    assertTrue(refusal(file, run, 8, length, 4).contains("step is 7, where this run has 8"));
    assertTrue(refusal(file, run, 7, length).contains("number of arrays is 2"));
    assertTrue(refusal(file, run, 7, length - 1, 4).contains("length is 200001"));
  }

  /** Any bit of any byte, and any length but the right one: a seeded sample. */
  @Test
  void everyChangeIsFoundOut() throws IOException {
    Path file = written();
    byte[] right = Files.readAllBytes(file);
    Random random = new Random(2);
    for (int i = 0; i < 200; i++) {
      byte[] changed = right.clone();
      int at = i < 60 ? i : random.nextInt(right.length);
      changed[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, changed);
      refusal(file, "mg-S-2, rank-0", 7, large.length, 4);
    }
    for (int length : new int[] {0, 1, 20, right.length / 2, right.length - 1}) {
      Files.write(file, Arrays.copyOf(right, length));
      String message = refusal(file, "mg-S-2, rank-0", 7, large.length, 4);
      assertTrue(message.contains(file.toString()), message);
    }
    Files.write(file, Arrays.copyOf(right, right.length + 1));
    refusal(file, "mg-S-2, rank-0", 7, large.length, 4);
    Files.write(file, right);
    read(file, "mg-S-2, rank-0", 7, large.length, 4);
  }

  @Test
  void whatCannotBeWrittenLeavesTheOldFile() throws IOException {
    Path file = written();
    byte[] right = Files.readAllBytes(file);
    Files.createDirectory(directory.resolve(".rank-0.part"));
    assertThrows(
        IOException.class, () -> new CheckpointFile("mg-S-2, rank-0").write(file, 9, List.of(odd)));
    assertArrayEquals(right, Files.readAllBytes(file));
  }
}
