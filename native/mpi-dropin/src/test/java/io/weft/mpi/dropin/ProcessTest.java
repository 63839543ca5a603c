package io.weft.mpi.dropin;

import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;

/**
 * Processes that are started by others, and that meet; over Debian's MPIs. {@link
 * ProcessNewerMpiTest} has the newer ones.
 */
@MultiRank(
    ranks = {1, 2, 4},
    deadlineSeconds = 120)
class ProcessTest implements RankFixture {
  private Intracomm comm;
  private ProcessChecks checks;

  @Override
  public void open(RankContext context) throws MPIException {
    MPI.Init(new String[0]);
    MPI.COMM_WORLD.setErrhandler(MPI.ERRORS_RETURN);
    comm = MPI.COMM_WORLD.dup();
    checks = new ProcessChecks(comm);
  }

  @Override
  public void close() throws MPIException {
    comm.free();
    MPI.Finalize();
  }

  @RankTest
  void launchedProcessesHaveNoParent() throws MPIException {
    checks.launchedProcessesHaveNoParent();
  }

  @RankTest
  void childrenOfOneProgram() throws MPIException {
    checks.childrenOfOneProgram();
  }

  @RankTest
  void childrenOfTwoPrograms() throws MPIException {
    checks.childrenOfTwoPrograms();
  }

  @RankTest
  void namesOfPorts() throws MPIException {
    checks.namesOfPorts();
  }

  @RankTest
  void processesMeetAtAPort() throws MPIException {
    checks.processesMeetAtAPort();
  }

  @RankTest
  void whatCannotBeStarted() {
    checks.whatCannotBeStarted();
  }
}
