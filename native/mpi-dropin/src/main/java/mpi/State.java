package mpi;

import io.weft.mpi.ffm.MpiEnvironment;
import io.weft.mpi.ffm.MpiErrorClass;

/**
 * Whether MPI may be called: between its start and its end, and by a thread that its level allows.
 */
final class State {
  /** A plain field, for every call reads it: true from when MPI is known to run. */
  private static boolean running;

  /**
   * Whether threads may call at the same time; also where others have started MPI, and where a
   * second thread calls although the level allows one: programs do that, and mostly with success.
   */
  private static boolean concurrent = true;

  /** The thread that started MPI. */
  private static Thread starter;

  /**
   * The only thread that may call; null if others may, too. A thread that does not see yet what the
   * one that started MPI has written here is a thread that nobody told of it.
   */
  private static Thread only;

  private State() {}

  /** Whether several threads may call at the same time. */
  static boolean isConcurrent() {
    return concurrent;
  }

  /** The calling thread has not called before, or another has called since. */
  static void calledByAnother() {
    if (Thread.currentThread() != starter) {
      concurrent = true;
    }
  }

  /**
   * Refuses before {@code MPI_Init} and after {@code MPI_Finalize}, and a thread that may not call.
   */
  static void check(String function) throws MPIException {
    checkRunning(function);
    Thread allowed = only;
    if (allowed != null && allowed != Thread.currentThread()) {
      throw wrongThread(function, allowed);
    }
  }

  /** The same for the functions that every thread may call. */
  static void checkRunning(String function) throws MPIException {
    if (!running) {
      ask(function);
    }
  }

  private static MPIException wrongThread(String function, Thread allowed) {
    return Errors.argument(
        function,
        MpiErrorClass.MPI_ERR_OTHER,
        "called by thread \""
            + Thread.currentThread().getName()
            + "\", but at the thread level that MPI.InitThread gave only \""
            + allowed.getName()
            + "\" may, which started MPI; ask for MPI.THREAD_SERIALIZED or MPI.THREAD_MULTIPLE");
  }

  /** MPI may have been started by others in this process. */
  private static void ask(String function) throws MPIException {
    if (finalized()) {
      throw new MPIException("MPI is finalized: " + function + " cannot be called any more");
    }
    if (!initialized()) {
      throw new MPIException(
          "MPI is not initialized: " + function + " cannot be called before MPI.Init");
    }
    running = true;
  }

  static boolean initialized() {
    long answer = Scratch.get().cell;
    MpiEnvironment.initialized(answer);
    return Lib.readFlag(answer);
  }

  static boolean finalized() {
    long answer = Scratch.get().cell;
    MpiEnvironment.finalized(answer);
    return Lib.readFlag(answer);
  }

  /**
   * MPI has been started.
   *
   * @param threadLevel what it gave
   * @param confined whether only the calling thread may call
   */
  static void started(int threadLevel, boolean confined) {
    starter = Thread.currentThread();
    only = confined ? starter : null;
    running = true;
    concurrent = threadLevel == MPI.THREAD_MULTIPLE;
  }

  static void ended() {
    running = false;
  }
}
