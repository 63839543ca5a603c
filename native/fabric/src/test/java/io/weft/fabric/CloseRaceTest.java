package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.fabric.ChildJvm.Outcome;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What one thread calls is closed by another, in a JVM of its own: every call and every close ends
 * cleanly or in an exception, never the JVM's end, never a hang. A sample by default, 100,000
 * closes in long runs.
 */
class CloseRaceTest {
  private static final boolean LONG = Boolean.getBoolean("weft.long");
  private static final long DEADLINE_SECONDS = LONG ? 3600 : 120;

  @ParameterizedTest
  @CsvSource({"shm, 800, 50000", "net, 1200, 50000"})
  void closesRaceWithCalls(String provider, int sample, int all) throws Exception {
    if (!Peer.providers().contains(provider)) {
      System.out.println("[skipped] closes that race: libfabric has no provider " + provider);
      return;
    }
    int closes = LONG ? all : sample;
    Outcome outcome =
        ChildJvm.run(
            ChildJvm.of(
                CloseRaceChild.class.getName(),
                Integer.toString(closes),
                Long.toString(20_261_121L + closes),
                provider),
            DEADLINE_SECONDS);
    assertEquals(0, outcome.status(), outcome::output);
    List<String> lines = outcome.output().lines().toList();
    assertEquals("closed " + closes, lines.getLast(), outcome::output);
    for (CloseRaceChild.Kind kind : CloseRaceChild.Kind.values()) {
      String line =
          lines.stream().filter(each -> each.startsWith(kind + " ")).findFirst().orElse("");
      assertTrue(line.matches(kind + " [1-9]\\d* clean [1-9]\\d* thrown"), outcome::output);
    }
  }
}
