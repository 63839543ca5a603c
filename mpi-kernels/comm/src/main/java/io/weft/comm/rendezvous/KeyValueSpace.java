package io.weft.comm.rendezvous;

import io.weft.comm.CommunicatorException;
import java.util.Map;

/**
 * What a launcher keeps for the ranks that it started: who they are, and short texts from one for
 * all. Confined to one thread. Every method throws {@link CommunicatorException} if the launcher
 * refuses or does not answer in time; close it after that all the same.
 */
interface KeyValueSpace extends AutoCloseable {
  /**
   * Connects to the launcher: by PMIx if the environment names a server of it, else by PMI-1.
   *
   * @param environment the process's
   * @param deadlineNanos how long each call may wait
   * @return the launcher's, to be closed
   * @throws CommunicatorException that says what was looked for, if there is neither
   */
  static KeyValueSpace open(Map<String, String> environment, long deadlineNanos) {
    if (PmixSpace.isOffered(environment)) {
      return PmixSpace.open(environment, deadlineNanos);
    }
    if (PmiSpace.isOffered(environment)) {
      return PmiSpace.open(environment, deadlineNanos);
    }
    throw new CommunicatorException(
        RendezvousSettings.ADDRESS
            + " is \""
            + RendezvousSettings.LAUNCHER
            + "\", but no launcher says how to be asked: there is neither PMIx (PMIX_NAMESPACE,"
            + " PMIX_RANK and PMIX_SERVER_URI...) nor PMI (PMI_FD, PMI_RANK and PMI_SIZE) in the"
            + " environment. Start with Open MPI's mpirun, srun --mpi=pmix or MPICH's"
            + " mpiexec.hydra; or set "
            + RendezvousSettings.ADDRESS
            + "=HOST:PORT of rank 0 and "
            + RendezvousSettings.SECRET
            + ", which need no launcher");
  }

  /** This process's rank. */
  int rank();

  /** The number of ranks. */
  int size();

  /** The number of ranks on this host; -1 if the launcher does not say. */
  int localSize();

  /** Notes a text, of printable ASCII without spaces, for the others to read after a fence. */
  void put(String key, String value);

  /** Waits until every rank has called it; what was put before can then be read. */
  void fence();

  /** Reads what a rank has put. */
  String get(int owner, String key);

  /** Leaves the launcher in good order, so that it takes the end of this process for no failure. */
  @Override
  void close();
}
