package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiErrorClass;
import io.weft.mpi.ffm.MpiTopologies;

/** A communicator whose processes lie in a grid (MPI-4.0 section 8.5). */
public final class CartComm extends Intracomm {
  /** Asked for once: it never changes. */
  private CartParms grid;

  CartComm(long handle) {
    super(handle);
  }

  CartComm(long handle, Request request) {
    super(handle, request);
  }

  @Override
  CartComm like(long handle, Request request) {
    return new CartComm(handle, request);
  }

  @Override
  public CartComm clone() {
    return (CartComm) super.clone();
  }

  @Override
  public CartComm dup() throws MPIException {
    return (CartComm) super.dup();
  }

  @Override
  public CartComm iDup() throws MPIException {
    return (CartComm) super.iDup();
  }

  @Override
  public CartComm dupWithInfo(Info info) throws MPIException {
    return (CartComm) super.dupWithInfo(info);
  }

  private static int dimensions(long comm) throws MPIException {
    return Calls.answer(answer -> MpiTopologies.cartdimGet(comm, answer));
  }

  /**
   * {@code MPI_Cart_get}: the grid, and this process's place in it.
   *
   * @return both
   * @throws MPIException if the communicator is freed
   */
  public CartParms getTopo() throws MPIException {
    return topology(handle("MPI_Cart_get"));
  }

  private static CartParms topology(long comm) throws MPIException {
    int count = dimensions(comm);
    long bytes = (long) count * Integer.BYTES;
    Scratch scratch = Scratch.begin();
    long dims = scratch.bytes(bytes);
    long periods = scratch.bytes(bytes);
    long coords = scratch.bytes(bytes);
    Calls.run(() -> MpiTopologies.cartGet(comm, count, dims, periods, coords));
    boolean[] periodic = new boolean[count];
    for (int i = 0; i < count; i++) {
      periodic[i] = Lib.readFlag(periods + (long) i * Integer.BYTES);
    }
    return new CartParms(Scratch.readInts(dims, count), periodic, Scratch.readInts(coords, count));
  }

  /**
   * {@code MPI_Cart_rank}.
   *
   * @param coords a place, a coordinate for each dimension; past the ends only where the dimension
   *     is periodic
   * @return the rank there
   * @throws MPIException if there is none, or the communicator is freed
   */
  public int getRank(int[] coords) throws MPIException {
    String function = "MPI_Cart_rank";
    long h = handle(function);
    Errors.notNull(function, "coords", coords);
    if (grid == null) {
      grid = topology(h);
    }
    Errors.length(function, "coords", coords.length, grid.getDimCount());
    for (int i = 0; i < grid.getDimCount(); i++) {
      if (!grid.getPeriod(i) && (coords[i] < 0 || coords[i] >= grid.getDim(i))) {
        throw Errors.argument(
            function,
            MpiErrorClass.MPI_ERR_ARG,
            "coords[" + i + "] is " + coords[i] + ", not in 0 .. " + (grid.getDim(i) - 1));
      }
    }
    Scratch scratch = Scratch.begin();
    long places = scratch.ints(coords);
    try {
      MpiTopologies.cartRank(h, places, scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Lib.readInt(scratch.cell);
  }

  /**
   * {@code MPI_Cart_coords}.
   *
   * @param rank of this communicator
   * @return its place, a coordinate for each dimension
   * @throws MPIException if there is no such rank, or the communicator is freed
   */
  public int[] getCoords(int rank) throws MPIException {
    String function = "MPI_Cart_coords";
    long h = handle(function);
    checkRank(function, rank);
    int count = dimensions(h);
    long places = Scratch.begin().bytes((long) count * Integer.BYTES);
    Calls.run(() -> MpiTopologies.cartCoords(h, rank, count, places));
    return Scratch.readInts(places, count);
  }

  /**
   * {@code MPI_Cart_shift}: this process's neighbours along a dimension.
   *
   * @param direction the dimension, from 0
   * @param disp how far elements go; negative for downwards
   * @return whence and where
   * @throws MPIException if there is no such dimension, or the communicator is freed
   */
  public ShiftParms shift(int direction, int disp) throws MPIException {
    String function = "MPI_Cart_shift";
    long h = handle(function);
    int count = dimensions(h);
    if (direction < 0 || direction >= count) {
      throw Errors.argument(
          function,
          MpiErrorClass.MPI_ERR_DIMS,
          "direction " + direction + " is not in 0 .. " + (count - 1));
    }
    long destination = Scratch.get().cell2;
    int source =
        Calls.answer(answer -> MpiTopologies.cartShift(h, direction, disp, answer, destination));
    return new ShiftParms(source, Lib.readInt(destination));
  }

  /**
   * {@code MPI_Cart_sub}: the part of the grid that lies along some of its dimensions; collective.
   *
   * @param remainDims whether each dimension is kept
   * @return the communicator of this process's part, to be freed
   * @throws MPIException if the communicator is freed
   */
  public CartComm sub(boolean[] remainDims) throws MPIException {
    String function = "MPI_Cart_sub";
    long h = handle(function);
    Errors.notNull(function, "remainDims", remainDims);
    Errors.length(function, "remainDims", remainDims.length, dimensions(h));
    long kept = Scratch.begin().flags(remainDims);
    return new CartComm(Calls.handle(answer -> MpiTopologies.cartSub(h, kept, answer)));
  }

  /**
   * {@code MPI_Cart_map}: the rank that suits this process in such a grid; does not make it.
   *
   * @param dims the number of processes along each dimension
   * @param periods whether each of them closes to a ring
   * @return the rank, or {@link MPI#UNDEFINED} if the grid has no place for this process
   * @throws MPIException if this communicator is freed, or has fewer processes
   */
  public int map(int[] dims, boolean[] periods) throws MPIException {
    String function = "MPI_Cart_map";
    long h = handle(function);
    checkGrid(function, dims, periods);
    Scratch scratch = Scratch.begin();
    long lengths = scratch.ints(dims);
    long rings = scratch.flags(periods);
    return Calls.answer(answer -> MpiTopologies.cartMap(h, dims.length, lengths, rings, answer));
  }

  /** Refuses what is no grid; one that is too large is refused by C. */
  static void checkGrid(String function, int[] dims, boolean[] periods) throws MPIException {
    Errors.notNull(function, "dims", dims);
    Errors.notNull(function, "periods", periods);
    Errors.length(function, "periods", periods.length, dims.length);
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] < 1) {
        throw Errors.argument(
            function, MpiErrorClass.MPI_ERR_DIMS, "dims[" + i + "] is " + dims[i]);
      }
    }
  }

  /**
   * {@code MPI_Dims_create}: chooses the lengths of a grid.
   *
   * @param nNodes how many processes it has
   * @param dims the lengths; those that are 0 are chosen, and written here
   * @throws MPIException if that is not possible
   */
  public static void createDims(int nNodes, int[] dims) throws MPIException {
    String function = "MPI_Dims_create";
    State.check(function);
    Errors.notNull(function, "dims", dims);
    if (nNodes < 1) {
      throw Errors.argument(function, MpiErrorClass.MPI_ERR_ARG, "nNodes is " + nNodes);
    }
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] < 0) {
        throw Errors.argument(
            function, MpiErrorClass.MPI_ERR_DIMS, "dims[" + i + "] is " + dims[i]);
      }
    }
    long lengths = Scratch.begin().ints(dims);
    Calls.run(() -> MpiTopologies.dimsCreate(nNodes, dims.length, lengths));
    System.arraycopy(Scratch.readInts(lengths, dims.length), 0, dims, 0, dims.length);
  }
}
