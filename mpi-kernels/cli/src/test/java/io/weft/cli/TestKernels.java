package io.weft.cli;

import io.weft.comm.Communicator;
import io.weft.kernels.Check;
import io.weft.kernels.Kernel;
import io.weft.kernels.KernelResult;
import io.weft.kernels.PhaseTime;
import io.weft.kernels.ProblemClass;
import io.weft.kernels.Progress;
import io.weft.kernels.RankRule;
import io.weft.kernels.Verification;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Kernels that go wrong, registered for the tests alone. */
public final class TestKernels {
  /** The step of {@link Waits} takes so long. */
  static final int STEP_MILLIS = 20;

  /** Where {@link FillsDisk} writes. */
  static final String FILL_VARIABLE = "WEFT_CLI_TEST_FILL";

  private TestKernels() {}

  /** A class in name alone. */
  private record Size(String name) implements ProblemClass {
    @Override
    public String parameters() {
      return "none";
    }

    @Override
    public double operations() {
      return 1e6;
    }
  }

  /** What they have in common. */
  abstract static class Base implements Kernel {
    private final String name;

    Base(String name) {
      this.name = name;
    }

    @Override
    public final String name() {
      return name;
    }

    @Override
    public String summary() {
      return "for tests";
    }

    @Override
    public String communication() {
      return "barriers";
    }

    @Override
    public List<? extends ProblemClass> classes() {
      return List.of(new Size("S"));
    }

    @Override
    public RankRule rankRule() {
      return RankRule.ANY;
    }

    @Override
    public long memoryPerRankBytes(String problemClass, int ranks) {
      return 1 << 20;
    }

    @Override
    public KernelResult run(Communicator communicator, String problemClass, Progress progress) {
      communicator.barrier();
      double found = runOne(communicator, problemClass, progress);
      communicator.barrier();
      List<PhaseTime> phases = List.of(new PhaseTime("waiting", true, 0.25, 0.5, 0.75));
      return new KernelResult(
          name,
          problemClass,
          communicator.size(),
          new Verification("these tests", List.of(new Check("unit", 1, found, 1e-10))),
          1,
          1,
          phases,
          0,
          0);
    }

    abstract double runOne(Communicator communicator, String problemClass, Progress progress);
  }

  /** Rank 1 throws. */
  public static final class Throws extends Base {
    /** Made by the service loader. */
    public Throws() {
      super("throws");
    }

    @Override
    double runOne(Communicator communicator, String problemClass, Progress progress) {
      if (communicator.rank() == 1) {
        throw new IllegalStateException("deliberately");
      }
      return 1;
    }
  }

  /** Comes to no number. */
  public static final class NotANumber extends Base {
    /** Made by the service loader. */
    public NotANumber() {
      super("nan");
    }

    @Override
    double runOne(Communicator communicator, String problemClass, Progress progress) {
      return Double.NaN;
    }
  }

  /** Takes a minute in class S, a second in class T, in step. */
  public static final class Waits extends Base {
    private static final int STEPS = 3000;
    private static final int FEW_STEPS = 50;

    /** Made by the service loader. */
    public Waits() {
      super("waits");
    }

    @Override
    public List<? extends ProblemClass> classes() {
      return List.of(new Size("S"), new Size("T"));
    }

    @Override
    double runOne(Communicator communicator, String problemClass, Progress progress) {
      int steps = problemClass.equals("S") ? STEPS : FEW_STEPS;
      for (int step = 1; step <= steps; step++) {
        sleep(STEP_MILLIS);
        communicator.barrier();
        progress.at("step", step, steps);
      }
      return 1;
    }
  }

  /** Rank 1 ends its JVM as if all were well. */
  public static final class Exits extends Base {
    /** Made by the service loader. */
    public Exits() {
      super("exits");
    }

    @Override
    double runOne(Communicator communicator, String problemClass, Progress progress) {
      if (communicator.rank() == 1) {
        System.exit(0);
      }
      return 1;
    }
  }

  /** Needs more memory than any machine has. */
  public static final class Huge extends Base {
    /** Made by the service loader. */
    public Huge() {
      super("huge");
    }

    @Override
    public long memoryPerRankBytes(String problemClass, int ranks) {
      return 1L << 42;
    }

    @Override
    double runOne(Communicator communicator, String problemClass, Progress progress) {
      return 1;
    }
  }

  /** Rank 0 leaves no room on a disk. */
  public static final class FillsDisk extends Base {
    /** Made by the service loader. */
    public FillsDisk() {
      super("fills");
    }

    @Override
    double runOne(Communicator communicator, String problemClass, Progress progress) {
      if (communicator.rank() == 0) {
        try (OutputStream out =
            Files.newOutputStream(Path.of(System.getenv(FILL_VARIABLE), "filler"))) {
          while (true) {
            out.write(new byte[1024]);
          }
        } catch (IOException full) {
          return 1;
        }
      }
      return 1;
    }
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
