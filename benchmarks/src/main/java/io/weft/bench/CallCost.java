package io.weft.bench;

import io.weft.bench.program.CBaseline;
import io.weft.fabric.CompletionQueue;
import io.weft.ffi.CType;
import io.weft.ffi.Unchecked;
import io.weft.mpi.Mpi;
import io.weft.mpi.ThreadLevel;
import io.weft.mpi.ffm.LibmpiFile;
import io.weft.mpi.ffm.MpiComms;
import io.weft.mpi.ffm.PredefinedHandle;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
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

/**
 * What a call from Java into C costs: {@code MPI_Comm_rank}, which reads a field, and {@code
 * fi_cq_read} of an empty queue, against a C function that does nothing.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xms256m", "-Xmx256m"})
public class CallCost {
  /** Bound once, as every handle of Weft is. */
  private static final MethodHandle NOTHING =
      CBaseline.open("nothing.c")
          .function("weft_nothing", CType.intFunction(CType.LONG, CType.POINTER));

  /** Made by JMH. */
  public CallCost() {}

  /** MPI as a job of one rank. */
  @State(Scope.Benchmark)
  public static class MpiState {
    private Mpi mpi;
    private MemorySegment answer;
    private long world;

    /** Made by JMH. */
    public MpiState() {}

    /** Initialises MPI. */
    @Setup(Level.Trial)
    public void open() {
      mpi = Mpi.initialize(ThreadLevel.SERIALIZED);
      answer = mpi.allocate(Long.BYTES);
      world = LibmpiFile.current().abi().handle(PredefinedHandle.MPI_COMM_WORLD);
    }

    /** Finalises MPI. */
    @TearDown(Level.Trial)
    public void close() {
      mpi.close();
    }
  }

  /** An endpoint that nobody sends to. */
  @State(Scope.Benchmark)
  public static class FabricState {
    /** libfabric's provider. */
    @Param({"shm"})
    public String provider;

    private LoneEndpoint endpoint;
    private CompletionQueue queue;

    /** Made by JMH. */
    public FabricState() {}

    /** Opens the endpoint on the thread that measures. */
    @Setup(Level.Trial)
    public void open() {
      endpoint = new LoneEndpoint(provider);
      queue = endpoint.queue();
    }

    /** Closes it. */
    @TearDown(Level.Trial)
    public void close() {
      endpoint.close();
    }
  }

  /** Memory for the empty function's arguments. */
  @State(Scope.Benchmark)
  public static class NothingState {
    private final MemorySegment answer = Arena.global().allocate(ValueLayout.JAVA_LONG);

    /** Made by JMH. */
    public NothingState() {}
  }

  /**
   * The floor.
   *
   * @param state its arguments
   * @return 0
   */
  @Benchmark
  public int emptyCFunction(NothingState state) {
    try {
      return (int) NOTHING.invokeExact(0L, state.answer.address());
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code MPI_Comm_rank} of the world.
   *
   * @param state MPI
   * @return 0, the rank
   */
  @Benchmark
  public int mpiCommRank(MpiState state) {
    MpiComms.rank(state.world, state.answer.address());
    return state.answer.get(ValueLayout.JAVA_INT, 0);
  }

  /**
   * {@code fi_cq_read} that finds nothing.
   *
   * @param state the endpoint
   * @return 0 completions
   */
  @Benchmark
  public int emptyCqRead(FabricState state) {
    return state.queue.read();
  }
}
