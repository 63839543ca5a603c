package mpi;

import io.weft.mpi.ffm.MpiDistGraphs;
import io.weft.mpi.ffm.MpiErrorClass;
import io.weft.mpi.ffm.MpiTopologies;

/** A communicator whose processes are the nodes of a graph (MPI-4.0 sections 8.5.3 and 8.5.4). */
public final class GraphComm extends Intracomm {
  GraphComm(long handle) {
    super(handle);
  }

  GraphComm(long handle, Request request) {
    super(handle, request);
  }

  @Override
  GraphComm like(long handle, Request request) {
    return new GraphComm(handle, request);
  }

  @Override
  public GraphComm clone() {
    return (GraphComm) super.clone();
  }

  @Override
  public GraphComm dup() throws MPIException {
    return (GraphComm) super.dup();
  }

  @Override
  public GraphComm iDup() throws MPIException {
    return (GraphComm) super.iDup();
  }

  @Override
  public GraphComm dupWithInfo(Info info) throws MPIException {
    return (GraphComm) super.dupWithInfo(info);
  }

  /**
   * {@code MPI_Graphdims_get} and {@code MPI_Graph_get}: the whole graph.
   *
   * @return its nodes and edges
   * @throws MPIException if the graph is a distributed one, or the communicator is freed
   */
  public GraphParms getDims() throws MPIException {
    long h = handle("MPI_Graph_get");
    long second = Scratch.get().cell2;
    int nodes = Calls.answer(answer -> MpiTopologies.graphdimsGet(h, answer, second));
    int edges = Lib.readInt(second);
    Scratch scratch = Scratch.begin();
    long ends = scratch.bytes((long) nodes * Integer.BYTES);
    long leads = scratch.bytes((long) edges * Integer.BYTES);
    Calls.run(() -> MpiTopologies.graphGet(h, nodes, edges, ends, leads));
    return new GraphParms(Scratch.readInts(ends, nodes), Scratch.readInts(leads, edges));
  }

  /**
   * {@code MPI_Graph_neighbors}.
   *
   * @param rank of this communicator
   * @return the ranks that its edges lead to
   * @throws MPIException if there is no such rank, the graph is a distributed one, or the
   *     communicator is freed
   */
  public int[] getNeighbors(int rank) throws MPIException {
    String function = "MPI_Graph_neighbors";
    long h = handle(function);
    checkRank(function, rank);
    int count = Calls.answer(answer -> MpiTopologies.graphNeighborsCount(h, rank, answer));
    long ranks = Scratch.begin().bytes((long) count * Integer.BYTES);
    Calls.run(() -> MpiTopologies.graphNeighbors(h, rank, count, ranks));
    return Scratch.readInts(ranks, count);
  }

  /**
   * {@code MPI_Dist_graph_neighbors}: this process's neighbours in a distributed graph.
   *
   * @return the neighbours
   * @throws MPIException if the graph is no distributed one, or the communicator is freed
   */
  public DistGraphNeighbors getDistGraphNeighbors() throws MPIException {
    long h = handle("MPI_Dist_graph_neighbors");
    Scratch scratch = Scratch.begin();
    int in =
        Calls.answer(
            answer ->
                MpiDistGraphs.distGraphNeighborsCount(h, answer, scratch.cell2, scratch.cell3));
    int out = Lib.readInt(scratch.cell2);
    boolean weighted = Lib.readFlag(scratch.cell3);
    long sources = scratch.bytes((long) in * Integer.BYTES);
    long destinations = scratch.bytes((long) out * Integer.BYTES);
    long none = Lib.ABI.unweighted();
    long sourceWeights = weighted ? scratch.bytes((long) in * Integer.BYTES) : none;
    long destinationWeights = weighted ? scratch.bytes((long) out * Integer.BYTES) : none;
    Calls.run(
        () ->
            MpiDistGraphs.distGraphNeighbors(
                h, in, sources, sourceWeights, out, destinations, destinationWeights));
    return new DistGraphNeighbors(
        Scratch.readInts(sources, in),
        weighted ? Scratch.readInts(sourceWeights, in) : new int[in],
        Scratch.readInts(destinations, out),
        weighted ? Scratch.readInts(destinationWeights, out) : new int[out],
        weighted);
  }

  /**
   * {@code MPI_Graph_map}: the rank that suits this process in such a graph; does not make it.
   *
   * @param index where the edges of each node end
   * @param edges where the edges lead
   * @return the rank, or {@link MPI#UNDEFINED} if the graph has no node for this process
   * @throws MPIException if that is no graph, it has more nodes than this communicator processes,
   *     or the communicator is freed
   */
  public int map(int[] index, int[] edges) throws MPIException {
    String function = "MPI_Graph_map";
    long h = handle(function);
    checkGraph(function, index, edges);
    Scratch scratch = Scratch.begin();
    long ends = scratch.ints(index);
    long leads = scratch.ints(edges);
    return Calls.answer(answer -> MpiTopologies.graphMap(h, index.length, ends, leads, answer));
  }

  /** Refuses what is no graph; one that is too large is refused by C. */
  static void checkGraph(String function, int[] index, int[] edges) throws MPIException {
    Errors.notNull(function, "index", index);
    Errors.notNull(function, "edges", edges);
    int end = 0;
    for (int i = 0; i < index.length; i++) {
      if (index[i] < end) {
        throw Errors.argument(
            function,
            MpiErrorClass.MPI_ERR_ARG,
            "index[" + i + "] is " + index[i] + ", less than the one before");
      }
      end = index[i];
    }
    Errors.length(function, "edges", edges.length, end);
    for (int i = 0; i < end; i++) {
      if (edges[i] < 0 || edges[i] >= index.length) {
        throw Errors.argument(
            function,
            MpiErrorClass.MPI_ERR_ARG,
            "edges[" + i + "] is " + edges[i] + ", not in 0 .. " + (index.length - 1));
      }
    }
  }
}
