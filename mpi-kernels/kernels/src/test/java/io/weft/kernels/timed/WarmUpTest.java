package io.weft.kernels.timed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weft.kernels.LocalCommunicator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarmUpTest {
  @Test
  @DisplayName("classes that are measured warm up, the small ones run a step")
  void classes() {
    assertEquals(0, WarmUp.seconds(Map.of(), "S"));
    assertEquals(0, WarmUp.seconds(Map.of(), "W"));
    assertEquals(WarmUp.USUAL_SECONDS, WarmUp.seconds(Map.of(), "A"));
    assertEquals(0, WarmUp.seconds(Map.of("WEFT_WARM_UP_SECONDS", "0"), "A"));
    assertEquals(1.5, WarmUp.seconds(Map.of("WEFT_WARM_UP_SECONDS", "1.5"), "S"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "3601", "long", "1e3", "NaN"})
  @DisplayName("no number of seconds is refused by name")
  void wrong(String word) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> WarmUp.seconds(Map.of("WEFT_WARM_UP_SECONDS", word), "S"))
            .getMessage();
    assertEquals(
        "WEFT_WARM_UP_SECONDS is " + word + ": set it to seconds, from 0 to 3600", message);
  }

  @Test
  @DisplayName("every rank runs as many steps, whichever is slow")
  void agreed() {
    List<Integer> counts =
        LocalCommunicator.onEachRank(
            3,
            communicator -> {
              int[] steps = {0};
              // A clock that each step moves on: by 0.3 s on rank 1, where a second is over first.
              long pace = communicator.rank() == 1 ? 300_000_000L : 100_000_000L;
              new WarmUp(1, new SmallReductions(communicator), () -> steps[0] * pace)
                  .run(() -> steps[0]++);
              return steps[0];
            });
    assertEquals(List.of(4, 4, 4), counts);
  }

  @Test
  @DisplayName("without a time it is one step, and nothing is said to the others")
  void once() {
    int[] steps = {0};
    new WarmUp(0, null, System::nanoTime).run(() -> steps[0]++);
    assertEquals(1, steps[0]);
  }
}
