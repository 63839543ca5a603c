package io.weft.kernels.is;

import io.weft.comm.Communicator;
import io.weft.comm.ReduceOp;
import io.weft.kernels.Check;
import io.weft.kernels.RankRule;
import io.weft.kernels.timed.RunContext;
import io.weft.kernels.timed.SmallReductions;
import io.weft.kernels.timed.TimedKernel;
import io.weft.kernels.timed.TimedPart;
import java.util.List;
import java.util.function.Consumer;

/**
 * IS of the NAS Parallel Benchmarks 3.4: integer keys ranked ten times over. Random access to
 * memory, and nearly all data moved in each iteration.
 *
 * <p>Runs on any number of ranks: rank {@code r} of {@code p} makes keys {@code floor(N r / p)} to
 * {@code floor(N (r + 1) / p) - 1} of all {@code N}, jumping ahead in the random sequence to where
 * they start, and ranks the keys of a range of values. Ranges are neighbouring buckets (512 in
 * class S, 1024 in others), dealt out in each iteration so that each rank gets about as many keys;
 * a bucket is not divided, so that beyond some hundred ranks shares become unequal, and ranks
 * beyond the number of buckets rank nothing. Everything is integers: results do not depend on the
 * number of ranks.
 *
 * <p>One untimed ranking comes first, as the benchmark prescribes. Each of the ten is held against
 * the published ranks of five keys; at the end the keys are put where the last ranking says, and
 * must be in order, from rank to rank too, and add up to what the unsorted ones add up to.
 *
 * <p>Progress is told of {@code "keys"} (0 and 1 of 1), {@code "warm-up"} (1 of 1) and {@code
 * "iteration"}. All arrays are made before the first. A run takes its message buffers from the
 * communicator, which keeps them until it closes.
 */
public final class IsKernel extends TimedKernel<IsClass> {
  private static final String SOURCE = "NAS Parallel Benchmarks 3.4, IS";

  private final Consumer<int[]> keysHook;
  private final Consumer<int[]> tableHook;

  /** Makes the kernel with the published classes. */
  public IsKernel() {
    this(IsClass.PUBLISHED, keys -> {}, table -> {});
  }

  /**
   * Makes a kernel that tests can lead astray.
   *
   * @param classes the problem classes
   * @param keysHook may change each rank's keys before anything is ranked
   * @param tableHook may change each rank's table after each ranking
   */
  IsKernel(List<IsClass> classes, Consumer<int[]> keysHook, Consumer<int[]> tableHook) {
    super(classes, SOURCE, IsPhase.values());
    this.keysHook = keysHook;
    this.tableHook = tableHook;
  }

  @Override
  public String name() {
    return "is";
  }

  @Override
  public String summary() {
    return "NPB IS: integer keys ranked by counting";
  }

  @Override
  public String communication() {
    return "all-reduce of bucket sizes and all-to-all of keys in blocks of unequal length";
  }

  @Override
  public RankRule rankRule() {
    return RankRule.ANY;
  }

  @Override
  protected long arrayBytes(IsClass problem, int ranks) {
    return KeySorter.bytes(problem, ranks);
  }

  @Override
  protected TimedPart prepare(IsClass problem, RunContext context) {
    context.progress().at("keys", 0, 1);
    KeySorter sorter = new KeySorter(problem, context, keysHook, tableHook);
    context.progress().at("keys", 1, 1);
    context.warmUp().run(() -> sorter.rank(1));
    context.progress().at("warm-up", 1, 1);
    return new Rankings(problem, sorter, context);
  }

  private static final class Rankings implements TimedPart {
    private final IsClass problem;
    private final KeySorter sorter;
    private final RunContext context;
    private int rightTestKeys;

    Rankings(IsClass problem, KeySorter sorter, RunContext context) {
      this.problem = problem;
      this.sorter = sorter;
      this.context = context;
    }

    @Override
    public void run() {
      for (int iteration = 1; iteration <= IsClass.ITERATIONS; iteration++) {
        sorter.rank(iteration);
        rightTestKeys += sorter.rightTestKeys(iteration);
        context.progress().at("iteration", iteration, IsClass.ITERATIONS);
      }
    }

    @Override
    public List<Check> checks() {
      int[] sorted = sorter.sorted();
      long inOrder = KeyLoops.inOrder(sorted, largestBelow(sorted));
      long[] sums =
          context
              .reductions()
              .combine(
                  new long[] {rightTestKeys, inOrder, sorter.sumOfKeys(), KeyLoops.sum(sorted)},
                  ReduceOp.SUM);
      long testKeys = (long) IsClass.ITERATIONS * problem.testKeys().size();
      return List.of(
          new Check("test keys with the right rank", testKeys, sums[0], 0),
          new Check("keys in order", problem.keys(), sums[1], 0),
          new Check("sum of the sorted keys", sums[2], sums[3], 0));
    }

    /** The last key of the ranks below, or 0, than which no key is smaller. */
    private int largestBelow(int[] sorted) {
      Communicator communicator = context.communicator();
      int rank = communicator.rank();
      int ranks = communicator.size();
      long largest = 0;
      for (int first = 0; first < ranks; first += SmallReductions.CAPACITY) {
        long[] lasts = new long[Math.min(SmallReductions.CAPACITY, ranks - first)];
        int place = rank - first;
        if (place >= 0 && place < lasts.length && sorted.length > 0) {
          lasts[place] = sorted[sorted.length - 1];
        }
        lasts = context.reductions().combine(lasts, ReduceOp.MAX);
        for (int k = 0; k < lasts.length && first + k < rank; k++) {
          largest = Math.max(largest, lasts[k]);
        }
      }
      return (int) largest;
    }
  }
}
