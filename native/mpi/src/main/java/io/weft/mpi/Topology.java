package io.weft.mpi;

/** The kinds of topology that a communicator may have (MPI-4.0 section 8.5.5). */
public enum Topology {
  /** None: all ranks are alike. */
  NONE,
  /** A grid, of {@link Comm#createCart}. */
  CART,
  /** A graph that all ranks know, of {@link Comm#createGraph}. */
  GRAPH,
  /** A graph of which each rank knows its neighbours, of {@link Comm#createDistGraph}. */
  DIST_GRAPH
}
