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
 * Hints, groups, grids, graphs, windows, files and values, on each build and number of ranks. One
 * class, because a job is started for each class and cell.
 */
@MultiRank(variantProvider = MpiBuild.All.class, sampled = "build", deadlineSeconds = 120)
class WinFileTopologyTest implements RankFixture {
  private InfoGroupChecks infoGroups;
  private TopologyChecks topologies;
  private WinChecks windows;
  private FileChecks files;
  private ValueChecks values;
  private ThreadChecks threads;

  @Override
  public void open(RankContext context) throws MPIException {
    MPI.Init(new String[0]);
    MPI.COMM_WORLD.setErrhandler(MPI.ERRORS_RETURN);
    Intracomm comm = MPI.COMM_WORLD.dup();
    infoGroups = new InfoGroupChecks(comm);
    topologies = new TopologyChecks(comm);
    windows = new WinChecks(comm);
    files = new FileChecks(comm, context.scratch());
    values = new ValueChecks(comm);
    threads = new ThreadChecks(comm);
  }

  @Override
  public void close() throws MPIException {
    MPI.Finalize();
  }

  @RankTest
  void infoGroupsHints() throws MPIException {
    infoGroups.hints();
  }

  @RankTest
  void infoGroupsWhatIsWrongWithHints() throws MPIException {
    infoGroups.whatIsWrongWithHints();
  }

  @RankTest
  void infoGroupsGroups() throws MPIException {
    infoGroups.groups();
  }

  @RankTest
  void infoGroupsWhatIsWrongWithGroups() throws MPIException {
    infoGroups.whatIsWrongWithGroups();
  }

  @RankTest
  void topologiesGrids() throws MPIException {
    topologies.grids();
  }

  @RankTest
  void topologiesGridsThatLeaveRanksOut() throws MPIException {
    topologies.gridsThatLeaveRanksOut();
  }

  @RankTest
  void topologiesGridsAreCopied() throws MPIException {
    topologies.gridsAreCopied();
  }

  @RankTest
  void topologiesLengthsOfGrids() throws MPIException {
    topologies.lengthsOfGrids();
  }

  @RankTest
  void topologiesWhatIsWrongWithGrids() throws MPIException {
    topologies.whatIsWrongWithGrids();
  }

  @RankTest
  void topologiesGraphs() throws MPIException {
    topologies.graphs();
  }

  @RankTest
  void topologiesGraphsAreCopied() throws MPIException {
    topologies.graphsAreCopied();
  }

  @RankTest
  void topologiesDistributedGraphs() throws MPIException {
    topologies.distributedGraphs();
  }

  @RankTest
  void topologiesWhatIsWrongWithGraphs() throws MPIException {
    topologies.whatIsWrongWithGraphs();
  }

  @RankTest
  void windowsFences() throws MPIException {
    windows.fences();
  }

  @RankTest
  void windowsPartsOfBuffers() throws MPIException {
    windows.partsOfBuffers();
  }

  @RankTest
  void windowsDerivedTypes() throws MPIException {
    windows.derivedTypes();
  }

  @RankTest
  void windowsEpochsOfSomeRanks() throws MPIException {
    windows.epochsOfSomeRanks();
  }

  @RankTest
  void windowsLocks() throws MPIException {
    windows.locks();
  }

  @RankTest
  void windowsAtomics() throws MPIException {
    windows.atomics();
  }

  @RankTest
  void windowsRequests() throws MPIException {
    windows.requests();
  }

  @RankTest
  void windowsMemoryOfTheLibrary() throws MPIException {
    windows.memoryOfTheLibrary();
  }

  @RankTest
  void windowsDynamicWindows() throws MPIException {
    windows.dynamicWindows();
  }

  @RankTest
  void windowsWhatWindowsCarry() throws MPIException {
    windows.whatWindowsCarry();
  }

  @RankTest
  void windowsErrorHandlers() throws MPIException {
    windows.errorHandlers();
  }

  @RankTest
  void windowsWhatIsWrong() throws MPIException {
    windows.whatIsWrong();
  }

  @RankTest
  void filesAtOffsets() throws MPIException {
    files.atOffsets();
  }

  @RankTest
  void filesAtPointers() throws MPIException {
    files.atPointers();
  }

  @RankTest
  void filesStarted() throws MPIException {
    files.started();
  }

  @RankTest
  void filesAtTheSharedPointer() throws MPIException {
    files.atTheSharedPointer();
  }

  @RankTest
  void filesInTheOrderOfRanks() throws MPIException {
    files.inTheOrderOfRanks();
  }

  @RankTest
  void filesInTwoSteps() throws MPIException {
    files.inTwoSteps();
  }

  @RankTest
  void filesViews() throws MPIException {
    files.views();
  }

  @RankTest
  void filesTypesOfBuffers() throws MPIException {
    files.typesOfBuffers();
  }

  @RankTest
  void filesWhatAFileIs() throws MPIException {
    files.whatAFileIs();
  }

  @RankTest
  void filesErrorHandlers() throws MPIException {
    files.errorHandlers();
  }

  @RankTest
  void filesWhatIsWrong() throws MPIException {
    files.whatIsWrong();
  }

  @RankTest
  void threadsLetThroughAfterInit() throws Exception {
    threads.letThroughAfterInit();
  }

  @RankTest
  void valuesCounts() {
    values.counts();
  }

  @RankTest
  void valuesDataWithoutMemory() {
    values.dataWithoutMemory();
  }
}
