package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.MpiVendor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Timelines: one lane a rank, and the times that the report adds up. */
class TraceTest {
  private static final double MICROS = 1e6;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  @DisplayName("a trace has a lane for each rank, whose phases add up to the report's")
  void lanes(int ranks) throws Exception {
    WeftProcess.installation(MpiVendor.OPEN_MPI);
    WeftProcess.of(directory, "run", "jacobi2d", "--ranks", Integer.toString(ranks), "--trace")
        .deadline(60)
        .run();
    Path bundle = BundleReader.only(directory);
    JsonNode result =
        BundleReader.result(
            bundle, List.of("manifest.json", "report.txt", "result.json", "trace.json"));
    JsonNode trace = Json.MAPPER.readTree(Files.readString(bundle.resolve("trace.json")));
    String title = trace.get("otherData").get("title").asString();
    assertTrue(title.startsWith("jacobi2d class S on " + ranks + " ranks via mpi over "), title);

    Set<Integer> lanes = new TreeSet<>();
    Map<String, Double> micros = new TreeMap<>();
    Map<Integer, Double> ends = new TreeMap<>();
    int phases = 0;
    for (JsonNode event : trace.get("traceEvents")) {
      int rank = event.get("tid").asInt();
      lanes.add(rank);
      if (event.get("ph").asString().equals("M")) {
        assertEquals("rank " + rank, event.get("args").get("name").asString());
        continue;
      }
      assertEquals("X", event.get("ph").asString());
      double start = event.get("ts").asDouble();
      // A viewer would draw a phase that starts before the last one ends inside of that one.
      assertTrue(start >= ends.getOrDefault(rank, 0.0), "one after the other: " + event);
      ends.put(rank, start + event.get("dur").asDouble());
      phases++;
      boolean computes = event.get("name").asString().equals("step");
      assertEquals(computes ? "compute" : "communicate", event.get("cat").asString());
      micros.merge(event.get("name").asString(), event.get("dur").asDouble(), Double::sum);
    }
    assertEquals(ranks, lanes.size());
    for (JsonNode phase : result.get("phases")) {
      double inReport = phase.get("meanSeconds").asDouble() * ranks;
      double inTrace = micros.getOrDefault(phase.get("name").asString(), 0.0) / MICROS;
      double gaps = 1e-9 * phases;
      assertEquals(inReport, inTrace, gaps + 1e-6 + 1e-9 * inReport, phase::toString);
    }
  }

  @Test
  @DisplayName("phases past the most that a trace holds are counted in its last event")
  void tooMany() {
    PhaseRecorder recorder = new PhaseRecorder();
    recorder.phaseEnded("warm-up", false, 0, 1);
    recorder.timedPartStarts();
    for (int i = 0; i < PhaseRecorder.MOST + 5; i++) {
      recorder.phaseEnded(i % 2 == 0 ? "even" : "odd", i % 2 == 1, 1000L + i, 1001L + i);
    }
    String lane = Trace.lane(3, recorder);
    JsonNode events = Json.MAPPER.readTree("[" + lane + "]");
    assertEquals(1 + PhaseRecorder.MOST + 1, events.size());
    assertEquals("even", events.get(1).get("name").asString());
    assertEquals(0, events.get(1).get("ts").asDouble());
    assertEquals("communicate", events.get(2).get("cat").asString());
    JsonNode last = events.get(events.size() - 1);
    assertEquals("5 more phases, which this trace does not hold", last.get("name").asString());
    assertEquals("i", last.get("ph").asString());
  }
}
