package io.weft.mpi.ffm;

/** The predefined handles that Weft uses: MPI's name, and Open MPI's symbol behind it. */
public enum PredefinedHandle {
  /** All ranks. */
  MPI_COMM_WORLD("ompi_mpi_comm_world"),
  /** This rank alone. */
  MPI_COMM_SELF("ompi_mpi_comm_self"),
  /** No communicator. */
  MPI_COMM_NULL("ompi_mpi_comm_null"),
  /** No request. */
  MPI_REQUEST_NULL("ompi_request_null"),
  /** No hints. */
  MPI_INFO_NULL("ompi_mpi_info_null"),
  /** The handler that returns codes instead of ending the job. */
  MPI_ERRORS_RETURN("ompi_mpi_errors_return"),
  /** Bytes without meaning. */
  MPI_BYTE("ompi_mpi_byte"),
  /** Java's {@code int}. */
  MPI_INT32_T("ompi_mpi_int32_t"),
  /** Java's {@code long}. */
  MPI_INT64_T("ompi_mpi_int64_t"),
  /** Java's {@code float}. */
  MPI_FLOAT("ompi_mpi_float"),
  /** Java's {@code double}. */
  MPI_DOUBLE("ompi_mpi_double"),
  /** Sum. */
  MPI_SUM("ompi_mpi_op_sum"),
  /** Product. */
  MPI_PROD("ompi_mpi_op_prod"),
  /** Minimum. */
  MPI_MIN("ompi_mpi_op_min"),
  /** Maximum. */
  MPI_MAX("ompi_mpi_op_max"),
  /** What comes replaces what is there; in windows only. */
  MPI_REPLACE("ompi_mpi_op_replace"),
  /** What is there stays; in windows only. */
  MPI_NO_OP("ompi_mpi_op_no_op");

  private final String openMpiSymbol;

  PredefinedHandle(String openMpiSymbol) {
    this.openMpiSymbol = openMpiSymbol;
  }

  /**
   * The object whose address is the handle in Open MPI.
   *
   * @return an exported symbol
   */
  public String openMpiSymbol() {
    return openMpiSymbol;
  }
}
