package io.weft.mpi.ffm;

/**
 * The constants of {@code mpi.h} that Weft uses, with the value that each ABI gives them: Open MPI
 * 4.1 and 5.0, MPICH 4 and 5, the standard ABI (MPI-5.0 chapter 20). Pointers are their addresses.
 * Compared with the headers by {@code MpiAbiTest}.
 */
public enum MpiConstant {
  /** {@code MPI_THREAD_SINGLE}. */
  MPI_THREAD_SINGLE(0, 0, 0),
  /** {@code MPI_THREAD_FUNNELED}. */
  MPI_THREAD_FUNNELED(1, 1, 1024),
  /** {@code MPI_THREAD_SERIALIZED}. */
  MPI_THREAD_SERIALIZED(2, 2, 2048),
  /** {@code MPI_THREAD_MULTIPLE}. */
  MPI_THREAD_MULTIPLE(3, 3, 4096),
  /** {@code MPI_ANY_SOURCE}. */
  MPI_ANY_SOURCE(-1, -2, -1),
  /** {@code MPI_PROC_NULL}. */
  MPI_PROC_NULL(-2, -1, -3),
  /** {@code MPI_ROOT}. */
  MPI_ROOT(-4, -3, -4),
  /** {@code MPI_ANY_TAG}. */
  MPI_ANY_TAG(-1, -1, -2),
  /** {@code MPI_UNDEFINED}. */
  MPI_UNDEFINED(-32766, -32766, -32766),
  /** {@code MPI_KEYVAL_INVALID}. */
  MPI_KEYVAL_INVALID(-1, 603979776, 0),
  /** {@code MPI_BSEND_OVERHEAD}. */
  MPI_BSEND_OVERHEAD(128, 96, 512),
  /** {@code MPI_MAX_ERROR_STRING}. */
  MPI_MAX_ERROR_STRING(256, 512, 512),
  /** {@code MPI_MAX_PROCESSOR_NAME}. */
  MPI_MAX_PROCESSOR_NAME(256, 128, 256),
  /** {@code MPI_MAX_LIBRARY_VERSION_STRING}. */
  MPI_MAX_LIBRARY_VERSION_STRING(256, 8192, 8192),
  /** {@code MPI_MAX_OBJECT_NAME}. */
  MPI_MAX_OBJECT_NAME(64, 128, 128),
  /** {@code MPI_MAX_INFO_KEY}. */
  MPI_MAX_INFO_KEY(36, 255, 256),
  /** {@code MPI_MAX_INFO_VAL}. */
  MPI_MAX_INFO_VAL(256, 1024, 1024),
  /** {@code MPI_MAX_PORT_NAME}. */
  MPI_MAX_PORT_NAME(1024, 256, 1024),
  /** {@code MPI_MAX_DATAREP_STRING}. */
  MPI_MAX_DATAREP_STRING(128, 128, 128),
  /** {@code MPI_IN_PLACE}. */
  MPI_IN_PLACE(1, -1, 1),
  /** {@code MPI_STATUS_IGNORE}. */
  MPI_STATUS_IGNORE(0, 1, 0),
  /** {@code MPI_IDENT}. */
  MPI_IDENT(0, 0, 201),
  /** {@code MPI_CONGRUENT}. */
  MPI_CONGRUENT(1, 1, 202),
  /** {@code MPI_SIMILAR}. */
  MPI_SIMILAR(2, 2, 203),
  /** {@code MPI_UNEQUAL}. */
  MPI_UNEQUAL(3, 3, 204),
  /** {@code MPI_CART}. */
  MPI_CART(1, 2, 211),
  /** {@code MPI_GRAPH}. */
  MPI_GRAPH(2, 1, 212),
  /** {@code MPI_DIST_GRAPH}. */
  MPI_DIST_GRAPH(3, 3, 213),
  /** {@code MPI_COMM_TYPE_SHARED}. */
  MPI_COMM_TYPE_SHARED(0, 1, 221),
  /** {@code MPI_ORDER_C}. */
  MPI_ORDER_C(0, 56, 12),
  /** {@code MPI_ORDER_FORTRAN}. */
  MPI_ORDER_FORTRAN(1, 57, 15),
  /** {@code MPI_DISTRIBUTE_NONE}. */
  MPI_DISTRIBUTE_NONE(2, 123, 16),
  /** {@code MPI_DISTRIBUTE_BLOCK}. */
  MPI_DISTRIBUTE_BLOCK(0, 121, 17),
  /** {@code MPI_DISTRIBUTE_CYCLIC}. */
  MPI_DISTRIBUTE_CYCLIC(1, 122, 18),
  /** {@code MPI_DISTRIBUTE_DFLT_DARG}. */
  MPI_DISTRIBUTE_DFLT_DARG(-1, -49767, 19),
  /** {@code MPI_ERR_LASTCODE}. */
  MPI_ERR_LASTCODE(92, 1073741823, 16383),
  /** {@code MPI_LOCK_EXCLUSIVE}. */
  MPI_LOCK_EXCLUSIVE(1, 234, 301),
  /** {@code MPI_LOCK_SHARED}. */
  MPI_LOCK_SHARED(2, 235, 302),
  /** {@code MPI_MODE_NOCHECK}. */
  MPI_MODE_NOCHECK(1, 1024, 1024),
  /** {@code MPI_MODE_NOSTORE}. */
  MPI_MODE_NOSTORE(8, 2048, 8192),
  /** {@code MPI_MODE_NOPUT}. */
  MPI_MODE_NOPUT(4, 4096, 4096),
  /** {@code MPI_MODE_NOPRECEDE}. */
  MPI_MODE_NOPRECEDE(2, 8192, 2048),
  /** {@code MPI_MODE_NOSUCCEED}. */
  MPI_MODE_NOSUCCEED(16, 16384, 16384),
  /** {@code MPI_WIN_FLAVOR_CREATE}. */
  MPI_WIN_FLAVOR_CREATE(1, 1, 311),
  /** {@code MPI_WIN_FLAVOR_ALLOCATE}. */
  MPI_WIN_FLAVOR_ALLOCATE(2, 2, 312),
  /** {@code MPI_WIN_FLAVOR_DYNAMIC}. */
  MPI_WIN_FLAVOR_DYNAMIC(3, 3, 313),
  /** {@code MPI_WIN_FLAVOR_SHARED}. */
  MPI_WIN_FLAVOR_SHARED(4, 4, 314),
  /** {@code MPI_WIN_UNIFIED}. */
  MPI_WIN_UNIFIED(0, 2, 321),
  /** {@code MPI_WIN_SEPARATE}. */
  MPI_WIN_SEPARATE(1, 1, 322),
  /** {@code MPI_TAG_UB}. */
  MPI_TAG_UB(0, 1681915905, 501),
  /** {@code MPI_HOST}. */
  MPI_HOST(1, 1681915907, 503),
  /** {@code MPI_IO}. */
  MPI_IO(2, 1681915909, 502),
  /** {@code MPI_WTIME_IS_GLOBAL}. */
  MPI_WTIME_IS_GLOBAL(3, 1681915911, 504),
  /** {@code MPI_UNIVERSE_SIZE}. */
  MPI_UNIVERSE_SIZE(6, 1681915913, 507),
  /** {@code MPI_APPNUM}. */
  MPI_APPNUM(4, 1681915917, 505),
  /** {@code MPI_LASTUSEDCODE}. */
  MPI_LASTUSEDCODE(5, 1681915915, 506),
  /** {@code MPI_WIN_BASE}. */
  MPI_WIN_BASE(7, 1711276033, 601),
  /** {@code MPI_WIN_SIZE}. */
  MPI_WIN_SIZE(8, 1711276035, 603),
  /** {@code MPI_WIN_DISP_UNIT}. */
  MPI_WIN_DISP_UNIT(9, 1711276037, 602),
  /** {@code MPI_WIN_CREATE_FLAVOR}. */
  MPI_WIN_CREATE_FLAVOR(10, 1711276039, 604),
  /** {@code MPI_WIN_MODEL}. */
  MPI_WIN_MODEL(11, 1711276041, 605),
  /** {@code MPI_MODE_RDONLY}. */
  MPI_MODE_RDONLY(2, 2, 16),
  /** {@code MPI_MODE_RDWR}. */
  MPI_MODE_RDWR(8, 8, 32),
  /** {@code MPI_MODE_WRONLY}. */
  MPI_MODE_WRONLY(4, 4, 256),
  /** {@code MPI_MODE_CREATE}. */
  MPI_MODE_CREATE(1, 1, 2),
  /** {@code MPI_MODE_EXCL}. */
  MPI_MODE_EXCL(64, 64, 8),
  /** {@code MPI_MODE_DELETE_ON_CLOSE}. */
  MPI_MODE_DELETE_ON_CLOSE(16, 16, 4),
  /** {@code MPI_MODE_UNIQUE_OPEN}. */
  MPI_MODE_UNIQUE_OPEN(32, 32, 128),
  /** {@code MPI_MODE_APPEND}. */
  MPI_MODE_APPEND(128, 128, 1),
  /** {@code MPI_MODE_SEQUENTIAL}. */
  MPI_MODE_SEQUENTIAL(256, 256, 64),
  /** {@code MPI_SEEK_SET}. */
  MPI_SEEK_SET(600, 600, 403),
  /** {@code MPI_SEEK_CUR}. */
  MPI_SEEK_CUR(602, 602, 401),
  /** {@code MPI_SEEK_END}. */
  MPI_SEEK_END(604, 604, 402),
  /** {@code MPI_DISPLACEMENT_CURRENT}. */
  MPI_DISPLACEMENT_CURRENT(-54278278, -54278278, -1),
  /** {@code MPI_COMBINER_NAMED}. */
  MPI_COMBINER_NAMED(0, 1, 101),
  /** {@code MPI_COMBINER_DUP}. */
  MPI_COMBINER_DUP(1, 2, 102),
  /** {@code MPI_COMBINER_CONTIGUOUS}. */
  MPI_COMBINER_CONTIGUOUS(2, 3, 103),
  /** {@code MPI_COMBINER_VECTOR}. */
  MPI_COMBINER_VECTOR(3, 4, 104),
  /** {@code MPI_COMBINER_HVECTOR}. */
  MPI_COMBINER_HVECTOR(5, 6, 105),
  /** {@code MPI_COMBINER_INDEXED}. */
  MPI_COMBINER_INDEXED(6, 7, 106),
  /** {@code MPI_COMBINER_HINDEXED}. */
  MPI_COMBINER_HINDEXED(8, 9, 107),
  /** {@code MPI_COMBINER_INDEXED_BLOCK}. */
  MPI_COMBINER_INDEXED_BLOCK(9, 10, 108),
  /** {@code MPI_COMBINER_HINDEXED_BLOCK}. */
  MPI_COMBINER_HINDEXED_BLOCK(18, 19, 109),
  /** {@code MPI_COMBINER_STRUCT}. */
  MPI_COMBINER_STRUCT(11, 12, 110),
  /** {@code MPI_COMBINER_SUBARRAY}. */
  MPI_COMBINER_SUBARRAY(12, 13, 111),
  /** {@code MPI_COMBINER_DARRAY}. */
  MPI_COMBINER_DARRAY(13, 14, 112),
  /** {@code MPI_COMBINER_RESIZED}. */
  MPI_COMBINER_RESIZED(17, 18, 116);

  private final int openMpi;
  private final int mpich;
  private final int standard;

  MpiConstant(int openMpi, int mpich, int standard) {
    this.openMpi = openMpi;
    this.mpich = mpich;
    this.standard = standard;
  }

  /**
   * Its value in Open MPI.
   *
   * @return the value
   */
  public int openMpi() {
    return openMpi;
  }

  /**
   * Its value in MPICH's ABI.
   *
   * @return the value
   */
  public int mpich() {
    return mpich;
  }

  /**
   * Its value in the standard ABI.
   *
   * @return the value
   */
  public int standard() {
    return standard;
  }
}
