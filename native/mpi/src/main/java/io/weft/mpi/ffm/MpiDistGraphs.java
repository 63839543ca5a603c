package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Distributed graphs (MPI-4.0 section 8.5.4). Every method checks the code that the C function
 * returns and throws {@link io.weft.mpi.MpiException}; a function that the library lacks, {@link
 * UnsupportedOperationException}.
 */
public final class MpiDistGraphs {
  private static final MpiFunction DIST_GRAPH_CREATE =
      MpiFunction.of(
          "MPI_Dist_graph_create",
          HANDLE,
          INT,
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          INT,
          POINTER);

  private static final MpiFunction DIST_GRAPH_CREATE_ADJACENT =
      MpiFunction.of(
          "MPI_Dist_graph_create_adjacent",
          HANDLE,
          INT,
          POINTER,
          POINTER,
          INT,
          POINTER,
          POINTER,
          HANDLE,
          INT,
          POINTER);

  private static final MpiFunction DIST_GRAPH_NEIGHBORS =
      MpiFunction.of(
          "MPI_Dist_graph_neighbors", HANDLE, INT, POINTER, POINTER, INT, POINTER, POINTER);

  private static final MpiFunction DIST_GRAPH_NEIGHBORS_COUNT =
      MpiFunction.of("MPI_Dist_graph_neighbors_count", HANDLE, POINTER, POINTER, POINTER);

  private MpiDistGraphs() {}

  /**
   * {@code int (MPI_Comm comm_old, int n, const int sources[], const int degrees[], const int
   * destinations[], const int *weights, MPI_Info info, int reorder, MPI_Comm *comm_dist_graph)},
   * MPI-4.0 section 8.5.
   *
   * @param commOld the communicator
   * @param n {@code n} of the C function
   * @param sources {@code sources} of the C function
   * @param degrees {@code degrees} of the C function
   * @param destinations {@code destinations} of the C function
   * @param weights {@code weights} of the C function
   * @param info the hints
   * @param reorder {@code reorder} of the C function
   * @param commDistGraph the address for the new communicator
   */
  public static void distGraphCreate(
      long commOld,
      int n,
      long sources,
      long degrees,
      long destinations,
      long weights,
      long info,
      int reorder,
      long commDistGraph) {
    try {
      DIST_GRAPH_CREATE.check(
          (int)
              DIST_GRAPH_CREATE
                  .handle()
                  .invokeExact(
                      commOld,
                      n,
                      sources,
                      degrees,
                      destinations,
                      weights,
                      info,
                      reorder,
                      commDistGraph));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "n", n, "reorder", reorder);
    }
  }

  /**
   * {@code int (MPI_Comm comm_old, int indegree, const int sources[], const int *sourceweights, int
   * outdegree, const int destinations[], const int *destweights, MPI_Info info, int reorder,
   * MPI_Comm *comm_dist_graph)}, MPI-4.0 section 8.5.
   *
   * @param commOld the communicator
   * @param indegree {@code indegree} of the C function
   * @param sources {@code sources} of the C function
   * @param sourceweights {@code sourceweights} of the C function
   * @param outdegree {@code outdegree} of the C function
   * @param destinations {@code destinations} of the C function
   * @param destweights {@code destweights} of the C function
   * @param info the hints
   * @param reorder {@code reorder} of the C function
   * @param commDistGraph the address for the new communicator
   */
  public static void distGraphCreateAdjacent(
      long commOld,
      int indegree,
      long sources,
      long sourceweights,
      int outdegree,
      long destinations,
      long destweights,
      long info,
      int reorder,
      long commDistGraph) {
    try {
      DIST_GRAPH_CREATE_ADJACENT.check(
          (int)
              DIST_GRAPH_CREATE_ADJACENT
                  .handle()
                  .invokeExact(
                      commOld,
                      indegree,
                      sources,
                      sourceweights,
                      outdegree,
                      destinations,
                      destweights,
                      info,
                      reorder,
                      commDistGraph));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "indegree", indegree, "outdegree", outdegree, "reorder", reorder);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int maxindegree, int sources[], int *sourceweights, int
   * maxoutdegree, int destinations[], int *destweights)}, MPI-4.0 section 8.5.
   *
   * @param comm the communicator
   * @param maxindegree {@code maxindegree} of the C function
   * @param sources {@code sources} of the C function
   * @param sourceweights {@code sourceweights} of the C function
   * @param maxoutdegree {@code maxoutdegree} of the C function
   * @param destinations {@code destinations} of the C function
   * @param destweights {@code destweights} of the C function
   */
  public static void distGraphNeighbors(
      long comm,
      int maxindegree,
      long sources,
      long sourceweights,
      int maxoutdegree,
      long destinations,
      long destweights) {
    try {
      DIST_GRAPH_NEIGHBORS.check(
          (int)
              DIST_GRAPH_NEIGHBORS
                  .handle()
                  .invokeExact(
                      comm,
                      maxindegree,
                      sources,
                      sourceweights,
                      maxoutdegree,
                      destinations,
                      destweights));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "maxindegree", maxindegree, "maxoutdegree", maxoutdegree);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int *indegree, int *outdegree, int *weighted)}, MPI-4.0 section 8.5.
   *
   * @param comm the communicator
   * @param indegree {@code indegree} of the C function
   * @param outdegree {@code outdegree} of the C function
   * @param weighted {@code weighted} of the C function
   */
  public static void distGraphNeighborsCount(
      long comm, long indegree, long outdegree, long weighted) {
    try {
      DIST_GRAPH_NEIGHBORS_COUNT.check(
          (int)
              DIST_GRAPH_NEIGHBORS_COUNT.handle().invokeExact(comm, indegree, outdegree, weighted));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
