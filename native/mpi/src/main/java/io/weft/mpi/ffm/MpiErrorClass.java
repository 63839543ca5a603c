package io.weft.mpi.ffm;

/**
 * The error classes (MPI-4.0 section 9.4 and MPI-5.0 section 9.4) with the number that each ABI
 * gives them; compared with the headers by {@code MpiAbiTest}.
 */
public enum MpiErrorClass {
  /** {@code MPI_ERR_BUFFER}. */
  MPI_ERR_BUFFER(1, 1, 1),
  /** {@code MPI_ERR_COUNT}. */
  MPI_ERR_COUNT(2, 2, 2),
  /** {@code MPI_ERR_TYPE}. */
  MPI_ERR_TYPE(3, 3, 3),
  /** {@code MPI_ERR_TAG}. */
  MPI_ERR_TAG(4, 4, 4),
  /** {@code MPI_ERR_COMM}. */
  MPI_ERR_COMM(5, 5, 5),
  /** {@code MPI_ERR_RANK}. */
  MPI_ERR_RANK(6, 6, 6),
  /** {@code MPI_ERR_REQUEST}. */
  MPI_ERR_REQUEST(7, 19, 7),
  /** {@code MPI_ERR_ROOT}. */
  MPI_ERR_ROOT(8, 7, 8),
  /** {@code MPI_ERR_GROUP}. */
  MPI_ERR_GROUP(9, 8, 9),
  /** {@code MPI_ERR_OP}. */
  MPI_ERR_OP(10, 9, 10),
  /** {@code MPI_ERR_TOPOLOGY}. */
  MPI_ERR_TOPOLOGY(11, 10, 11),
  /** {@code MPI_ERR_DIMS}. */
  MPI_ERR_DIMS(12, 11, 12),
  /** {@code MPI_ERR_ARG}. */
  MPI_ERR_ARG(13, 12, 13),
  /** {@code MPI_ERR_UNKNOWN}. */
  MPI_ERR_UNKNOWN(14, 13, 14),
  /** {@code MPI_ERR_TRUNCATE}. */
  MPI_ERR_TRUNCATE(15, 14, 15),
  /** {@code MPI_ERR_OTHER}. */
  MPI_ERR_OTHER(16, 15, 16),
  /** {@code MPI_ERR_INTERN}. */
  MPI_ERR_INTERN(17, 16, 17),
  /** {@code MPI_ERR_PENDING}. */
  MPI_ERR_PENDING(19, 18, 18),
  /** {@code MPI_ERR_IN_STATUS}. */
  MPI_ERR_IN_STATUS(18, 17, 19),
  /** {@code MPI_ERR_ACCESS}. */
  MPI_ERR_ACCESS(20, 20, 20),
  /** {@code MPI_ERR_AMODE}. */
  MPI_ERR_AMODE(21, 21, 21),
  /** {@code MPI_ERR_ASSERT}. */
  MPI_ERR_ASSERT(22, 53, 22),
  /** {@code MPI_ERR_BAD_FILE}. */
  MPI_ERR_BAD_FILE(23, 22, 23),
  /** {@code MPI_ERR_BASE}. */
  MPI_ERR_BASE(24, 46, 24),
  /** {@code MPI_ERR_CONVERSION}. */
  MPI_ERR_CONVERSION(25, 23, 25),
  /** {@code MPI_ERR_DISP}. */
  MPI_ERR_DISP(26, 52, 26),
  /** {@code MPI_ERR_DUP_DATAREP}. */
  MPI_ERR_DUP_DATAREP(27, 24, 27),
  /** {@code MPI_ERR_FILE_EXISTS}. */
  MPI_ERR_FILE_EXISTS(28, 25, 28),
  /** {@code MPI_ERR_FILE_IN_USE}. */
  MPI_ERR_FILE_IN_USE(29, 26, 29),
  /** {@code MPI_ERR_FILE}. */
  MPI_ERR_FILE(30, 27, 30),
  /** {@code MPI_ERR_INFO_KEY}. */
  MPI_ERR_INFO_KEY(31, 29, 31),
  /** {@code MPI_ERR_INFO_NOKEY}. */
  MPI_ERR_INFO_NOKEY(32, 31, 32),
  /** {@code MPI_ERR_INFO_VALUE}. */
  MPI_ERR_INFO_VALUE(33, 30, 33),
  /** {@code MPI_ERR_INFO}. */
  MPI_ERR_INFO(34, 28, 34),
  /** {@code MPI_ERR_IO}. */
  MPI_ERR_IO(35, 32, 35),
  /** {@code MPI_ERR_KEYVAL}. */
  MPI_ERR_KEYVAL(36, 48, 36),
  /** {@code MPI_ERR_LOCKTYPE}. */
  MPI_ERR_LOCKTYPE(37, 47, 37),
  /** {@code MPI_ERR_NAME}. */
  MPI_ERR_NAME(38, 33, 38),
  /** {@code MPI_ERR_NO_MEM}. */
  MPI_ERR_NO_MEM(39, 34, 39),
  /** {@code MPI_ERR_NOT_SAME}. */
  MPI_ERR_NOT_SAME(40, 35, 40),
  /** {@code MPI_ERR_NO_SPACE}. */
  MPI_ERR_NO_SPACE(41, 36, 41),
  /** {@code MPI_ERR_NO_SUCH_FILE}. */
  MPI_ERR_NO_SUCH_FILE(42, 37, 42),
  /** {@code MPI_ERR_PORT}. */
  MPI_ERR_PORT(43, 38, 43),
  /** {@code MPI_ERR_QUOTA}. */
  MPI_ERR_QUOTA(44, 39, 44),
  /** {@code MPI_ERR_READ_ONLY}. */
  MPI_ERR_READ_ONLY(45, 40, 45),
  /** {@code MPI_ERR_RMA_ATTACH}. */
  MPI_ERR_RMA_ATTACH(69, 56, 46),
  /** {@code MPI_ERR_RMA_CONFLICT}. */
  MPI_ERR_RMA_CONFLICT(46, 49, 47),
  /** {@code MPI_ERR_RMA_RANGE}. */
  MPI_ERR_RMA_RANGE(68, 55, 48),
  /** {@code MPI_ERR_RMA_SHARED}. */
  MPI_ERR_RMA_SHARED(71, 57, 49),
  /** {@code MPI_ERR_RMA_SYNC}. */
  MPI_ERR_RMA_SYNC(47, 50, 50),
  /** {@code MPI_ERR_SERVICE}. */
  MPI_ERR_SERVICE(48, 41, 51),
  /** {@code MPI_ERR_SIZE}. */
  MPI_ERR_SIZE(49, 51, 52),
  /** {@code MPI_ERR_SPAWN}. */
  MPI_ERR_SPAWN(50, 42, 53),
  /** {@code MPI_ERR_UNSUPPORTED_DATAREP}. */
  MPI_ERR_UNSUPPORTED_DATAREP(51, 43, 54),
  /** {@code MPI_ERR_UNSUPPORTED_OPERATION}. */
  MPI_ERR_UNSUPPORTED_OPERATION(52, 44, 55),
  /** {@code MPI_ERR_WIN}. */
  MPI_ERR_WIN(53, 45, 56),
  /** {@code MPI_ERR_RMA_FLAVOR}. */
  MPI_ERR_RMA_FLAVOR(70, 58, 57),
  /** {@code MPI_ERR_PROC_ABORTED}. */
  MPI_ERR_PROC_ABORTED(74, 76, 58),
  /** {@code MPI_ERR_VALUE_TOO_LARGE}. */
  MPI_ERR_VALUE_TOO_LARGE(79, 77, 59),
  /** {@code MPI_ERR_SESSION}. */
  MPI_ERR_SESSION(78, 75, 60),
  /** {@code MPI_ERR_ERRHANDLER}. */
  MPI_ERR_ERRHANDLER(MpiErrorClass.ABSENT, 80, 61),
  /** {@code MPI_ERR_ABI}. */
  MPI_ERR_ABI(MpiErrorClass.ABSENT, 81, 62);

  /** No number: the ABI's newest library has no such class. */
  private static final int ABSENT = -1;

  private final int openMpi;
  private final int mpich;
  private final int standard;

  MpiErrorClass(int openMpi, int mpich, int standard) {
    this.openMpi = openMpi;
    this.mpich = mpich;
    this.standard = standard;
  }

  /**
   * Its number in Open MPI.
   *
   * @return the number, or -1 if it has none
   */
  public int openMpi() {
    return openMpi;
  }

  /**
   * Its number in MPICH's ABI.
   *
   * @return the number
   */
  public int mpich() {
    return mpich;
  }

  /**
   * Its number in the standard ABI.
   *
   * @return the number
   */
  public int standard() {
    return standard;
  }
}
