package io.weft.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.comm.fabric.Algorithms;
import io.weft.launch.Network;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The algorithms of collectives among threads, on numbers of ranks that {@code mpirun} has not. */
class AlgorithmsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 8})
  void everyAlgorithmMeetsTheFormulas(int ranks) throws Exception {
    ThreadRanks.run(
        ranks,
        bootstrap -> {
          FabricCommunicator comm = open(bootstrap);
          AlgorithmCases.check(comm);
          comm.close();
        });
  }

  private static FabricCommunicator open(Bootstrap bootstrap) {
    return FabricCommunicator.open(bootstrap, Network.SHM, null, true);
  }

  @Test
  void whatIsMadeOfOneGoesByTheSame() throws Exception {
    ThreadRanks.run(
        4,
        bootstrap -> {
          try (FabricCommunicator comm = open(bootstrap)) {
            Map<Collective, Algorithm> asked =
                Map.of(
                    Collective.ALLGATHER,
                    Algorithm.RECURSIVE_DOUBLING,
                    Collective.ALLREDUCE,
                    Algorithm.RABENSEIFNER);
            FabricCommunicator made = comm.dupWith(asked);
            FabricCommunicator three =
                (FabricCommunicator) made.split(comm.rank() == 3 ? -1 : 0, 0);
            FabricCommunicator same = (FabricCommunicator) made.dup();
            assertEquals(
                Algorithm.RECURSIVE_DOUBLING, same.algorithm(Collective.ALLGATHER, 1 << 20));
            if (three != null) {
              assertEquals(Algorithm.RABENSEIFNER, three.algorithm(Collective.ALLREDUCE, 8));
              // No power of two: the table's, which is one that runs.
              Algorithm table = three.algorithm(Collective.ALLGATHER, 8);
              assertTrue(Collective.ALLGATHER.allows(table, 3), table.toString());
            }
          }
        });
  }

  @Test
  void ranksThatAskForDifferentOnesAllSaySo() throws Exception {
    ThreadRanks.run(
        3,
        bootstrap -> {
          Map<String, String> environment =
              bootstrap.rank() == 1
                  ? Map.of("WEFT_ALLREDUCE", "ring")
                  : Map.of("WEFT_ALLREDUCE", " rabenseifner ");
          String message =
              assertThrows(
                      CommunicatorException.class,
                      () -> Algorithms.ofEnvironment(bootstrap, environment))
                  .getMessage();
          assertTrue(
              message.contains("rank 1 for WEFT_ALLREDUCE=ring") && !message.contains("rank 2"),
              message);
        });
  }

  @Test
  void anUnknownNameOfOneRankFailsOnAllAndListsThoseThereAre() throws Exception {
    ThreadRanks.run(
        2,
        bootstrap -> {
          Map<String, String> environment =
              bootstrap.rank() == 1 ? Map.of("WEFT_REDUCE_SCATTER", "ring") : Map.of();
          String message =
              assertThrows(
                      CommunicatorException.class,
                      () -> Algorithms.ofEnvironment(bootstrap, environment))
                  .getMessage();
          assertEquals(
              "rank 1: WEFT_REDUCE_SCATTER: \"ring\" is no algorithm of reduce-scatter;"
                  + " there are pairwise, recursive-halving",
              message);
        });
  }

  @Test
  void namesOfTheEnvironmentAreTaken() throws Exception {
    Map<Collective, Algorithm> expected = new EnumMap<>(Collective.class);
    expected.put(Collective.ALLGATHER, Algorithm.BRUCK);
    expected.put(Collective.BCAST, Algorithm.SCATTER_ALLGATHER);
    Map<String, String> environment =
        Map.of("WEFT_ALLGATHER", "bruck", "WEFT_BCAST", "scatter-allgather", "WEFT_GATHER", "");
    ThreadRanks.run(
        2, bootstrap -> assertEquals(expected, Algorithms.ofEnvironment(bootstrap, environment)));
  }

  @Test
  void anAlgorithmOfAnotherCollectiveIsRefused() throws Exception {
    ThreadRanks.run(
        1,
        bootstrap -> {
          try (FabricCommunicator comm = open(bootstrap)) {
            assertThrows(
                IllegalArgumentException.class,
                () -> comm.dupWith(Map.of(Collective.ALLTOALL, Algorithm.RING)));
          }
        });
  }
}
