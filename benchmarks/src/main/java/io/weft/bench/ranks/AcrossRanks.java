package io.weft.bench.ranks;

import io.weft.bench.peer.Pattern;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * A benchmark whose fork is a job of ranks. An invocation is a batch of as many operations as JMH
 * was told ({@code -opi}; {@code scripts/bench} tells it); the others are told to run the same
 * batch, and all meet in a barrier, before the clock starts.
 *
 * <p>JMH's own time is rank 0's. Of patterns in which all ranks take part alike {@link
 * RankProfiler} adds the largest over ranks, which is what {@code scripts/bench} reports.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
@State(Scope.Benchmark)
public abstract class AcrossRanks {
  /** The provider that a network has where none is asked for. */
  public static final String USUAL = "usual";

  /** The library; see {@link io.weft.bench.peer.MeasuredVia}. */
  @Param({
    "mpi",
    "libfabric",
    "c-mpi",
    "c-libfabric",
    "openmpi-java",
    "aeron",
    "nio",
    "jucx",
    "fi_pingpong"
  })
  public String via;

  /** What messages cross: {@code efa}, {@code ena} or {@code shm}. */
  @Param({"efa", "ena", "shm"})
  public String network;

  /** libfabric's provider by its full name, of Weft's communicator and of C; else the usual one. */
  @Param(USUAL)
  public String provider;

  /** How many ranks. */
  @Param("2")
  public int ranks;

  private RankZero job;

  /** Made by JMH. */
  protected AcrossRanks() {}

  /**
   * What is measured.
   *
   * @return the pattern; null if it is none
   */
  public abstract Pattern pattern();

  /**
   * Bytes of a message.
   *
   * @return 0 where there are none
   */
  abstract long bytes();

  /**
   * Opens what is measured, on all ranks.
   *
   * @param zero this rank
   */
  void open(RankZero zero) {
    zero.open(pattern(), bytes());
  }

  /**
   * Joins the job.
   *
   * @param params how many operations a batch has
   */
  @Setup(Level.Trial)
  public void join(BenchmarkParams params) {
    job = new RankZero(via, network, ranks, params.getOpsPerInvocation());
    open(job);
    RankProfiler.watch(job);
  }

  /** Tells the others to run a batch, and meets them. */
  @Setup(Level.Invocation)
  public void ready() {
    job.ready();
  }

  /** One batch. */
  @Benchmark
  public void batch() {
    job.batch();
  }

  /** Hears of the others' times. */
  @TearDown(Level.Invocation)
  public void hear() {
    job.hear();
  }

  /**
   * Times operations singly, where the pattern has that.
   *
   * @param params whether this iteration counts
   */
  @TearDown(Level.Iteration)
  public void endIteration(IterationParams params) {
    job.endIteration(params.getType() == IterationType.MEASUREMENT);
  }

  /** Asks what carried the messages, writes it down, and ends the job. */
  @TearDown(Level.Trial)
  public void leave() {
    job.close();
  }
}
