package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiComms;
import io.weft.mpi.ffm.MpiConstant;
import io.weft.mpi.ffm.MpiDistGraphs;
import io.weft.mpi.ffm.MpiTopologies;
import java.nio.Buffer;

/** One group of processes that talk to each other (MPI-4.0 section 7.4). */
public class Intracomm extends Comm {
  private static final int SHARED = Lib.value(MpiConstant.MPI_COMM_TYPE_SHARED);

  Intracomm(long handle) {
    super(handle, null);
  }

  Intracomm(long handle, Request request) {
    super(handle, request);
  }

  @Override
  Intracomm like(long handle, Request request) {
    return new Intracomm(handle, request);
  }

  /**
   * As {@link #dup}.
   *
   * @return the copy
   */
  @Override
  public Intracomm clone() {
    return (Intracomm) super.clone();
  }

  @Override
  public Intracomm dup() throws MPIException {
    return (Intracomm) super.dup();
  }

  @Override
  public Intracomm iDup() throws MPIException {
    return (Intracomm) super.iDup();
  }

  @Override
  public Intracomm dupWithInfo(Info info) throws MPIException {
    return (Intracomm) super.dupWithInfo(info);
  }

  /**
   * Parts the ranks, {@code MPI_Comm_split} (MPI-4.0 section 7.4.2). Called by all of them.
   *
   * @param colour those of one colour come together; {@link MPI#UNDEFINED} for none
   * @param key orders the ranks of a part
   * @return this rank's part; {@linkplain #isNull null} if it is in none
   * @throws MPIException if MPI fails
   */
  public final Intracomm split(int colour, int key) throws MPIException {
    long h = handle("MPI_Comm_split");
    long place = Scratch.begin().cell;
    try {
      MpiComms.split(h, colour, key, place);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return new Intracomm(Lib.readHandle(place));
  }

  /**
   * Parts the ranks by what they share, {@code MPI_Comm_split_type} (MPI-4.0 section 7.4.2). Called
   * by all of them.
   *
   * @param splitType {@link Comm#TYPE_SHARED} for memory, or {@link MPI#UNDEFINED} for no part
   * @param key orders the ranks of a part
   * @param info hints, or {@link MPI#INFO_NULL}
   * @return this rank's part; {@linkplain #isNull null} if it is in none
   * @throws MPIException if MPI fails
   */
  public final Intracomm splitType(int splitType, int key, Info info) throws MPIException {
    String f = "MPI_Comm_split_type";
    long h = handle(f);
    long hints = Processes.info(f, info);
    long place = Scratch.begin().cell;
    try {
      MpiComms.splitType(h, splitType == TYPE_SHARED ? SHARED : splitType, key, hints, place);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return new Intracomm(Lib.readHandle(place));
  }

  /**
   * A communicator of some ranks, {@code MPI_Comm_create} (MPI-4.0 section 7.4.2). Called by all of
   * this one's.
   *
   * @param group those ranks
   * @return {@linkplain #isNull null} where this process is not in the group
   * @throws MPIException if MPI fails
   */
  public final Intracomm create(Group group) throws MPIException {
    String f = "MPI_Comm_create";
    long h = handle(f);
    long g = Errors.notNull(f, "group", group).handle(f);
    long place = Scratch.begin().cell;
    try {
      MpiComms.create(h, g, place);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return new Intracomm(Lib.readHandle(place));
  }

  /**
   * A communicator of some ranks, {@code MPI_Comm_create_group} (MPI-4.0 section 7.4.2). Called by
   * those alone.
   *
   * @param group those ranks
   * @param tag tells calls under way at the same time apart
   * @return the communicator
   * @throws MPIException if MPI fails
   */
  public final Intracomm createGroup(Group group, int tag) throws MPIException {
    String f = "MPI_Comm_create_group";
    long h = handle(f);
    long g = Errors.notNull(f, "group", group).handle(f);
    long place = Scratch.begin().cell;
    try {
      MpiComms.createGroup(h, g, tag, place);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return new Intracomm(Lib.readHandle(place));
  }

  /**
   * Gives the ranks coordinates in a grid, {@code MPI_Cart_create} (MPI-4.0 section 8.5.1).
   *
   * @param dims the extent of each dimension
   * @param periods whether each dimension closes into a ring
   * @param reorder whether ranks may change
   * @return {@linkplain #isNull null} where this process has no place in the grid
   * @throws MPIException if MPI fails
   */
  public final CartComm createCart(int[] dims, boolean[] periods, boolean reorder)
      throws MPIException {
    String f = "MPI_Cart_create";
    long h = handle(f);
    CartComm.checkGrid(f, dims, periods);
    Scratch scratch = Scratch.begin();
    try {
      MpiTopologies.cartCreate(
          h,
          dims.length,
          scratch.ints(dims),
          scratch.flags(periods),
          reorder ? 1 : 0,
          scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return new CartComm(Lib.readHandle(scratch.cell));
  }

  /**
   * Makes the ranks nodes of a graph, {@code MPI_Graph_create} (MPI-4.0 section 8.5.3).
   *
   * @param index where the neighbours of each node end in {@code edges}
   * @param edges the neighbours, node by node
   * @param reorder whether ranks may change
   * @return {@linkplain #isNull null} where this process is no node
   * @throws MPIException if MPI fails
   */
  public final GraphComm createGraph(int[] index, int[] edges, boolean reorder)
      throws MPIException {
    String f = "MPI_Graph_create";
    long h = handle(f);
    GraphComm.checkGraph(f, index, edges);
    Scratch scratch = Scratch.begin();
    try {
      MpiTopologies.graphCreate(
          h, index.length, scratch.ints(index), scratch.ints(edges), reorder ? 1 : 0, scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return new GraphComm(Lib.readHandle(scratch.cell));
  }

  /**
   * Makes a graph of edges that any rank may tell, {@code MPI_Dist_graph_create} (MPI-4.0 section
   * 8.5.4).
   *
   * @param sources the nodes whose edges this rank tells
   * @param degrees how many edges of each
   * @param destinations where they go, node by node
   * @param weights of the edges
   * @param info hints, or {@link MPI#INFO_NULL}
   * @param reorder whether ranks may change
   * @return the ranks as nodes
   * @throws MPIException if MPI fails
   */
  public final GraphComm createDistGraph(
      int[] sources, int[] degrees, int[] destinations, int[] weights, Info info, boolean reorder)
      throws MPIException {
    Errors.notNull("MPI_Dist_graph_create", "weights", weights);
    return distGraph(sources, degrees, destinations, weights, info, reorder);
  }

  /**
   * The same for edges without weights, {@code MPI_Dist_graph_create} (MPI-4.0 section 8.5.4).
   *
   * @param sources the nodes whose edges this rank tells
   * @param degrees how many edges of each
   * @param destinations where they go, node by node
   * @param info hints, or {@link MPI#INFO_NULL}
   * @param reorder whether ranks may change
   * @return the ranks as nodes
   * @throws MPIException if MPI fails
   */
  public final GraphComm createDistGraph(
      int[] sources, int[] degrees, int[] destinations, Info info, boolean reorder)
      throws MPIException {
    return distGraph(sources, degrees, destinations, null, info, reorder);
  }

  private GraphComm distGraph(
      int[] sources, int[] degrees, int[] destinations, int[] weights, Info info, boolean reorder)
      throws MPIException {
    String f = "MPI_Dist_graph_create";
    long h = handle(f);
    long hints = Processes.info(f, info);
    Errors.notNull(f, "sources", sources);
    long edges = Sides.sum(f, "degrees", degrees, sources.length);
    Errors.notNull(f, "destinations", destinations);
    Errors.length(f, "destinations", destinations.length, Math.toIntExact(edges));
    int size = getSize();
    Errors.ranks(f, "sources", sources, sources.length, size);
    Errors.ranks(f, "destinations", destinations, Math.toIntExact(edges), size);
    if (weights != null) {
      Errors.length(f, "weights", weights.length, Math.toIntExact(edges));
    }
    Scratch scratch = Scratch.begin();
    try {
      MpiDistGraphs.distGraphCreate(
          h,
          sources.length,
          scratch.ints(sources),
          scratch.ints(degrees),
          scratch.ints(destinations),
          weights == null ? Lib.ABI.unweighted() : scratch.ints(weights),
          hints,
          reorder ? 1 : 0,
          scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return new GraphComm(Lib.readHandle(scratch.cell));
  }

  /**
   * Makes a graph of which each rank tells its own edges, {@code MPI_Dist_graph_create_adjacent}
   * (MPI-4.0 section 8.5.4).
   *
   * @param sources from whom edges come
   * @param sourceWeights of those edges
   * @param destinations to whom edges go
   * @param destWeights of those edges
   * @param info hints, or {@link MPI#INFO_NULL}
   * @param reorder whether ranks may change
   * @return the ranks as nodes
   * @throws MPIException if MPI fails
   */
  public final GraphComm createDistGraphAdjacent(
      int[] sources,
      int[] sourceWeights,
      int[] destinations,
      int[] destWeights,
      Info info,
      boolean reorder)
      throws MPIException {
    String f = "MPI_Dist_graph_create_adjacent";
    Errors.notNull(f, "sourceWeights", sourceWeights);
    Errors.notNull(f, "destWeights", destWeights);
    return adjacent(sources, sourceWeights, destinations, destWeights, info, reorder);
  }

  /**
   * The same for edges without weights, {@code MPI_Dist_graph_create_adjacent} (MPI-4.0 section
   * 8.5.4).
   *
   * @param sources from whom edges come
   * @param destinations to whom edges go
   * @param info hints, or {@link MPI#INFO_NULL}
   * @param reorder whether ranks may change
   * @return the ranks as nodes
   * @throws MPIException if MPI fails
   */
  public final GraphComm createDistGraphAdjacent(
      int[] sources, int[] destinations, Info info, boolean reorder) throws MPIException {
    return adjacent(sources, null, destinations, null, info, reorder);
  }

  private GraphComm adjacent(
      int[] sources,
      int[] sourceWeights,
      int[] destinations,
      int[] destWeights,
      Info info,
      boolean reorder)
      throws MPIException {
    String f = "MPI_Dist_graph_create_adjacent";
    long h = handle(f);
    long hints = Processes.info(f, info);
    Errors.notNull(f, "sources", sources);
    Errors.notNull(f, "destinations", destinations);
    int size = getSize();
    Errors.ranks(f, "sources", sources, sources.length, size);
    Errors.ranks(f, "destinations", destinations, destinations.length, size);
    if (sourceWeights != null) {
      Errors.notNull(f, "destWeights", destWeights);
      Errors.length(f, "sourceWeights", sourceWeights.length, sources.length);
      Errors.length(f, "destWeights", destWeights.length, destinations.length);
    }
    Scratch scratch = Scratch.begin();
    try {
      MpiDistGraphs.distGraphCreateAdjacent(
          h,
          sources.length,
          scratch.ints(sources),
          sourceWeights == null ? Lib.ABI.unweighted() : scratch.ints(sourceWeights),
          destinations.length,
          scratch.ints(destinations),
          destWeights == null ? Lib.ABI.unweighted() : scratch.ints(destWeights),
          hints,
          reorder ? 1 : 0,
          scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return new GraphComm(Lib.readHandle(scratch.cell));
  }

  /**
   * Rank r gets the elements of ranks 0 to r combined, {@code MPI_Scan} (MPI-4.0 section 6.11.1).
   *
   * @param sendbuf what is sent: an array of a primitive type, or a buffer
   * @param recvbuf where what comes is put: an array of a primitive type, or a buffer
   * @param count elements
   * @param type of what
   * @param op how elements are combined
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void scan(Object sendbuf, Object recvbuf, int count, Datatype type, Op op)
      throws MPIException {
    Reductions.reduce(true, Reduction.SCAN, this, sendbuf, recvbuf, count, type, op);
  }

  /**
   * Starts what {@code scan} does, {@code MPI_Iscan} (MPI-4.0 section 6.12). Buffers and arrays
   * belong to MPI until the request is complete.
   *
   * @param sendbuf what is sent; direct
   * @param recvbuf where what comes is put; direct
   * @param count elements
   * @param type of what
   * @param op how elements are combined
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iScan(Buffer sendbuf, Buffer recvbuf, int count, Datatype type, Op op)
      throws MPIException {
    return Reductions.reduce(false, Reduction.SCAN, this, sendbuf, recvbuf, count, type, op);
  }

  /**
   * Rank r gets the elements of ranks 0 to r combined in place of its own, {@code MPI_Scan}
   * (MPI-4.0 section 6.11.1).
   *
   * @param buf the data: an array of a primitive type, or a buffer
   * @param count elements
   * @param type of what
   * @param op how elements are combined
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void scan(Object buf, int count, Datatype type, Op op) throws MPIException {
    Reductions.reduce(true, Reduction.SCAN, this, Sides.IN_PLACE, buf, count, type, op);
  }

  /**
   * Starts what {@code scan} does, {@code MPI_Iscan} (MPI-4.0 section 6.12). Buffers and arrays
   * belong to MPI until the request is complete.
   *
   * @param buf the data; direct
   * @param count elements
   * @param type of what
   * @param op how elements are combined
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iScan(Buffer buf, int count, Datatype type, Op op) throws MPIException {
    return Reductions.reduce(false, Reduction.SCAN, this, Sides.IN_PLACE, buf, count, type, op);
  }

  /**
   * Rank r gets the elements of ranks 0 to r - 1 combined, rank 0 nothing, {@code MPI_Exscan}
   * (MPI-4.0 section 6.11.2).
   *
   * @param sendbuf what is sent: an array of a primitive type, or a buffer
   * @param recvbuf where what comes is put: an array of a primitive type, or a buffer
   * @param count elements
   * @param type of what
   * @param op how elements are combined
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void exScan(Object sendbuf, Object recvbuf, int count, Datatype type, Op op)
      throws MPIException {
    Reductions.reduce(true, Reduction.EXSCAN, this, sendbuf, recvbuf, count, type, op);
  }

  /**
   * Starts what {@code exScan} does, {@code MPI_Iexscan} (MPI-4.0 section 6.12). Buffers and arrays
   * belong to MPI until the request is complete.
   *
   * @param sendbuf what is sent; direct
   * @param recvbuf where what comes is put; direct
   * @param count elements
   * @param type of what
   * @param op how elements are combined
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iExScan(Buffer sendbuf, Buffer recvbuf, int count, Datatype type, Op op)
      throws MPIException {
    return Reductions.reduce(false, Reduction.EXSCAN, this, sendbuf, recvbuf, count, type, op);
  }

  /**
   * Rank r gets the elements of ranks 0 to r - 1 combined in place of its own, rank 0 nothing,
   * {@code MPI_Exscan} (MPI-4.0 section 6.11.2).
   *
   * @param buf the data: an array of a primitive type, or a buffer
   * @param count elements
   * @param type of what
   * @param op how elements are combined
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void exScan(Object buf, int count, Datatype type, Op op) throws MPIException {
    Reductions.reduce(true, Reduction.EXSCAN, this, Sides.IN_PLACE, buf, count, type, op);
  }

  /**
   * Starts what {@code exScan} does, {@code MPI_Iexscan} (MPI-4.0 section 6.12). Buffers and arrays
   * belong to MPI until the request is complete.
   *
   * @param buf the data; direct
   * @param count elements
   * @param type of what
   * @param op how elements are combined
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iExScan(Buffer buf, int count, Datatype type, Op op) throws MPIException {
    return Reductions.reduce(false, Reduction.EXSCAN, this, Sides.IN_PLACE, buf, count, type, op);
  }

  /**
   * Opens a port that others can connect to, {@code MPI_Open_port} (MPI-4.0 section 11.9.2).
   *
   * @return its name
   * @throws MPIException if MPI fails
   */
  public static String openPort() throws MPIException {
    return Processes.openPort(null);
  }

  /**
   * Opens a port that others can connect to, {@code MPI_Open_port} (MPI-4.0 section 11.9.2).
   *
   * @param info hints
   * @return its name
   * @throws MPIException if MPI fails
   */
  public static String openPort(Info info) throws MPIException {
    return Processes.openPort(info);
  }

  /**
   * Closes a port, {@code MPI_Close_port} (MPI-4.0 section 11.9.2).
   *
   * @param name its name
   * @throws MPIException if MPI fails
   */
  public static void closePort(String name) throws MPIException {
    Processes.closePort(name);
  }

  /**
   * Waits for others to connect, {@code MPI_Comm_accept} (MPI-4.0 section 11.9.2). Called by all
   * ranks.
   *
   * @param port the port's name; counts at the root alone
   * @param root the rank that opened the port
   * @return a communicator to them
   * @throws MPIException if MPI fails
   */
  public final Intercomm accept(String port, int root) throws MPIException {
    return Processes.accept(this, port, null, root);
  }

  /**
   * Waits for others to connect, {@code MPI_Comm_accept} (MPI-4.0 section 11.9.2). Called by all
   * ranks.
   *
   * @param port the port's name; counts at the root alone
   * @param info hints; count at the root alone
   * @param root the rank that opened the port
   * @return a communicator to them
   * @throws MPIException if MPI fails
   */
  public final Intercomm accept(String port, Info info, int root) throws MPIException {
    return Processes.accept(this, port, info, root);
  }

  /**
   * Connects to those who accept at a port, {@code MPI_Comm_connect} (MPI-4.0 section 11.9.3).
   * Called by all ranks.
   *
   * @param port the port's name; counts at the root alone
   * @param root the rank whose name counts
   * @return a communicator to them
   * @throws MPIException if MPI fails
   */
  public final Intercomm connect(String port, int root) throws MPIException {
    return Processes.connect(this, port, null, root);
  }

  /**
   * Connects to those who accept at a port, {@code MPI_Comm_connect} (MPI-4.0 section 11.9.3).
   * Called by all ranks.
   *
   * @param port the port's name; counts at the root alone
   * @param info hints; count at the root alone
   * @param root the rank whose name counts
   * @return a communicator to them
   * @throws MPIException if MPI fails
   */
  public final Intercomm connect(String port, Info info, int root) throws MPIException {
    return Processes.connect(this, port, info, root);
  }

  /**
   * Publishes a port under another name, {@code MPI_Publish_name} (MPI-4.0 section 11.9.4).
   *
   * @param service the name to publish
   * @param port the port's name
   * @throws MPIException if MPI fails
   */
  public static void publishName(String service, String port) throws MPIException {
    Processes.publishName(service, null, port);
  }

  /**
   * Publishes a port under another name, {@code MPI_Publish_name} (MPI-4.0 section 11.9.4).
   *
   * @param service the name to publish
   * @param info hints
   * @param port the port's name
   * @throws MPIException if MPI fails
   */
  public static void publishName(String service, Info info, String port) throws MPIException {
    Processes.publishName(service, info, port);
  }

  /**
   * Takes a published name back, {@code MPI_Unpublish_name} (MPI-4.0 section 11.9.4).
   *
   * @param service the published name
   * @param port the port's name
   * @throws MPIException if MPI fails
   */
  public static void unpublishName(String service, String port) throws MPIException {
    Processes.unpublishName(service, null, port);
  }

  /**
   * Takes a published name back, {@code MPI_Unpublish_name} (MPI-4.0 section 11.9.4).
   *
   * @param service the published name
   * @param info hints
   * @param port the port's name
   * @throws MPIException if MPI fails
   */
  public static void unpublishName(String service, Info info, String port) throws MPIException {
    Processes.unpublishName(service, info, port);
  }

  /**
   * The port of a published name, {@code MPI_Lookup_name} (MPI-4.0 section 11.9.4).
   *
   * @param service the published name
   * @return the port's name
   * @throws MPIException if nobody published it
   */
  public static String lookupName(String service) throws MPIException {
    return Processes.lookupName(service, null);
  }

  /**
   * The port of a published name, {@code MPI_Lookup_name} (MPI-4.0 section 11.9.4).
   *
   * @param service the published name
   * @param info hints
   * @return the port's name
   * @throws MPIException if nobody published it
   */
  public static String lookupName(String service, Info info) throws MPIException {
    return Processes.lookupName(service, info);
  }

  /**
   * Starts processes, {@code MPI_Comm_spawn} (MPI-4.0 section 11.8.1). Called by all ranks; what is
   * to be started counts at the root alone.
   *
   * @param command the program
   * @param argv its arguments; null for none
   * @param maxprocs how many processes
   * @param info hints, or {@link MPI#INFO_NULL}
   * @param root the rank whose arguments count
   * @param errcodes gets a code for each process; null if they are not wanted
   * @return a communicator to them
   * @throws MPIException if they could not be started
   */
  public final Intercomm spawn(
      String command, String[] argv, int maxprocs, Info info, int root, int[] errcodes)
      throws MPIException {
    return Processes.spawn(this, command, argv, maxprocs, info, root, errcodes);
  }

  /**
   * Starts processes of several programs, {@code MPI_Comm_spawn_multiple} (MPI-4.0 section 11.8.3).
   * Called by all ranks; what is to be started counts at the root alone.
   *
   * @param commands the programs
   * @param argv the arguments of each; null for none
   * @param maxprocs how many processes of each
   * @param info hints for each
   * @param root the rank whose arguments count
   * @param errcodes gets a code for each process; null if they are not wanted
   * @return a communicator to them
   * @throws MPIException if they could not be started
   */
  public final Intercomm spawnMultiple(
      String[] commands, String[][] argv, int[] maxprocs, Info[] info, int root, int[] errcodes)
      throws MPIException {
    return Processes.spawnMultiple(this, commands, argv, maxprocs, info, root, errcodes);
  }
}
