package io.weft.kernels.timed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.comm.ReduceOp;
import io.weft.kernels.Check;
import io.weft.kernels.KernelResult;
import io.weft.kernels.LocalCommunicator;
import io.weft.kernels.ProblemClass;
import io.weft.kernels.Progress;
import io.weft.kernels.RankRule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimedKernelTest {
  private record Size(String name) implements ProblemClass {
    @Override
    public String parameters() {
      return "none";
    }

    @Override
    public double operations() {
      return 1;
    }
  }

  private enum Part implements Phase {
    SLEEPING("sleeping", false),
    REST("rest", true);

    private final String label;
    private final boolean communication;

    Part(String label, boolean communication) {
      this.label = label;
      this.communication = communication;
    }

    @Override
    public String label() {
      return label;
    }

    @Override
    public boolean communication() {
      return communication;
    }
  }

  /** Finds each rank's share of a number, and sleeps between. */
  private static class Sample extends TimedKernel<Size> {
    final AtomicInteger prepared = new AtomicInteger();

    Sample() {
      super(List.of(new Size("S")), "this test", Part.values());
    }

    @Override
    public String name() {
      return "sample";
    }

    @Override
    public String summary() {
      return "for this test";
    }

    @Override
    public String communication() {
      return "none";
    }

    @Override
    public RankRule rankRule() {
      return RankRule.ANY;
    }

    @Override
    protected long arrayBytes(Size problem, int ranks) {
      return 0;
    }

    double found(int rank) {
      return 8.5;
    }

    @Override
    protected TimedPart prepare(Size problem, RunContext context) {
      prepared.incrementAndGet();
      context.timers().end(Part.REST); // Counts for nothing: it is before the timed part.
      return new TimedPart() {
        @Override
        public void run() {
          try {
            Thread.sleep(20L * (1 + context.communicator().rank()));
          } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
          }
          context.timers().end(Part.SLEEPING);
        }

        @Override
        public List<Check> checks() {
          return List.of(new Check("half", 8.5, found(context.communicator().rank()), 1e-10));
        }
      };
    }
  }

  private static List<KernelResult> run(Sample kernel, int ranks) {
    return LocalCommunicator.onEachRank(
        ranks, communicator -> kernel.run(communicator, "S", Progress.NONE));
  }

  @Test
  void combinesPhasesOverRanks() {
    List<KernelResult> results = run(new Sample(), 3);
    KernelResult result = results.getFirst();
    assertTrue(result.verification().passed());
    assertEquals("this test", result.verification().source());
    assertTrue(result.phases().get(0).minSeconds() >= 0.02);
    assertTrue(result.phases().get(0).meanSeconds() >= 0.04);
    assertTrue(result.phases().get(0).maxSeconds() >= 0.06);
    assertEquals(0, result.phases().get(1).maxSeconds(), "nothing of before the timed part");
    assertTrue(result.seconds() >= result.phases().get(0).maxSeconds());
    double imbalance = result.phases().get(0).maxSeconds() / result.phases().get(0).meanSeconds();
    assertEquals(imbalance - 1, result.loadImbalance(), 1e-12);
    for (KernelResult other : results) {
      assertEquals(result, other);
    }
  }

  @Test
  void tellsOfPhasesOfTheTimedPart() {
    List<String> told = new ArrayList<>();
    Progress progress =
        new Progress() {
          @Override
          public void at(String phase, long done, long total) {}

          @Override
          public void timedPartStarts() {
            told.clear();
          }

          @Override
          public void phaseEnded(String name, boolean communication, long start, long end) {
            told.add(name + " " + communication);
            assertTrue(end - start >= 20_000_000, "as long as it slept");
            assertTrue(System.nanoTime() - end >= 0);
          }
        };
    LocalCommunicator.onEachRank(1, communicator -> new Sample().run(communicator, "S", progress));
    assertEquals(List.of(Part.SLEEPING.label() + " false"), told);
  }

  @Test
  void ranksThatDifferInABitFail() {
    Sample kernel =
        new Sample() {
          @Override
          double found(int rank) {
            return rank == 2 ? Math.nextUp(8.5) : 8.5;
          }
        };
    for (KernelResult result : run(kernel, 4)) {
      assertTrue(Double.isNaN(result.verification().checks().getFirst().found()));
      assertTrue(!result.verification().passed());
    }
  }

  @Test
  void moreMemoryThanThereIsIsRefusedOnEveryRank() {
    Sample kernel =
        new Sample() {
          @Override
          protected long arrayBytes(Size problem, int ranks) {
            return 1L << 42;
          }
        };
    List<String> messages =
        LocalCommunicator.onEachRank(
            3,
            communicator ->
                assertThrows(
                        IllegalStateException.class,
                        () -> kernel.run(communicator, "S", Progress.NONE))
                    .getMessage());
    for (String message : messages) {
      assertTrue(
          message.startsWith("sample class S holds 4,194,305 MiB a rank on 3 ranks, and"), message);
    }
    assertEquals(0, kernel.prepared.get());
  }

  @Test
  void missingModuleIsNamedOnEveryRank() {
    Sample kernel =
        new Sample() {
          @Override
          public List<String> jvmModules() {
            return List.of("no.such.module");
          }
        };
    List<String> messages =
        LocalCommunicator.onEachRank(
            2,
            communicator ->
                assertThrows(
                        IllegalStateException.class,
                        () -> kernel.run(communicator, "S", Progress.NONE))
                    .getMessage());
    for (String message : messages) {
      assertTrue(message.contains("--add-modules no.such.module"), message);
    }
    assertEquals(0, kernel.prepared.get());
  }

  @Test
  void smallReductionsCombine() {
    List<Boolean> right =
        LocalCommunicator.onEachRank(
            3,
            communicator -> {
              SmallReductions reductions = new SmallReductions(communicator);
              int rank = communicator.rank();
              double[] sums = reductions.combine(new double[] {rank, 0.5}, ReduceOp.SUM);
              long[] least = reductions.combine(new long[] {7 - rank, rank}, ReduceOp.MIN);
              return sums[0] == 3
                  && sums[1] == 1.5
                  && least[0] == 5
                  && least[1] == 0
                  && reductions.agreed(2.5) == 2.5
                  && Double.isNaN(reductions.agreed(rank))
                  && Double.isNaN(reductions.agreed(rank == 1 ? -0.0 : 0.0));
            });
    assertEquals(List.of(true, true, true), right);
  }
}
