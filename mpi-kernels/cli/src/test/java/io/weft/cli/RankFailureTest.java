package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weft.fabric.FabricUnavailableException;
import io.weft.launch.LaunchException;
import io.weft.mpi.MpiUnavailableException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exit statuses between a rank and its front process. */
class RankFailureTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0", "1, 0", "3, 0", "9, 0", "64, 0", "65, 1", "66, 2", "67, 3", "68, 0", "137, 0"
  })
  @DisplayName("only the status of a rank that has spoken counts as one")
  void spoken(int ownStatus, int spoken) {
    assertEquals(spoken, RankFailure.spokenStatus(ownStatus));
  }

  @Test
  @DisplayName("outside of a front process a status is what it is")
  void own() {
    assertEquals(ExitStatus.USAGE, RankFailure.ownStatus(ExitStatus.USAGE));
  }

  @Test
  @DisplayName("what a user can mend is told from a defect")
  void mendable() {
    assertEquals(2, RankFailure.mendableStatus(new WeftException(ExitStatus.USAGE, "")));
    assertEquals(3, RankFailure.mendableStatus(new LaunchException("")));
    assertEquals(3, RankFailure.mendableStatus(new MpiUnavailableException("")));
    assertEquals(3, RankFailure.mendableStatus(new FabricUnavailableException("")));
    assertEquals(0, RankFailure.mendableStatus(new NullPointerException()));
  }
}
