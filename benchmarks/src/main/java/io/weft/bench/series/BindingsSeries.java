package io.weft.bench.series;

import io.weft.bench.peer.AbsentException;
import io.weft.bench.peer.LoadedBindings;
import io.weft.bench.program.OpenMpiJava;
import io.weft.launch.MpiVendor;
import io.weft.launch.Network;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What Java's ways to MPI cost beside C; started by {@code scripts/bench bindings}. */
public final class BindingsSeries {
  private static final String USAGE =
      """
      Usage: scripts/bench bindings [--turns N] [--seconds S] [--only TEXT] [LENGTH...]

      Four ways to the same Open MPI, on two ranks that share memory: from C; io.weft.mpi; Weft's drop-in for the old mpi
      package; and Open MPI's own Java bindings, by JNI, with the same byte code as the drop-in. N turns (default 5); in
      each, every way is started once and takes S seconds (default 0.3) for each operation and length in bytes, multiples
      of 8 (default 8 to 4194304; sums up to 1048576). Prints a table per operation: median (least to most) in ns, time
      over C's in the same turn, and bytes allocated on rank 0's Java heap per operation, where that is not 0.

        ping-pong                 a half round trip, between native memory (direct buffers)
        ping-pong-of-double[]     the same between arrays on the Java heap; C has no other memory than its own
        window-of-64              one of 64 messages under way: message rate, and bandwidth
        allreduce                 a sum of doubles
        allreduce-of-double[]     the same, of arrays on the Java heap
        rank                      MPI_Comm_rank, the shortest call there is

      TEXT takes only the ways whose name contains it.
      """;

  private static final String TABLE = "shm, 2 ranks";

  private BindingsSeries() {}

  /**
   * Measures and prints.
   *
   * @param arguments see {@code --help}
   * @throws IOException if a program cannot be built or started, or brought wrong bytes
   * @throws InterruptedException if this is interrupted
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    SeriesOptions options =
        SeriesOptions.parse(
            arguments, USAGE, 5, "0.3", "8 64 512 4096 32768 65536 1048576 4194304");
    if (options != null) {
      new Series(options, ways()).run(Unit.NANOS);
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
