package io.weft.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The benchmarks run, all of them, and compute what they say; their figures are not judged. */
class CallCostTest {
  @Test
  void everyVariantRunsInItsOwnJvm() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(CallCost.class.getName())
                    .forks(1)
                    .warmupIterations(1)
                    .warmupTime(TimeValue.milliseconds(100))
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(200))
                    .shouldFailOnError(true)
                    .build())
            .run();
    Set<String> names =
        results.stream()
            .map(result -> result.getPrimaryResult().getLabel())
            .collect(Collectors.toSet());
    assertEquals(Set.of("emptyCFunction", "mpiCommRank", "emptyCqRead"), names);
    for (RunResult result : results) {
      assertTrue(result.getPrimaryResult().getScore() > 0, () -> result.getParams().toString());
    }
  }

  @Test
  void theProviderParameterIsHonoured() {
    CallCost.FabricState state = new CallCost.FabricState();
    state.provider = "no such provider";
    RuntimeException refused = assertThrows(RuntimeException.class, state::open);
    assertTrue(refused.getMessage().contains("no such provider"), refused::getMessage);
  }

  @Test
  void anIdleEndpointHasNoCompletions() {
    try (LoneEndpoint endpoint = new LoneEndpoint("shm")) {
      assertEquals(0, endpoint.queue().read());
    }
  }
}
