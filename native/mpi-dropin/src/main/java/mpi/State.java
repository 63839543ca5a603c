package mpi;

import io.weft.mpi.ffm.MpiEnvironment;

/** Whether MPI may be called: between its start and its end. */
final class State {
  /** A plain field, for every call reads it: true from when MPI is known to run. */
  private static boolean running;

  /** Whether threads may call at the same time; also where others have started MPI. */
  private static boolean concurrent = true;

  private State() {}

  /** Whether the thread level lets several threads call at the same time. */
  static boolean isConcurrent() {
    return concurrent;
  }

  /** Refuses before {@code MPI_Init} and after {@code MPI_Finalize}. */
  static void check(String function) throws MPIException {
    if (!running) {
      ask(function);
    }
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

  static void started(int threadLevel) {
    running = true;
    concurrent = threadLevel >= MPI.THREAD_MULTIPLE;
  }

  static void ended() {
    running = false;
  }
}
