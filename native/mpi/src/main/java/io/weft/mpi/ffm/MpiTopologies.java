package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Process topologies (MPI-4.0 chapter 8). Every method checks the code that the C function returns
 * and throws {@link io.weft.mpi.MpiException}; a function that the library lacks, {@link
 * UnsupportedOperationException}.
 */
public final class MpiTopologies {
  private static final MpiFunction CART_CREATE =
      MpiFunction.of("MPI_Cart_create", HANDLE, INT, POINTER, POINTER, INT, POINTER);

  private static final MpiFunction CART_COORDS =
      MpiFunction.of("MPI_Cart_coords", HANDLE, INT, INT, POINTER);

  private static final MpiFunction CART_GET =
      MpiFunction.of("MPI_Cart_get", HANDLE, INT, POINTER, POINTER, POINTER);

  private static final MpiFunction CART_MAP =
      MpiFunction.of("MPI_Cart_map", HANDLE, INT, POINTER, POINTER, POINTER);

  private static final MpiFunction CART_RANK =
      MpiFunction.of("MPI_Cart_rank", HANDLE, POINTER, POINTER);

  private static final MpiFunction CART_SHIFT =
      MpiFunction.of("MPI_Cart_shift", HANDLE, INT, INT, POINTER, POINTER);

  private static final MpiFunction CART_SUB =
      MpiFunction.of("MPI_Cart_sub", HANDLE, POINTER, POINTER);

  private static final MpiFunction CARTDIM_GET = MpiFunction.of("MPI_Cartdim_get", HANDLE, POINTER);

  private static final MpiFunction DIMS_CREATE =
      MpiFunction.of("MPI_Dims_create", INT, INT, POINTER);

  private static final MpiFunction TOPO_TEST = MpiFunction.of("MPI_Topo_test", HANDLE, POINTER);

  private static final MpiFunction GRAPH_CREATE =
      MpiFunction.of("MPI_Graph_create", HANDLE, INT, POINTER, POINTER, INT, POINTER);

  private static final MpiFunction GRAPH_GET =
      MpiFunction.of("MPI_Graph_get", HANDLE, INT, INT, POINTER, POINTER);

  private static final MpiFunction GRAPH_MAP =
      MpiFunction.of("MPI_Graph_map", HANDLE, INT, POINTER, POINTER, POINTER);

  private static final MpiFunction GRAPH_NEIGHBORS =
      MpiFunction.of("MPI_Graph_neighbors", HANDLE, INT, INT, POINTER);

  private static final MpiFunction GRAPH_NEIGHBORS_COUNT =
      MpiFunction.of("MPI_Graph_neighbors_count", HANDLE, INT, POINTER);

  private static final MpiFunction GRAPHDIMS_GET =
      MpiFunction.of("MPI_Graphdims_get", HANDLE, POINTER, POINTER);

  private MpiTopologies() {}

  /**
   * {@code int (MPI_Comm comm_old, int ndims, const int dims[], const int periods[], int reorder,
   * MPI_Comm *comm_cart)}, MPI-4.0 section 8.5.
   *
   * @param commOld the communicator
   * @param ndims {@code ndims} of the C function
   * @param dims {@code dims} of the C function
   * @param periods {@code periods} of the C function
   * @param reorder {@code reorder} of the C function
   * @param commCart the address for the new communicator
   */
  public static void cartCreate(
      long commOld, int ndims, long dims, long periods, int reorder, long commCart) {
    try {
      CART_CREATE.check(
          (int) CART_CREATE.handle().invokeExact(commOld, ndims, dims, periods, reorder, commCart));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "ndims", ndims, "reorder", reorder);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int rank, int maxdims, int coords[])}, MPI-4.0 section 8.5.
   *
   * @param comm the communicator
   * @param rank the rank
   * @param maxdims {@code maxdims} of the C function
   * @param coords {@code coords} of the C function
   */
  public static void cartCoords(long comm, int rank, int maxdims, long coords) {
    try {
      CART_COORDS.check((int) CART_COORDS.handle().invokeExact(comm, rank, maxdims, coords));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "rank", rank, "maxdims", maxdims);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int maxdims, int dims[], int periods[], int coords[])}, MPI-4.0
   * section 8.5.
   *
   * @param comm the communicator
   * @param maxdims {@code maxdims} of the C function
   * @param dims {@code dims} of the C function
   * @param periods {@code periods} of the C function
   * @param coords {@code coords} of the C function
   */
  public static void cartGet(long comm, int maxdims, long dims, long periods, long coords) {
    try {
      CART_GET.check((int) CART_GET.handle().invokeExact(comm, maxdims, dims, periods, coords));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "maxdims", maxdims);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int ndims, const int dims[], const int periods[], int *newrank)},
   * MPI-4.0 section 8.5.
   *
   * @param comm the communicator
   * @param ndims {@code ndims} of the C function
   * @param dims {@code dims} of the C function
   * @param periods {@code periods} of the C function
   * @param newrank {@code newrank} of the C function
   */
  public static void cartMap(long comm, int ndims, long dims, long periods, long newrank) {
    try {
      CART_MAP.check((int) CART_MAP.handle().invokeExact(comm, ndims, dims, periods, newrank));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "ndims", ndims);
    }
  }

  /**
   * {@code int (MPI_Comm comm, const int coords[], int *rank)}, MPI-4.0 section 8.5.
   *
   * @param comm the communicator
   * @param coords {@code coords} of the C function
   * @param rank the rank
   */
  public static void cartRank(long comm, long coords, long rank) {
    try {
      CART_RANK.check((int) CART_RANK.handle().invokeExact(comm, coords, rank));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int direction, int disp, int *rank_source, int *rank_dest)}, MPI-4.0
   * section 8.5.
   *
   * @param comm the communicator
   * @param direction {@code direction} of the C function
   * @param disp {@code disp} of the C function
   * @param rankSource {@code rank_source} of the C function
   * @param rankDest {@code rank_dest} of the C function
   */
  public static void cartShift(long comm, int direction, int disp, long rankSource, long rankDest) {
    try {
      CART_SHIFT.check(
          (int) CART_SHIFT.handle().invokeExact(comm, direction, disp, rankSource, rankDest));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "direction", direction, "disp", disp);
    }
  }

  /**
   * {@code int (MPI_Comm comm, const int remain_dims[], MPI_Comm *newcomm)}, MPI-4.0 section 8.5.
   *
   * @param comm the communicator
   * @param remainDims {@code remain_dims} of the C function
   * @param newcomm the address for the new communicator
   */
  public static void cartSub(long comm, long remainDims, long newcomm) {
    try {
      CART_SUB.check((int) CART_SUB.handle().invokeExact(comm, remainDims, newcomm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int *ndims)}, MPI-4.0 section 8.5.
   *
   * @param comm the communicator
   * @param ndims {@code ndims} of the C function
   */
  public static void cartdimGet(long comm, long ndims) {
    try {
      CARTDIM_GET.check((int) CARTDIM_GET.handle().invokeExact(comm, ndims));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (int nnodes, int ndims, int dims[])}, MPI-4.0 section 8.5.
   *
   * @param nnodes {@code nnodes} of the C function
   * @param ndims {@code ndims} of the C function
   * @param dims {@code dims} of the C function
   */
  public static void dimsCreate(int nnodes, int ndims, long dims) {
    try {
      DIMS_CREATE.check((int) DIMS_CREATE.handle().invokeExact(nnodes, ndims, dims));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "nnodes", nnodes, "ndims", ndims);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int *status)}, MPI-4.0 section 8.5.
   *
   * @param comm the communicator
   * @param status the address for the status, or the value that ignores it
   */
  public static void topoTest(long comm, long status) {
    try {
      TOPO_TEST.check((int) TOPO_TEST.handle().invokeExact(comm, status));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm_old, int nnodes, const int indx[], const int edges[], int reorder,
   * MPI_Comm *comm_graph)}, MPI-4.0 section 8.5.
   *
   * @param commOld the communicator
   * @param nnodes {@code nnodes} of the C function
   * @param indx the address for the index
   * @param edges {@code edges} of the C function
   * @param reorder {@code reorder} of the C function
   * @param commGraph the address for the new communicator
   */
  public static void graphCreate(
      long commOld, int nnodes, long indx, long edges, int reorder, long commGraph) {
    try {
      GRAPH_CREATE.check(
          (int)
              GRAPH_CREATE.handle().invokeExact(commOld, nnodes, indx, edges, reorder, commGraph));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "nnodes", nnodes, "reorder", reorder);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int maxindex, int maxedges, int indx[], int edges[])}, MPI-4.0
   * section 8.5.
   *
   * @param comm the communicator
   * @param maxindex {@code maxindex} of the C function
   * @param maxedges {@code maxedges} of the C function
   * @param indx the address for the index
   * @param edges {@code edges} of the C function
   */
  public static void graphGet(long comm, int maxindex, int maxedges, long indx, long edges) {
    try {
      GRAPH_GET.check((int) GRAPH_GET.handle().invokeExact(comm, maxindex, maxedges, indx, edges));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "maxindex", maxindex, "maxedges", maxedges);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int nnodes, const int indx[], const int edges[], int *newrank)},
   * MPI-4.0 section 8.5.
   *
   * @param comm the communicator
   * @param nnodes {@code nnodes} of the C function
   * @param indx the address for the index
   * @param edges {@code edges} of the C function
   * @param newrank {@code newrank} of the C function
   */
  public static void graphMap(long comm, int nnodes, long indx, long edges, long newrank) {
    try {
      GRAPH_MAP.check((int) GRAPH_MAP.handle().invokeExact(comm, nnodes, indx, edges, newrank));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "nnodes", nnodes);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int rank, int maxneighbors, int neighbors[])}, MPI-4.0 section 8.5.
   *
   * @param comm the communicator
   * @param rank the rank
   * @param maxneighbors {@code maxneighbors} of the C function
   * @param neighbors {@code neighbors} of the C function
   */
  public static void graphNeighbors(long comm, int rank, int maxneighbors, long neighbors) {
    try {
      GRAPH_NEIGHBORS.check(
          (int) GRAPH_NEIGHBORS.handle().invokeExact(comm, rank, maxneighbors, neighbors));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "rank", rank, "maxneighbors", maxneighbors);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int rank, int *nneighbors)}, MPI-4.0 section 8.5.
   *
   * @param comm the communicator
   * @param rank the rank
   * @param nneighbors {@code nneighbors} of the C function
   */
  public static void graphNeighborsCount(long comm, int rank, long nneighbors) {
    try {
      GRAPH_NEIGHBORS_COUNT.check(
          (int) GRAPH_NEIGHBORS_COUNT.handle().invokeExact(comm, rank, nneighbors));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "rank", rank);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int *nnodes, int *nedges)}, MPI-4.0 section 8.5.
   *
   * @param comm the communicator
   * @param nnodes {@code nnodes} of the C function
   * @param nedges {@code nedges} of the C function
   */
  public static void graphdimsGet(long comm, long nnodes, long nedges) {
    try {
      GRAPHDIMS_GET.check((int) GRAPHDIMS_GET.handle().invokeExact(comm, nnodes, nedges));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
