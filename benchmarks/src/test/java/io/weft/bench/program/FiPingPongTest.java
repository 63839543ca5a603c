package io.weft.bench.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.bench.peer.AbsentException;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** libfabric's own program is started, read and ended. */
class FiPingPongTest {
  private static final double SECONDS = 120;

  /** What libfabric 1.17.0 printed for {@code -I 200 -S 64}. */
  private static final String SAMPLE =
      """
      bytes   #sent   #ack     total       time     MB/sec    usec/xfer   Mxfers/sec
      64      200     =200     25k         0.00s     10.50       6.09       0.16
      """;

  @Test
  void theColumnOfTimesIsRead() throws IOException {
    assertEquals(6090, FiPingPong.parse(SAMPLE), 1e-9);
  }

  @Test
  void outputWithoutFiguresIsAnError() {
    String headings = SAMPLE.lines().findFirst().orElseThrow();
    for (String none :
        new String[] {"", headings, headings + "\n64 200", headings + "\na b c d e f g h"}) {
      String message = assertThrows(IOException.class, () -> FiPingPong.parse(none)).getMessage();
      assertTrue(message.startsWith("fi_pingpong printed no usec/xfer: "), message);
    }
  }

  @ParameterizedTest
  @CsvSource({"net, tcp (lo), lo (driver lo)", "shm, shm, none"})
  void aRunOfIt(String provider, String network, String device) throws Exception {
    FiPingPong program = FiPingPong.find(System.getenv());
    FiPingPong.Result result = program.run(provider, 1024, 20, SECONDS);
    assertTrue(result.nanos() > 0, result::toString);
    assertEquals(network, result.found().network());
    assertEquals(device, result.found().device());
    assertTrue(
        result.found().library().matches("fi_pingpong of libfabric [0-9.]+"), result::toString);
  }

  @Test
  void whatItComplainsOfIsTold() {
    FiPingPong program = FiPingPong.find(System.getenv());
    String message =
        assertThrows(IOException.class, () -> program.run("nobody", 8, 10, SECONDS)).getMessage();
    assertTrue(message.contains("No data available"), message);
    assertNothingRuns();
  }

  @Test
  void oneThatTakesTooLongIsEnded() {
    FiPingPong program = FiPingPong.find(System.getenv());
    String message =
        assertThrows(IOException.class, () -> program.run("net", 8, 1_000_000_000, 2)).getMessage();
    assertTrue(message.startsWith("fi_pingpong: it takes longer than 2.0 s"), message);
    assertNothingRuns();
  }

  private static void assertNothingRuns() {
    try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
      assertEquals(
          0,
          children
              .filter(child -> child.info().command().orElse("").contains("fi_pingpong"))
              .count());
    }
  }

  @Test
  void itIsAbsentWhereItIsNot() {
    String message =
        assertThrows(AbsentException.class, () -> FiPingPong.find(Map.of("PATH", "/nowhere")))
            .getMessage();
    assertTrue(message.startsWith("no fi_pingpong on the PATH"), message);
    FiPingPong program = FiPingPong.find(System.getenv());
    assertThrows(AbsentException.class, () -> program.run("net", 0, 1, SECONDS));
  }
}
