package io.weft.mpi.dropin;

import io.weft.testing.MpiBuild;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;

/**
 * Messages, datatypes, collective operations and communicators, on each build and number of ranks.
 * One class, because a job is started for each class and cell.
 */
@MultiRank(variantProvider = MpiBuild.All.class, sampled = "build", deadlineSeconds = 120)
class MessagesCollectivesTest implements RankFixture {
  private Intracomm comm;
  private MessageChecks messages;
  private TypeChecks types;
  private CollectiveChecks collectives;
  private ReductionChecks reductions;
  private CommChecks comms;
  private ThreadChecks threads;

  @Override
  public void open(RankContext context) throws MPIException {
    MPI.InitThread(new String[0], MPI.THREAD_FUNNELED);
    MPI.COMM_WORLD.setErrhandler(MPI.ERRORS_RETURN);
    MPI.COMM_SELF.setErrhandler(MPI.ERRORS_RETURN);
    comm = MPI.COMM_WORLD.dup();
    messages = new MessageChecks(comm);
    types = new TypeChecks(comm);
    collectives = new CollectiveChecks(comm);
    reductions = new ReductionChecks(comm);
    comms = new CommChecks(comm);
    threads = new ThreadChecks(comm);
  }

  @Override
  public void close() throws MPIException {
    comm.free();
    MPI.Finalize();
  }

  @RankTest
  void messagesArraysOfEveryType() throws MPIException {
    messages.arraysOfEveryType();
  }

  @RankTest
  void messagesBuffersOfEveryType() throws MPIException {
    messages.buffersOfEveryType();
  }

  @RankTest
  void messagesSlicesOfArrays() throws MPIException {
    messages.slicesOfArrays();
  }

  @RankTest
  void messagesSlicesOfBuffers() throws MPIException {
    messages.slicesOfBuffers();
  }

  @RankTest
  void messagesModes() throws MPIException {
    messages.modes();
  }

  @RankTest
  void messagesStartedModes() throws MPIException {
    messages.startedModes();
  }

  @RankTest
  void messagesPersistent() throws MPIException {
    messages.persistent();
  }

  @RankTest
  void messagesAShortMessageLeavesTheRest() throws MPIException {
    messages.aShortMessageLeavesTheRest();
  }

  @RankTest
  void messagesProbes() throws MPIException {
    messages.probes();
  }

  @RankTest
  void messagesMatchedProbes() throws MPIException {
    messages.matchedProbes();
  }

  @RankTest
  void messagesPacked() throws MPIException {
    messages.packed();
  }

  @RankTest
  void messagesSetsOfRequests() throws MPIException {
    messages.setsOfRequests();
  }

  @RankTest
  void messagesWaitSomeStatusSaysWhich() throws MPIException {
    messages.waitSomeStatusSaysWhich();
  }

  @RankTest
  void messagesCancelled() throws MPIException {
    messages.cancelled();
  }

  @RankTest
  void messagesForgottenRequests() throws MPIException {
    messages.forgottenRequests();
  }

  @RankTest
  void messagesOnlyDirectBuffersForWhatReturnsAtOnce() {
    messages.onlyDirectBuffersForWhatReturnsAtOnce();
  }

  @RankTest
  void typesStructures() throws MPIException {
    types.structures();
  }

  @RankTest
  void typesPairs() throws MPIException {
    types.pairs();
  }

  @RankTest
  void typesComplexNumbers() throws MPIException {
    types.complexNumbers();
  }

  @RankTest
  void typesConstructors() throws MPIException {
    types.constructors();
  }

  @RankTest
  void typesNegativeLowerBounds() throws MPIException {
    types.negativeLowerBounds();
  }

  @RankTest
  void typesNamesAndAttributes() throws MPIException {
    types.namesAndAttributes();
  }

  @RankTest
  void collectivesBroadcast() throws MPIException {
    collectives.broadcast();
  }

  @RankTest
  void collectivesGather() throws MPIException {
    collectives.gather();
  }

  @RankTest
  void collectivesGatherVector() throws MPIException {
    collectives.gatherVector();
  }

  @RankTest
  void collectivesScatter() throws MPIException {
    collectives.scatter();
  }

  @RankTest
  void collectivesScatterVector() throws MPIException {
    collectives.scatterVector();
  }

  @RankTest
  void collectivesAllGather() throws MPIException {
    collectives.allGather();
  }

  @RankTest
  void collectivesAllToAll() throws MPIException {
    collectives.allToAll();
  }

  @RankTest
  void collectivesNeighbors() throws MPIException {
    collectives.neighbors();
  }

  @RankTest
  void reductionsToOne() throws MPIException {
    reductions.toOne();
  }

  @RankTest
  void reductionsToAll() throws MPIException {
    reductions.toAll();
  }

  @RankTest
  void reductionsParts() throws MPIException {
    reductions.parts();
  }

  @RankTest
  void reductionsScans() throws MPIException {
    reductions.scans();
  }

  @RankTest
  void reductionsLocalOnes() throws MPIException {
    reductions.localOnes();
  }

  @RankTest
  void reductionsInJava() throws MPIException {
    reductions.inJava();
  }

  @RankTest
  void reductionsThrowing() throws MPIException {
    reductions.throwing();
  }

  @RankTest
  void commsCopies() throws MPIException {
    comms.copies();
  }

  @RankTest
  void commsParts() throws MPIException {
    comms.parts();
  }

  @RankTest
  void commsTwoGroups() throws MPIException {
    comms.twoGroups();
  }

  @RankTest
  void commsAttributes() throws MPIException {
    comms.attributes();
  }

  @RankTest
  void commsNamesAndHandlers() throws MPIException {
    comms.namesAndHandlers();
  }

  @RankTest
  void commsMpiItself() throws MPIException {
    comms.mpiItself();
  }

  @RankTest
  void commsWhatIsWrong() throws MPIException {
    comms.whatIsWrong();
  }

  @RankTest
  void threadsRefusedWhereTheLevelSaysSo() throws Exception {
    threads.refusedWhereTheLevelSaysSo();
  }
}
