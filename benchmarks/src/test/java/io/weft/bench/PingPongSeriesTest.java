package io.weft.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every way runs and gets a figure, which is not judged; each rank checks what it received. */
class PingPongSeriesTest {
  @Test
  void everyWayHasAFigureForEveryLength() throws Exception {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      PingPongSeries.main(new String[] {"--turns", "1", "--seconds", "0.01", "8", "70000"});
    } finally {
      System.setOut(out);
    }
    List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(4, lines.size(), lines.toString());
    int ways = 8;
    assertTrue(lines.get(2).startsWith("| 8 |") && lines.get(3).startsWith("| 70000 |"));
    for (int i = 2; i < 4; i++) {
      String[] cells = lines.get(i).split("[|]");
      assertEquals(ways + 2, cells.length, lines.get(i));
      for (int k = 2; k < cells.length; k++) {
        assertTrue(cells[k].matches(" +[0-9,]+ .*to [0-9,]+[)].*"), cells[k]);
      }
    }
  }
}
