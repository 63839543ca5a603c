package io.weft.bench.series;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import io.weft.bench.Checksum;
import io.weft.comm.Algorithm;
import io.weft.comm.Collective;
import io.weft.comm.Communicator;
import io.weft.comm.ElementType;
import io.weft.comm.FabricCommunicator;
import io.weft.comm.Job;
import io.weft.comm.ReduceOp;
import io.weft.launch.Intra;
import io.weft.launch.Network;
import io.weft.launch.Via;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collectives by each of their algorithms and by the table's choice, in slices that alternate, the
 * same operations as {@code collectives.c}; started by {@link CollectivesSeries}.
 */
final class CollectiveTimes {
  /** The column of what the table chooses. */
  static final String CHOSEN = "chosen";

  /** Longer blocks of all ranks together take long, and say nothing new. */
  private static final long MOST_OF_ALL = 4 << 20;

  /** The longest that is warmed up with: longer ones run the same code. */
  private static final long WARM_BYTES = 64 << 10;

  private static final int SLICES = 9;
  private static final int FEWEST = 2;

  private final FabricCommunicator whole;
  private final Rounds rounds;
  private final double seconds;
  private final MemorySegment out;
  private final MemorySegment in;

  private CollectiveTimes(FabricCommunicator whole, double seconds, long most) {
    this.whole = whole;
    this.rounds = new Rounds(Rounds.of(whole));
    this.seconds = seconds;
    this.out = whole.allocate(most * whole.size());
    this.in = whole.allocate(most * whole.size());
  }

  /**
   * Arguments: via, network, intra, provider or {@code -}, seconds of a slice, lengths in bytes.
   */
  public static void main(String[] arguments) {
    try (Job job = Job.start();
        FabricCommunicator whole = open(job, arguments)) {
      List<Long> lengths = new ArrayList<>();
      for (int i = 5; i < arguments.length; i++) {
        lengths.add(Long.valueOf(arguments[i]));
      }
      CollectiveTimes times =
          new CollectiveTimes(
              whole, Double.parseDouble(arguments[4]), lengths.stream().max(Long::compare).get());
      for (Collective collective : Collective.values()) {
        times.warmUp(collective, lengths);
      }
      for (Collective collective : Collective.values()) {
        times.measure(collective, lengths);
      }
    }
  }

  private static FabricCommunicator open(Job job, String[] arguments) {
    return (FabricCommunicator)
        job.open(
            Via.of(arguments[0]),
            Network.of(arguments[1]),
            Intra.of(arguments[2]),
            arguments[3].equals("-") ? null : arguments[3]);
  }

  /**
   * Has the JVM compile what all of them share before the first is timed: the first one's figures
   * were ten times the others' without.
   */
  private void warmUp(Collective collective, List<Long> lengths) {
    Map<String, Communicator> ways = ways(collective);
    for (long length : lengths) {
      if (length <= WARM_BYTES) {
        fill(length);
        ways.values()
            .forEach(comm -> rounds.measure(loop(comm, collective, length), seconds * 8, FEWEST));
      }
    }
    close(ways);
  }

  private void measure(Collective collective, List<Long> lengths) {
    Map<String, Communicator> ways = ways(collective);
    for (long length : lengths) {
      if (isVector(collective) || length * whole.size() <= MOST_OF_ALL) {
        measure(collective, ways, length);
      }
    }
    close(ways);
  }

  private Map<String, Communicator> ways(Collective collective) {
    Map<String, Communicator> ways = new LinkedHashMap<>();
    ways.put(CHOSEN, whole);
    for (Algorithm algorithm : collective.algorithms()) {
      if (collective.allows(algorithm, whole.size())) {
        ways.put(algorithm.toString(), whole.dupWith(Map.of(collective, algorithm)));
      }
    }
    return ways;
  }

  private void close(Map<String, Communicator> ways) {
    ways.values().stream().filter(way -> way != whole).forEach(Communicator::close);
  }

  private void measure(Collective collective, Map<String, Communicator> ways, long length) {
    Map<String, List<Double>> nanos = new LinkedHashMap<>();
    Map<String, String> sums = new LinkedHashMap<>();
    Map<String, Double> allocated = new LinkedHashMap<>();
    Map<String, Double> last = new LinkedHashMap<>();
    ways.forEach(
        (name, comm) -> {
          fill(length);
          operation(comm, collective, length).run();
          long bytes = brought(collective) ? length : length * whole.size();
          sums.put(name, Checksum.of(collective == Collective.BCAST ? out : in, bytes));
          rounds.measure(loop(comm, collective, length), 4 * seconds, FEWEST);
          last.put(name, rounds.nanos());
          nanos.put(name, new ArrayList<>());
        });
    for (int slice = 0; slice < SLICES; slice++) {
      ways.forEach(
          (name, comm) -> {
            rounds.expect(last.get(name));
            rounds.again(loop(comm, collective, length), seconds, FEWEST);
            nanos.get(name).add(rounds.nanos());
            last.put(name, rounds.nanos());
            allocated.put(name, rounds.allocated());
          });
    }
    if (whole.rank() == 0) {
      nanos.forEach(
          (name, all) ->
              System.out.printf(
                  "%s %s %d %.2f %s %.2f%n",
                  collective,
                  name,
                  length,
                  Figures.median(all),
                  sums.get(name),
                  allocated.get(name)));
    }
  }

  private static boolean isVector(Collective collective) {
    return switch (collective) {
      case ALLREDUCE, REDUCE, BCAST -> true;
      case ALLGATHER, ALLTOALL, GATHER, SCATTER, REDUCE_SCATTER -> false;
    };
  }

  /** Whether a rank gets one block or vector, not one of each rank. */
  private static boolean brought(Collective collective) {
    return switch (collective) {
      case ALLREDUCE, REDUCE, BCAST, SCATTER, REDUCE_SCATTER -> true;
      case ALLGATHER, ALLTOALL, GATHER -> false;
    };
  }

  /** Whole numbers, so that sums are exact in every order; 0 where results go. */
  private void fill(long length) {
    long elements = length * whole.size() / Double.BYTES;
    for (long i = 0; i < elements; i++) {
      out.setAtIndex(JAVA_DOUBLE, i, i % 1000 + whole.rank());
    }
    in.asSlice(0, length * whole.size()).fill((byte) 0);
  }

  private Rounds.Loop loop(Communicator comm, Collective collective, long length) {
    Runnable operation = operation(comm, collective, length);
    return count -> {
      for (long i = 0; i < count; i++) {
        operation.run();
      }
    };
  }

  private Runnable operation(Communicator comm, Collective collective, long length) {
    long count = length / Double.BYTES;
    ElementType type = ElementType.DOUBLE;
    ReduceOp op = ReduceOp.SUM;
    return switch (collective) {
      case ALLREDUCE -> () -> comm.allreduce(out, 0, in, 0, count, type, op);
      case REDUCE -> () -> comm.reduce(out, 0, in, 0, count, type, op, 0);
      case BCAST -> () -> comm.bcast(out, 0, length, 0);
      case ALLGATHER -> () -> comm.allgather(out, 0, in, 0, length);
      case ALLTOALL -> () -> comm.alltoall(out, 0, in, 0, length);
      case GATHER -> () -> comm.gather(out, 0, in, 0, length, 0);
      case SCATTER -> () -> comm.scatter(out, 0, in, 0, length, 0);
      case REDUCE_SCATTER -> () -> comm.reduceScatter(out, 0, in, 0, count, type, op);
    };
  }
}
