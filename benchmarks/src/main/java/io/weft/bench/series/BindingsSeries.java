package io.weft.bench.series;

import io.weft.bench.CoreMode;
import io.weft.bench.peer.AbsentException;
import io.weft.bench.peer.LoadedBindings;
import io.weft.bench.program.OpenMpiJava;
import io.weft.launch.MpiVendor;
import io.weft.launch.Network;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What Java's ways to MPI cost beside C; started by {@code scripts/bench bindings}. */
public final class BindingsSeries {
  private static final String USAGE =
      """
      Usage: scripts/bench bindings [--turns N] [--seconds S] [--only TEXT] [OPERATION...] [LENGTH...]

      Four ways to the same Open MPI, on two ranks that share memory: from C; io.weft.mpi; Weft's drop-in for the old mpi
      package; and Open MPI's own Java bindings, by JNI, with the same byte code as the drop-in. All are started once,
      warmed up, and then stand by while one of them measures: in each of N turns (default 25) each takes S seconds
      (default 0.06) for each operation and length in bytes, multiples of 8 (default 8 to 4194304; sums up to 1048576),
      one right after the other. Prints a table per operation: median (quartiles) in ns, time over C's in the same turn,
      and bytes allocated on rank 0's Java heap per operation, where that is not 0; and the same of the turns in
      which the machine's cores were near each other, and far, where there were both.

        ping-pong                 a half round trip, between native memory (direct buffers)
        ping-pong-of-double[]     the same between arrays on the Java heap; C has no other memory than its own
        window-of-64              one of 64 messages under way: message rate, and bandwidth
        allreduce                 a sum of doubles
        allreduce-of-double[]     the same, of arrays on the Java heap
        rank                      MPI_Comm_rank, the shortest call there is

      TEXT takes only the ways whose name contains it.
      """;

  private static final String TABLE = "shm, 2 ranks";

  /** How much longer than one that counts a slice is in which the JVM compiles. */
  private static final int WARM_UP_SLICES = 10;

  private BindingsSeries() {}

  /**
   * Measures and prints.
   *
   * @param arguments see {@code --help}
   * @throws IOException if a program cannot be built or started, or brought wrong bytes
   * @throws InterruptedException if this is interrupted
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(Arrays.asList(arguments));
    List<BindingOperation> operations = new ArrayList<>();
    for (BindingOperation operation : BindingOperation.values()) {
      if (words.remove(operation.toString())) {
        operations.add(operation);
      }
    }
    SeriesOptions options =
        SeriesOptions.parse(
            words.toArray(String[]::new),
            USAGE,
            25,
            "0.06",
            "8 64 512 4096 32768 65536 1048576 4194304");
    if (options != null) {
      run(options, operations.isEmpty() ? List.of(BindingOperation.values()) : operations);
    }
  }

  private static void run(SeriesOptions options, List<BindingOperation> operations)
      throws IOException, InterruptedException {
    List<Integer> lengths = options.lengths().stream().map(Integer::valueOf).toList();
    String most = Integer.toString(Collections.max(lengths));
    double seconds = Double.parseDouble(options.seconds());
    List<Way> ways = options.taken(ways());
    Figures figures = new Figures(Spread.QUARTILES);
    try (CoreMode cores = new CoreMode();
        WayStarter starter = new WayStarter()) {
      starter.build(ways);
      try (Relay relay = new Relay(starter, ways, most)) {
        for (BindingOperation operation : operations) {
          System.err.println("warming up: " + operation);
          for (int length : operation.lengths(lengths)) {
            relay.warmUp(operation.toString(), length, WARM_UP_SLICES * seconds);
          }
        }
        for (int turn = 1; turn <= options.turns(); turn++) {
          for (BindingOperation operation : operations) {
            System.err.println("turn " + turn + " of " + options.turns() + ": " + operation);
            for (int length : operation.lengths(lengths)) {
              relay.turn(figures, cores, turn, operation.toString(), length, seconds);
            }
          }
        }
        relay.end();
      }
      System.out.print(figures.print(Unit.NANOS));
      System.out.println("\n" + cores);
    }
  }

  private static List<Way> ways() throws IOException, InterruptedException {
    List<Way> ways = new ArrayList<>();
    ways.add(Way.c("C", TABLE, Network.SHM, 2, "bindings.c"));
    ways.add(
        way("io.weft.mpi", new Way.JavaProgram(WeftBinding.class.getName(), List.of(), List.of())));
    ways.add(
        way(
            "drop-in",
            new Way.JavaProgram(OldBinding.class.getName(), List.of(), List.of()),
            LoadedBindings.DROP_IN));
    try {
      OpenMpiJava old = OpenMpiJava.make(MpiVendor.OPEN_MPI);
      String library = "-Djava.library.path=" + old.libraryPath();
      ways.add(
          way(
              "JNI",
              new Way.JavaProgram(
                  OldBinding.class.getName(), List.of(old.classPath()), List.of(library)),
              LoadedBindings.JNI));
    } catch (AbsentException notHere) {
      System.err.println("without JNI: " + notHere.getMessage());
    }
    return ways;
  }

  private static Way way(String name, Way.JavaProgram program, LoadedBindings... bindings) {
    List<String> words = Arrays.stream(bindings).map(LoadedBindings::name).toList();
    return new Way(name, TABLE, Network.SHM, 2, null, program, words);
  }
}
