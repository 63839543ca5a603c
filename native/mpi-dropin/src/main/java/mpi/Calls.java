package mpi;

import io.weft.mpi.MpiException;
import java.util.function.LongConsumer;

/**
 * Calls of C that answer one value; not for the data path, because a call that captures its
 * arguments is an object. What C returns as an error is thrown as this API's exception.
 */
final class Calls {
  private Calls() {}

  static void run(Runnable call) throws MPIException {
    try {
      call.run();
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }

  /** Gives the call an address at which it writes an {@code int}. */
  static int answer(LongConsumer call) throws MPIException {
    return Lib.readInt(called(call));
  }

  /** Gives the call an address at which it writes a truth, as {@code int}. */
  static boolean flag(LongConsumer call) throws MPIException {
    return answer(call) != 0;
  }

  /** Gives the call an address at which it writes an offset, or a length. */
  static long answerLong(LongConsumer call) throws MPIException {
    return Lib.readLong(called(call));
  }

  /** Gives the call an address at which it writes a handle. */
  static long handle(LongConsumer call) throws MPIException {
    return Lib.readHandle(called(call));
  }

  private static long called(LongConsumer call) throws MPIException {
    long cell = Scratch.get().cell;
    run(() -> call.accept(cell));
    return cell;
  }

  /** Gives the call an address at which it finds a handle that it frees. */
  static void free(LongConsumer call, long handle) throws MPIException {
    long cell = Scratch.get().cell;
    Lib.writeHandle(cell, handle);
    run(() -> call.accept(cell));
  }
}
