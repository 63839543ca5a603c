package io.weft.comm.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.comm.Algorithm;
import io.weft.comm.Collective;
import io.weft.comm.fabric.AlgorithmTable.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows, and which of them counts. */
class AlgorithmTableTest {
  /** A row of everything, so that a table is whole. */
  private static String rest(Collective but) {
    StringBuilder rows = new StringBuilder();
    for (Kind kind : Kind.values()) {
      for (Collective collective : Collective.values()) {
        for (int ranks = 2; ranks < 4 && collective != but; ranks++) {
          rows.append("%s %s %d 0 %s%n".formatted(kind, collective, ranks, any(collective)));
        }
      }
    }
    return rows.toString();
  }

  private static Algorithm any(Collective collective) {
    return collective.algorithms().stream().filter(a -> collective.allows(a, 3)).findFirst().get();
  }

  private static final String ROWS =
      """
      # of allreduce alone
      rings allreduce 2 0 recursive-doubling
      rings allreduce 2 4096 ring   # a remark
      rings allreduce 3 0 ring
      rings allreduce 8 0 rabenseifner
      rings allreduce 9 0 recursive-doubling
      tcp allreduce 2 0 ring
      tcp allreduce 3 0 recursive-doubling
      """;

  @ParameterizedTest
  @CsvSource({
    "RINGS, 1, 0, RECURSIVE_DOUBLING",
    "RINGS, 2, 0, RECURSIVE_DOUBLING",
    "RINGS, 2, 4095, RECURSIVE_DOUBLING",
    "RINGS, 2, 4096, RING",
    "RINGS, 2, 999999999999, RING",
    "RINGS, 4, 4096, RING",
    "RINGS, 8, 0, RABENSEIFNER",
    "RINGS, 64, 0, RABENSEIFNER",
    "RINGS, 3, 0, RING",
    "RINGS, 7, 0, RING",
    "RINGS, 9, 0, RECURSIVE_DOUBLING",
    "RINGS, 100, 0, RECURSIVE_DOUBLING",
    "TCP, 8, 9, RING",
    "TCP, 5, 9, RECURSIVE_DOUBLING",
  })
  void theNearestSmallerNumberOfRanksCounts(Kind kind, int ranks, long bytes, Algorithm expected) {
    AlgorithmTable table = AlgorithmTable.parse(ROWS + rest(Collective.ALLREDUCE));
    AlgorithmChoice choice = new AlgorithmChoice(table, kind, ranks, Map.of());
    assertEquals(expected, choice.of(Collective.ALLREDUCE, bytes));
  }

  @Test
  void theBuiltInTableAnswersForEveryNumberOfRanksWithWhatRuns() {
    for (Kind kind : Kind.values()) {
      for (int ranks = 1; ranks < 70; ranks++) {
        AlgorithmChoice choice =
            new AlgorithmChoice(AlgorithmTable.builtIn(), kind, ranks, Map.of());
        for (Collective collective : Collective.values()) {
          for (long bytes : new long[] {0, 8, 100_000, 1L << 33}) {
            Algorithm algorithm = choice.of(collective, bytes);
            assertTrue(collective.allows(algorithm, ranks), kind + " " + collective + " " + ranks);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rings allreduce 2 0, not KIND COLLECTIVE RANKS BYTES ALGORITHM",
    "rings allreduce 2 8 ring, lengths start at 0 and grow",
    "rings allreduce 2 0 bruck, is no algorithm of allreduce",
    "rings allgather 3 0 recursive-doubling, not on 3 ranks",
    "rings nothing 2 0 ring, nothing",
    "rings allreduce two 0 ring, two",
  })
  void aWrongRowIsNamed(String row, String reason) {
    String text = row + "\n" + rest(null);
    String message =
        assertThrows(IllegalArgumentException.class, () -> AlgorithmTable.parse(text)).getMessage();
    assertTrue(message.contains(row), message);
    assertTrue(
        message
            .toLowerCase(java.util.Locale.ROOT)
            .contains(reason.toLowerCase(java.util.Locale.ROOT)),
        message);
  }

  @Test
  void aTableWithoutACollectiveIsRefused() {
    String text = rest(Collective.GATHER);
    String message =
        assertThrows(IllegalArgumentException.class, () -> AlgorithmTable.parse(text)).getMessage();
    assertTrue(message.contains("gather"), message);
  }
}
