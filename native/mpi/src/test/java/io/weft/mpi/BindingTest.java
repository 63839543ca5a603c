package io.weft.mpi;

import io.weft.testing.MpiBuild;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;

/**
 * The whole binding, on each build and number of ranks. One class, because a job is started for
 * each class and cell; what it checks is in the classes that it calls, a chapter each.
 */
@MultiRank(
    variantProvider = MpiBuild.All.class,
    sampled = "build",
    deadlineSeconds = 120,
    // Each of its calls is made a few times: the second compiler costs a third of the time.
    jvm = "-XX:TieredStopAtLevel=1")
class BindingTest implements RankFixture {
  private Mpi mpi;
  private Comm comm;
  private MessageChecks messageChecks;
  private TypeChecks typeChecks;
  private OpChecks opChecks;
  private CollectiveChecks collectiveChecks;
  private CommunicatorChecks communicatorChecks;
  private TopologyChecks topologyChecks;
  private LargeCountChecks largeCountChecks;
  private WindowChecks windowChecks;
  private FileChecks fileChecks;
  private SessionChecks sessionChecks;
  private PersistentChecks persistentChecks;

  @Override
  public void open(RankContext context) {
    mpi = Mpi.initialize(ThreadLevel.FUNNELED);
    comm = mpi.world().dup();
    messageChecks = new MessageChecks(mpi, comm);
    typeChecks = new TypeChecks(mpi, comm);
    opChecks = new OpChecks(mpi, comm);
    collectiveChecks = new CollectiveChecks(mpi, comm);
    communicatorChecks = new CommunicatorChecks(mpi, comm);
    topologyChecks = new TopologyChecks(mpi, comm);
    largeCountChecks = new LargeCountChecks(mpi, comm, context);
    windowChecks = new WindowChecks(mpi, comm);
    fileChecks = new FileChecks(mpi, comm, context);
    sessionChecks = new SessionChecks(mpi, comm);
    persistentChecks = new PersistentChecks(mpi, comm);
  }

  @Override
  public void close() {
    comm.close();
    mpi.close();
  }

  @RankTest
  void buffered() {
    messageChecks.buffered();
  }

  @RankTest
  void synchronous() {
    messageChecks.synchronous();
  }

  @RankTest
  void ready() {
    messageChecks.ready();
  }

  @RankTest
  void persistentOfAllModes() {
    messageChecks.persistentOfAllModes();
  }

  @RankTest
  void startAll() {
    messageChecks.startAll();
  }

  @RankTest
  void replaced() {
    messageChecks.replaced();
  }

  @RankTest
  void matchedProbes() {
    messageChecks.matchedProbes();
  }

  @RankTest
  void heapIsCopied() {
    messageChecks.heapIsCopied();
  }

  @RankTest
  void statusesTellOfParts() {
    messageChecks.statusesTellOfParts();
  }

  @RankTest
  void cancelledReceive() {
    messageChecks.cancelledReceive();
  }

  @RankTest
  void packed() {
    messageChecks.packed();
  }

  @RankTest
  void setsOfRequests() {
    messageChecks.setsOfRequests();
  }

  @RankTest
  void aTruncatedMessageOfASet() {
    messageChecks.aTruncatedMessageOfASet();
  }

  @RankTest
  void requestsStayReachable() {
    messageChecks.requestsStayReachable();
  }

  @RankTest
  void constructors() {
    typeChecks.constructors();
  }

  @RankTest
  void distributedArrays() {
    typeChecks.distributedArrays();
  }

  @RankTest
  void extents() {
    typeChecks.extents();
  }

  @RankTest
  void structsOfMixedTypes() {
    typeChecks.structsOfMixedTypes();
  }

  @RankTest
  void namesAndAttributes() {
    typeChecks.namesAndAttributes();
  }

  @RankTest
  void whatIsWrongWithTypes() {
    typeChecks.whatIsWrongWithTypes();
  }

  @RankTest
  void predefined() {
    opChecks.predefined();
  }

  @RankTest
  void ofTheOtherTypes() {
    opChecks.ofTheOtherTypes();
  }

  @RankTest
  void placesOfExtremes() {
    opChecks.placesOfExtremes();
  }

  @RankTest
  void inJavaInOrder() {
    opChecks.inJavaInOrder();
  }

  @RankTest
  void inJavaOfADerivedType() {
    opChecks.inJavaOfADerivedType();
  }

  @RankTest
  void exceptionsInOperations() {
    opChecks.exceptionsInOperations();
  }

  @RankTest
  void blocking() {
    collectiveChecks.blocking();
  }

  @RankTest
  void nonBlocking() {
    collectiveChecks.nonBlocking();
  }

  @RankTest
  void inPlace() {
    collectiveChecks.inPlace();
  }

  @RankTest
  void unequalBlocks() {
    collectiveChecks.unequalBlocks();
  }

  @RankTest
  void unequalBlocksNonBlocking() {
    collectiveChecks.unequalBlocksNonBlocking();
  }

  @RankTest
  void heapInCollectives() {
    collectiveChecks.heapInCollectives();
  }

  @RankTest
  void blockingOnTheHeap() {
    collectiveChecks.blockingOnTheHeap();
  }

  @RankTest
  void probed() {
    messageChecks.probed();
  }

  @RankTest
  void self() {
    communicatorChecks.self();
  }

  @RankTest
  void whatItIsIsSaid() {
    typeChecks.whatItIsIsSaid();
  }

  @RankTest
  void lengthsAreWhatTheLibrarySays() {
    messageChecks.lengthsAreWhatTheLibrarySays();
  }

  @RankTest
  void groups() {
    communicatorChecks.groups();
  }

  @RankTest
  void communicatorsOfParts() {
    communicatorChecks.communicatorsOfParts();
  }

  @RankTest
  void duplicates() {
    communicatorChecks.duplicates();
  }

  @RankTest
  void theWorldStays() {
    communicatorChecks.theWorldStays();
  }

  @RankTest
  void names() {
    communicatorChecks.names();
  }

  @RankTest
  void infos() {
    communicatorChecks.infos();
  }

  @RankTest
  void attributes() {
    communicatorChecks.attributes();
  }

  @RankTest
  void aboutTheJob() {
    communicatorChecks.aboutTheJob();
  }

  @RankTest
  void errorHandlers() {
    communicatorChecks.errorHandlers();
  }

  @RankTest
  void errorClassesOfOnesOwn() {
    communicatorChecks.errorClassesOfOnesOwn();
  }

  @RankTest
  void interCommunicators() {
    communicatorChecks.interCommunicators();
  }

  @RankTest
  void grids() {
    topologyChecks.grids();
  }

  @RankTest
  void graphs() {
    topologyChecks.graphs();
  }

  @RankTest
  void distributedGraphs() {
    topologyChecks.distributedGraphs();
  }

  @RankTest
  void neighbors() {
    topologyChecks.neighbors();
  }

  @RankTest
  void neighborsNonBlocking() {
    topologyChecks.neighborsNonBlocking();
  }

  @RankTest
  void typesOfLargeCounts() {
    largeCountChecks.typesOfLargeCounts();
  }

  @RankTest
  void messagesOfLargeCounts() {
    largeCountChecks.messagesOfLargeCounts();
  }

  @RankTest
  void windowsOfOnesOwnMemory() {
    windowChecks.windowsOfOnesOwnMemory();
  }

  @RankTest
  void windowsOfSharedMemory() {
    windowChecks.windowsOfSharedMemory();
  }

  @RankTest
  void dynamicWindows() {
    windowChecks.dynamicWindows();
  }

  @RankTest
  void epochsOfSomeRanks() {
    windowChecks.epochsOfSomeRanks();
  }

  @RankTest
  void operationsWithRequests() {
    windowChecks.operationsWithRequests();
  }

  @RankTest
  void whatWindowsCarry() {
    windowChecks.whatWindowsCarry();
  }

  @RankTest
  void derivedTypesInWindows() {
    windowChecks.derivedTypesInWindows();
  }

  @RankTest
  void readsAndWritesAtOffsets() {
    fileChecks.readsAndWritesAtOffsets();
  }

  @RankTest
  void readsAndWritesByPointers() {
    fileChecks.readsAndWritesByPointers();
  }

  @RankTest
  void readsAndWritesBySharedPointer() {
    fileChecks.readsAndWritesBySharedPointer();
  }

  @RankTest
  void views() {
    fileChecks.views();
  }

  @RankTest
  void whatAFileIs() {
    fileChecks.whatAFileIs();
  }

  @RankTest
  void whatIsWrongWithFiles() {
    fileChecks.whatIsWrongWithFiles();
  }

  @RankTest
  void sessions() {
    sessionChecks.sessions();
  }

  @RankTest
  void persistentCollectives() {
    persistentChecks.collectives();
  }

  @RankTest
  void persistentBroadcasts() {
    persistentChecks.broadcasts();
  }

  @RankTest
  void persistentReductions() {
    persistentChecks.reductions();
  }

  @RankTest
  void persistentUnequalBlocks() {
    persistentChecks.unequalBlocks();
  }

  @RankTest
  void persistentNeighbors() {
    persistentChecks.neighbors();
  }

  @RankTest
  void partitions() {
    persistentChecks.partitions();
  }

  @RankTest
  void generalizedRequests() {
    persistentChecks.generalized();
  }

  @RankTest
  void externalPacking() {
    persistentChecks.external();
  }

  @RankTest
  void clock() {
    persistentChecks.clock();
  }

  @RankTest
  void persistentGathers() {
    persistentChecks.gathers();
  }

  @RankTest
  void persistentScatters() {
    persistentChecks.scatters();
  }

  @RankTest
  void blocksOfLargeDisplacements() {
    largeCountChecks.blocksOfLargeDisplacements();
  }

  @RankTest
  void manyElementsOfNothing() {
    largeCountChecks.manyElementsOfNothing();
  }
}
