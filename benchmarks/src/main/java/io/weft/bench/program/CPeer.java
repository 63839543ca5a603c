package io.weft.bench.program;

import io.weft.bench.peer.Pattern;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The patterns in C over one library, as a program whose ranks an {@code mpirun} of Open MPI
 * starts; {@code peer.h} has its command line and method, {@link CPeerOutput} reads what it prints.
 * Compiled here, and there until this is closed.
 */
public final class CPeer implements AutoCloseable {
  private static final List<String> HEADERS = List.of("peer.h", "evidence.h");

  /** What carries the messages. */
  public enum Library {
    /** MPI has every pattern. */
    MPI(
        "c-mpi",
        "peer_mpi.c",
        // MPICH says MPI_STATUSES_IGNORE by an address that gcc takes for one to write to.
        List.of("-Wno-stringop-overflow")),
    /** libfabric has those between pairs; MPI starts its ranks and speaks between batches. */
    LIBFABRIC("c-libfabric", "peer_fabric.c", List.of("-lfabric"));

    private final String via;
    private final String source;
    private final List<String> flags;

    Library(String via, String source, List<String> flags) {
      this.via = via;
      this.source = source;
      this.flags = flags;
    }

    /**
     * The word of the axis via.
     *
     * @return such as {@code c-mpi}
     */
    public String via() {
      return via;
    }
  }

  /**
   * How long it is measured.
   *
   * @param batch operations timed together, a multiple of the pattern's unit
   * @param warmups iterations that do not count, 0 or more
   * @param iterations that count, 1 or more
   * @param seconds of an iteration, above 0
   */
  public record Plan(int batch, int warmups, int iterations, double seconds) {}

  private final Library library;
  private final CProgram program;

  private CPeer(Library library, CProgram program) {
    this.library = library;
    this.program = program;
  }

  /**
   * Compiles it.
   *
   * @param library what carries the messages
   * @param compiler the MPI's that starts it
   * @return the program, to be closed
   * @throws IOException with the compiler's output, if it fails
   */
  public static CPeer build(Library library, String compiler) throws IOException {
    return new CPeer(library, CProgram.build(library.source, compiler, library.flags, HEADERS));
  }

  /**
   * What a launcher has to start on every rank.
   *
   * @param pattern what
   * @param bytes of a message
   * @param plan how long
   * @param provider the libfabric provider by its full name; not looked at for {@link Library#MPI}
   * @return the program and its arguments
   */
  public List<String> command(Pattern pattern, long bytes, Plan plan, String provider) {
    List<String> words =
        new ArrayList<>(
            List.of(
                path().toString(),
                pattern.word(),
                Long.toString(bytes),
                Integer.toString(plan.batch()),
                Integer.toString(plan.warmups()),
                Integer.toString(plan.iterations()),
                String.format(Locale.ROOT, "%.9f", plan.seconds())));
    if (library == Library.LIBFABRIC) {
      words.add(provider);
    }
    return words;
  }

  Path path() {
    return program.path();
  }

  @Override
  public void close() throws IOException {
    program.close();
  }
}
