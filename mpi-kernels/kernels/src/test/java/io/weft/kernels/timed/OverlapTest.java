package io.weft.kernels.timed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OverlapTest {
  @Test
  void isOnUnlessSwitchedOff() {
    assertTrue(Overlap.of(Map.of()));
    assertTrue(Overlap.of(Map.of("WEFT_OVERLAP", "on")));
    assertFalse(Overlap.of(Map.of("WEFT_OVERLAP", "off")));
  }

  @Test
  void anotherWordIsRefusedWithThoseThereAre() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Overlap.of(Map.of("WEFT_OVERLAP", "0")))
            .getMessage();
    assertEquals("WEFT_OVERLAP is 0: set it to on or off", message);
  }
}
