package mpi;

/** This process's neighbours along a dimension; given by {@link CartComm#shift}. */
public final class ShiftParms {
  private final int source;
  private final int destination;

  ShiftParms(int source, int destination) {
    this.source = source;
    this.destination = destination;
  }

  /**
   * Whose elements come here.
   *
   * @return a rank, or {@link MPI#PROC_NULL} past an open end
   */
  public int getRankSource() {
    return source;
  }

  /**
   * To whom this process's elements go.
   *
   * @return a rank, or {@link MPI#PROC_NULL} past an open end
   */
  public int getRankDest() {
    return destination;
  }
}
