package io.weft.mpi;

/**
 * What a {@link GeneralizedRequest} stands for (MPI-4.0 section 13.2). The methods are called from
 * within calls of MPI; what they throw is thrown by those.
 */
public interface GeneralizedOperation {
  /**
   * {@code MPI_Grequest_query_function}: says how the operation went; after it is complete,
   * possibly more than once.
   *
   * @param status to be filled: {@link Status#setSource} and its like
   */
  default void query(Status status) {
    // Nothing is to be said: no elements, not cancelled.
  }

  /** {@code MPI_Grequest_free_function}: the request is no longer used; called once. */
  default void free() {
    // Nothing is held.
  }

  /**
   * {@code MPI_Grequest_cancel_function}: somebody wants the operation to be given up.
   *
   * @param complete whether {@link GeneralizedRequest#complete} has been called
   */
  default void cancel(boolean complete) {
    // It goes on.
  }
}
