package io.weft.comm;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weft.testing.Allocations;
import io.weft.testing.RankTest;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** The data path allocates nothing on the Java heap once it is warm. */
interface AllocationContract extends CommunicatorCase {
  /** Within the inject limit of every provider, an eager message, a rendezvous. */
  long[] DATA_PATH_LENGTHS = {8, 1024, 256 * 1024};

  /**
   * A method handle makes itself anew once it has been called so often. Sooner than the JVM's 127,
   * as the classes of this contract have it: ranks that outnumber the cores take milliseconds for
   * each collective.
   */
  String CUSTOMIZE = "-Djava.lang.invoke.MethodHandle.CUSTOMIZE_THRESHOLD=10";

  int LEAST_RUNS = 20;

  int BATCH = 20;

  int MOST_RUNS = 3000;

  @RankTest
  default void dataPathAllocatesNothing() {
    assumeTrue(size() % 2 == 0, "measured on 2 and on 4 ranks");
    MemorySegment most = comm().allocate(8);
    // So many runs in a row, on every rank, prove it; what is warm needs fewer.
    int without = 40;
    for (long length : DATA_PATH_LENGTHS) {
      DataPath path = new DataPath(comm(), length);
      int enough = without;
      sample(path.messages()).forEach((name, operation) -> prove(name, operation, enough, most));
      sample(path.collectives()).forEach((name, operation) -> prove(name, operation, enough, most));
      try (OneSidedPath windows = new OneSidedPath(comm(), length)) {
        sample(windows.operations()).forEach((name, each) -> prove(name, each, enough, most));
      }
      without = BATCH;
    }
  }

  /**
   * All operations; of those on more ranks than most machines of a test have cores, a third, which
   * another length, library or network has differently. Long runs take all.
   */
  private Map<String, Runnable> sample(Map<String, Runnable> all) {
    if (size() == 2 || context().longRun()) {
      return all;
    }
    // Every rank draws the same.
    Random random = new Random((context().mpi() + context().variant() + all.keySet()).hashCode());
    Map<String, Runnable> some = new LinkedHashMap<>(all);
    some.keySet().removeIf(name -> random.nextInt(3) > 0);
    return some;
  }

  /** Runs in batches until enough in a row have allocated nothing. */
  private void prove(String name, Runnable operation, int enough, MemorySegment most) {
    if (enough > BATCH) {
      Allocations.total(0, LEAST_RUNS, operation);
    }
    long bytes = 0;
    for (int runs = 0, without = 0; runs < MOST_RUNS; runs += BATCH) {
      bytes = Allocations.total(0, BATCH, operation);
      most.set(JAVA_LONG, 0, bytes);
      comm().allreduce(most, 0, most, 0, 1, ElementType.LONG, ReduceOp.MAX);
      without = most.get(JAVA_LONG, 0) == 0 ? without + BATCH : 0;
      if (without >= enough) {
        return;
      }
    }
    fail(
        name
            + ": never "
            + enough
            + " runs without an allocation; bytes in the last "
            + BATCH
            + ": "
            + bytes
            + " here, at most "
            + most.get(JAVA_LONG, 0));
  }
}
