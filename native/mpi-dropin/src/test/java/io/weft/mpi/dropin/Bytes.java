package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weft.testing.Allocations;
import mpi.MPIException;

/** The bytes that operations allocate on the Java heap. */
final class Bytes {
  /** Of a {@link mpi.Status}: a header, four {@code long} and an {@code int}. */
  static final long STATUS = 48;

  /** Of a {@link mpi.Request}: a header, a {@code long}, three references and an {@code int}. */
  static final long REQUEST = 40;

  /** Calls of C allocate until the compiler is done with them, which works beside the program. */
  private static final long COMPILER_NANOS = 20_000_000_000L;

  /** At least, for time also passes where the program does not run. */
  private static final int ROUNDS = 60;

  private static final int WARM_UP = 1_500;
  private static final int COUNTED = 500;

  /** What an operation gave last: reachable, so that the compiler does not do without it. */
  @SuppressWarnings("unused") // nobody reads it
  private static volatile Object kept;

  private Bytes() {}

  /** An operation. */
  interface Operation {
    /** Gives what it made, or null. */
    Object run() throws MPIException;
  }

  /** An operation that gives nothing. */
  interface Action {
    void run() throws MPIException;
  }

  /** No bytes an operation. */
  static void none(String name, Action action) {
    exactly(
        0,
        name,
        () -> {
          action.run();
          return null;
        });
  }

  /** So many bytes an operation: what it gives, and no more. */
  static void exactly(long expected, String name, Operation operation) {
    Runnable run =
        () -> {
          try {
            Object made = operation.run();
            if (made != null) {
              kept = made;
            }
          } catch (MPIException failed) {
            throw new AssertionError(name, failed);
          }
        };
    long deadline = System.nanoTime() + COMPILER_NANOS;
    long bytes;
    int rounds = 0;
    do {
      bytes = Allocations.perOperation(WARM_UP, COUNTED, run);
      rounds++;
    } while (bytes != expected && (rounds < ROUNDS || System.nanoTime() < deadline));
    assertEquals(expected, bytes, name + ": bytes an operation");
  }
}
