package mpi;

/**
 * The graph of a {@link GraphComm}, in the form that {@link Intracomm#createGraph} takes; given by
 * {@link GraphComm#getDims}.
 */
public final class GraphParms {
  private final int[] index;
  private final int[] edges;

  GraphParms(int[] index, int[] edges) {
    this.index = index;
    this.edges = edges;
  }

  /**
   * The number of nodes.
   *
   * @return the number
   */
  public int getIndexCount() {
    return index.length;
  }

  /**
   * Where a node's edges end.
   *
   * @param i the node, from 0
   * @return how many edges it and the nodes before it have
   * @throws IndexOutOfBoundsException if there is no such node
   */
  public int getIndex(int i) {
    return index[i];
  }

  /**
   * The number of edges, of all nodes.
   *
   * @return the number
   */
  public int getEdgeCount() {
    return edges.length;
  }

  /**
   * Where an edge leads.
   *
   * @param i the edge, from 0
   * @return a node
   * @throws IndexOutOfBoundsException if there is no such edge
   */
  public int getEdge(int i) {
    return edges[i];
  }
}
