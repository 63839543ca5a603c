package io.weft.mpi;

import io.weft.mpi.ffm.MpiComms;
import io.weft.mpi.ffm.MpiConstant;
import io.weft.mpi.ffm.MpiDistGraphs;
import io.weft.mpi.ffm.MpiTopologies;
import io.weft.mpi.ffm.PredefinedHandle;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** How the ranks of a {@link Comm} lie to each other (MPI-4.0 chapter 8). */
abstract class CommTopology extends CommNonBlockingVectorCollectives {
  /** What {@link Comm#setErrorHandler} was told, or what was inherited. */
  ErrorHandler errorHandler = ErrorHandler.RETURN;

  private int inDegree = -1;
  private int outDegree = -1;

  CommTopology(Mpi mpi, long handle) {
    super(mpi, handle);
  }

  /**
   * The communicator whose handle C wrote, or null for none.
   *
   * @param handler what it has inherited (MPI-4.0 section 9.3); to return errors is said again,
   *     because no library must end the job where another does not
   */
  final Comm made(MemorySegment place, ErrorHandler handler) {
    long h = abi.readHandle(place, 0);
    if (h == abi.handle(PredefinedHandle.MPI_COMM_NULL)) {
      return null;
    }
    Comm result = new Comm(mpi, h, true);
    CommTopology made = result;
    made.errorHandler = handler;
    if (handler == ErrorHandler.RETURN) {
      MpiComms.setErrhandler(h, abi.handle(PredefinedHandle.MPI_ERRORS_RETURN));
    }
    return result;
  }

  static MemorySegment ints(Arena arena, int... values) {
    MemorySegment result = arena.allocate((long) values.length * Integer.BYTES + 1, Integer.BYTES);
    MemorySegment.copy(values, 0, result, ValueLayout.JAVA_INT, 0, values.length);
    return result;
  }

  static int[] read(MemorySegment memory, int count) {
    return memory.asSlice(0, (long) count * Integer.BYTES).toArray(ValueLayout.JAVA_INT);
  }

  /**
   * {@code MPI_Cart_create}: lays the ranks out as a grid; collective.
   *
   * @param dims the grid's lengths; {@link Mpi#dims} chooses them
   * @param periodic whether each dimension closes to a ring
   * @param reorder whether ranks may be numbered anew
   * @return the communicator, to be closed; null on ranks that the grid has no place for
   */
  public Comm createCart(int[] dims, boolean[] periodic, boolean reorder) {
    check();
    if (dims.length != periodic.length) {
      throw new IllegalArgumentException(
          dims.length + " lengths and " + periodic.length + " periods");
    }
    checkGrid(dims);
    try (Arena arena = Arena.ofConfined()) {
      int[] periods = new int[dims.length];
      for (int i = 0; i < dims.length; i++) {
        periods[i] = periodic[i] ? 1 : 0;
      }
      MpiTopologies.cartCreate(
          handle,
          dims.length,
          ints(arena, dims).address(),
          ints(arena, periods).address(),
          reorder ? 1 : 0,
          scratch.address());
    }
    return made(scratch, errorHandler);
  }

  /**
   * {@code MPI_Graph_create}: gives the ranks neighbours by a graph that all know; collective.
   *
   * @param neighbors the neighbours of each rank
   * @param reorder whether ranks may be numbered anew
   * @return the communicator, to be closed; null on ranks that the graph has no node for
   */
  public Comm createGraph(int[][] neighbors, boolean reorder) {
    check();
    if (neighbors.length > size) {
      throw new IllegalArgumentException(
          "a graph of " + neighbors.length + " nodes for " + size + " ranks");
    }
    int total = 0;
    int[] ends = new int[neighbors.length];
    for (int i = 0; i < neighbors.length; i++) {
      for (int each : neighbors[i]) {
        Arguments.rank("neighbor", each, neighbors.length); // Open MPI does not look.
      }
      total = Math.addExact(total, neighbors[i].length);
      ends[i] = total;
    }
    int[] edges = new int[total];
    int at = 0;
    for (int[] each : neighbors) {
      System.arraycopy(each, 0, edges, at, each.length);
      at += each.length;
    }
    try (Arena arena = Arena.ofConfined()) {
      MpiTopologies.graphCreate(
          handle,
          neighbors.length,
          ints(arena, ends).address(),
          ints(arena, edges).address(),
          reorder ? 1 : 0,
          scratch.address());
    }
    return made(scratch, errorHandler);
  }

  /**
   * {@code MPI_Dist_graph_create_adjacent}: each rank says its own neighbours; collective.
   *
   * @param sources who sends to this rank
   * @param sourceWeights how much, of each; null on all ranks for none
   * @param destinations to whom this rank sends
   * @param destinationWeights how much, to each; null on all ranks for none
   * @param info hints; may be null
   * @param reorder whether ranks may be numbered anew
   * @return the communicator, to be closed
   */
  public Comm createDistGraphAdjacent(
      int[] sources,
      int[] sourceWeights,
      int[] destinations,
      int[] destinationWeights,
      Info info,
      boolean reorder) {
    check();
    sameLength(sources, sourceWeights);
    sameLength(destinations, destinationWeights);
    if ((sourceWeights == null) != (destinationWeights == null)) {
      throw new IllegalArgumentException("give weights of sources and destinations, or of neither");
    }
    checkRanks("source", sources);
    checkRanks("destination", destinations);
    try (Arena arena = Arena.ofConfined()) {
      MpiDistGraphs.distGraphCreateAdjacent(
          handle,
          sources.length,
          ints(arena, sources).address(),
          weights(arena, sourceWeights),
          destinations.length,
          ints(arena, destinations).address(),
          weights(arena, destinationWeights),
          Info.handle(mpi, info),
          reorder ? 1 : 0,
          scratch.address());
    }
    return made(scratch, errorHandler);
  }

  /**
   * {@code MPI_Dist_graph_create}: each rank says any part of the edges; collective.
   *
   * @param sources the ranks whose edges this rank says
   * @param destinations to whom each of them sends
   * @param weights of each edge, in the order of the destinations; null on all ranks for none
   * @param info hints; may be null
   * @param reorder whether ranks may be numbered anew
   * @return the communicator, to be closed
   */
  public Comm createDistGraph(
      int[] sources, int[][] destinations, int[][] weights, Info info, boolean reorder) {
    check();
    if (sources.length != destinations.length
        || weights != null && weights.length != destinations.length) {
      throw new IllegalArgumentException(
          sources.length + " sources, and destinations of " + destinations.length);
    }
    checkRanks("source", sources);
    int total = 0;
    int[] degrees = new int[sources.length];
    for (int i = 0; i < sources.length; i++) {
      checkRanks("destination", destinations[i]);
      degrees[i] = destinations[i].length;
      total = Math.addExact(total, degrees[i]);
    }
    int[] edges = new int[total];
    int[] edgeWeights = weights == null ? null : new int[total];
    int at = 0;
    for (int i = 0; i < sources.length; i++) {
      System.arraycopy(destinations[i], 0, edges, at, degrees[i]);
      if (weights != null) {
        sameLength(destinations[i], weights[i]);
        System.arraycopy(weights[i], 0, edgeWeights, at, degrees[i]);
      }
      at += degrees[i];
    }
    try (Arena arena = Arena.ofConfined()) {
      MpiDistGraphs.distGraphCreate(
          handle,
          sources.length,
          ints(arena, sources).address(),
          ints(arena, degrees).address(),
          ints(arena, edges).address(),
          weights(arena, edgeWeights),
          Info.handle(mpi, info),
          reorder ? 1 : 0,
          scratch.address());
    }
    return made(scratch, errorHandler);
  }

  /** MPICH ends the process at edges that lead nowhere. */
  private void checkRanks(String what, int[] ranks) {
    for (int each : ranks) {
      Arguments.rank(what, each, size);
    }
  }

  /** MPICH takes lengths below 1, and no library looks whether the product overflows. */
  private void checkGrid(int[] dims) {
    long product = 1;
    for (int length : dims) {
      product *= length;
      if (length < 1 || product > size) {
        throw new IllegalArgumentException(
            "a grid of " + Arrays.toString(dims) + " does not lie in " + size + " ranks");
      }
    }
  }

  private static void sameLength(int[] ranks, int[] weights) {
    if (weights == null) {
      return;
    }
    if (weights.length != ranks.length) {
      throw new IllegalArgumentException(
          ranks.length + " ranks and " + weights.length + " weights");
    }
    Arguments.weights(weights); // MPICH takes others.
  }

  private long weights(Arena arena, int[] weights) {
    return weights == null ? abi.unweighted() : ints(arena, weights).address();
  }

  /**
   * {@code MPI_Topo_test}: what kind of topology this has.
   *
   * @return the kind
   */
  public Topology topology() {
    check();
    MpiTopologies.topoTest(handle, scratch.address());
    int kind = answer();
    if (kind == abi.value(MpiConstant.MPI_CART)) {
      return Topology.CART;
    }
    if (kind == abi.value(MpiConstant.MPI_GRAPH)) {
      return Topology.GRAPH;
    }
    return kind == abi.value(MpiConstant.MPI_DIST_GRAPH) ? Topology.DIST_GRAPH : Topology.NONE;
  }

  private void expect(Topology kind) {
    Topology found = topology();
    if (found != kind) {
      throw new IllegalStateException("the communicator has topology " + found + ", not " + kind);
    }
  }

  /**
   * The grid that {@link #createCart} laid out.
   *
   * @return the grid
   * @throws IllegalStateException if there is none
   */
  public CartTopology cart() {
    expect(Topology.CART);
    return new CartTopology(self());
  }

  /**
   * The neighbours of a rank in the graph of {@link #createGraph}, {@code MPI_Graph_neighbors}.
   *
   * @param of whose
   * @return their ranks
   * @throws IllegalArgumentException if there is no such rank
   * @throws IllegalStateException if there is no graph
   */
  public int[] graphNeighbors(int of) {
    expect(Topology.GRAPH);
    Arguments.rank("rank", of, size); // Open MPI lets the size itself pass.
    MpiTopologies.graphNeighborsCount(handle, of, scratch.address());
    int count = answer();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ranks = arena.allocate(4L * count + 4, 4);
      MpiTopologies.graphNeighbors(handle, of, count, ranks.address());
      return read(ranks, count);
    }
  }

  /**
   * The whole graph of {@link #createGraph}, {@code MPI_Graph_get}.
   *
   * @return the neighbours of each rank
   * @throws IllegalStateException if there is no graph
   */
  public int[][] graph() {
    expect(Topology.GRAPH);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment counts = arena.allocate(16, 8);
      MpiTopologies.graphdimsGet(handle, counts.address(), counts.address() + 4);
      int nodes = counts.get(ValueLayout.JAVA_INT, 0);
      int edges = counts.get(ValueLayout.JAVA_INT, 4);
      MemorySegment ends = arena.allocate(4L * nodes + 4, 4);
      MemorySegment all = arena.allocate(4L * edges + 4, 4);
      MpiTopologies.graphGet(handle, nodes, edges, ends.address(), all.address());
      int[][] result = new int[nodes][];
      int from = 0;
      for (int i = 0; i < nodes; i++) {
        int end = ends.getAtIndex(ValueLayout.JAVA_INT, i);
        result[i] = read(all.asSlice(4L * from), end - from);
        from = end;
      }
      return result;
    }
  }

  /**
   * This rank's neighbours in a distributed graph, {@code MPI_Dist_graph_neighbors}.
   *
   * @return the neighbours, in the order of neighbourhood collectives
   * @throws IllegalStateException if there is none
   */
  public DistGraphNeighbors distGraphNeighbors() {
    expect(Topology.DIST_GRAPH);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment c = arena.allocate(16, 8);
      long at = c.address();
      MpiDistGraphs.distGraphNeighborsCount(handle, at, at + 4, at + 8);
      int in = c.get(ValueLayout.JAVA_INT, 0);
      int out = c.get(ValueLayout.JAVA_INT, 4);
      boolean weighted = c.get(ValueLayout.JAVA_INT, 8) != 0;
      MemorySegment sources = arena.allocate(4L * in + 4, 4);
      MemorySegment sourceWeights = arena.allocate(4L * in + 4, 4);
      MemorySegment destinations = arena.allocate(4L * out + 4, 4);
      MemorySegment destinationWeights = arena.allocate(4L * out + 4, 4);
      MpiDistGraphs.distGraphNeighbors(
          handle,
          in,
          sources.address(),
          weighted ? sourceWeights.address() : abi.unweighted(),
          out,
          destinations.address(),
          weighted ? destinationWeights.address() : abi.unweighted());
      return new DistGraphNeighbors(
          read(sources, in),
          weighted ? read(sourceWeights, in) : null,
          read(destinations, out),
          weighted ? read(destinationWeights, out) : null);
    }
  }

  private void degrees() {
    switch (topology()) {
      case NONE -> throw new IllegalStateException("the communicator has no topology");
      case CART -> {
        inDegree = 2 * cart().dims().length;
        outDegree = inDegree;
      }
      case GRAPH -> {
        inDegree = graphNeighbors(rank).length;
        outDegree = inDegree;
      }
      case DIST_GRAPH -> {
        DistGraphNeighbors neighbors = distGraphNeighbors();
        inDegree = neighbors.sources().length;
        outDegree = neighbors.destinations().length;
      }
    }
  }

  /**
   * How many blocks a neighbourhood collective brings to this rank.
   *
   * @return the number of sources; of a grid, two for each dimension
   * @throws IllegalStateException if there is no topology
   */
  public int inDegree() {
    if (inDegree < 0) {
      degrees();
    }
    return inDegree;
  }

  /**
   * How many blocks a neighbourhood collective takes from this rank.
   *
   * @return the number of destinations; of a grid, two for each dimension
   * @throws IllegalStateException if there is no topology
   */
  public int outDegree() {
    if (outDegree < 0) {
      degrees();
    }
    return outDegree;
  }

  /**
   * Makes the counts and displacements of one side of a collective.
   *
   * @return a layout of one empty block for each rank
   */
  public BlockLayout newBlockLayout() {
    return newBlockLayout(peers);
  }

  /**
   * Makes the counts and displacements of one side of a neighbourhood collective.
   *
   * @param blocks {@code inDegree} or {@code outDegree}
   * @return a layout of so many empty blocks
   */
  public BlockLayout newBlockLayout(int blocks) {
    check();
    Buffers.count(blocks);
    return new BlockLayout(mpi.arena(), blocks);
  }

  /**
   * Makes the places, lengths and types of one side of a collective on blocks of unequal types.
   *
   * @param blocks the number of ranks, {@code inDegree} or {@code outDegree}
   * @return a layout of so many empty blocks
   */
  public TypedBlockLayout newTypedBlockLayout(int blocks) {
    check();
    Buffers.count(blocks);
    return new TypedBlockLayout(abi, mpi.arena(), blocks);
  }
}
