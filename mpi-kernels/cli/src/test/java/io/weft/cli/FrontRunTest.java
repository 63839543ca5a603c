package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FrontRunTest {
  @Test
  @DisplayName("ranks on other hosts get what the user has set for them, and no secret")
  void settings() {
    Map<String, String> given =
        Map.of(
            "WEFT_OVERLAP", "off",
            "WEFT_WARM_UP_SECONDS", "3",
            "WEFT_ALLREDUCE", "ring",
            "WEFT_SECRET", "not for a command line",
            "HOME", "/home/somebody");
    assertEquals(
        Map.of("WEFT_OVERLAP", "off", "WEFT_WARM_UP_SECONDS", "3", "WEFT_ALLREDUCE", "ring"),
        FrontRun.settingsOfTheUser(given));
  }
}
