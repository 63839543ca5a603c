package io.weft.mpi.ffm;

/**
 * The predefined handles that Weft uses: MPI's name, Open MPI's symbol behind it, and the values of
 * MPICH's ABI and of the standard ABI.
 */
public enum PredefinedHandle {
  /** {@code MPI_COMM_WORLD}. */
  MPI_COMM_WORLD("ompi_mpi_comm_world", 0x44000000, 0x101),
  /** {@code MPI_COMM_SELF}. */
  MPI_COMM_SELF("ompi_mpi_comm_self", 0x44000001, 0x102),
  /** {@code MPI_COMM_NULL}. */
  MPI_COMM_NULL("ompi_mpi_comm_null", 0x4000000, 0x100),
  /** {@code MPI_GROUP_NULL}. */
  MPI_GROUP_NULL("ompi_mpi_group_null", 0x8000000, 0x108),
  /** {@code MPI_GROUP_EMPTY}. */
  MPI_GROUP_EMPTY("ompi_mpi_group_empty", 0x48000000, 0x109),
  /** {@code MPI_WIN_NULL}. */
  MPI_WIN_NULL("ompi_mpi_win_null", 0x20000000, 0x110),
  /** {@code MPI_FILE_NULL}. */
  MPI_FILE_NULL("ompi_mpi_file_null", 0x0, 0x118),
  /** {@code MPI_SESSION_NULL}. */
  MPI_SESSION_NULL("ompi_mpi_instance_null", 0x38000000, 0x120),
  /** {@code MPI_MESSAGE_NULL}. */
  MPI_MESSAGE_NULL("ompi_message_null", 0x2c000000, 0x128),
  /** {@code MPI_MESSAGE_NO_PROC}. */
  MPI_MESSAGE_NO_PROC("ompi_message_no_proc", 0x6c000000, 0x129),
  /** {@code MPI_REQUEST_NULL}. */
  MPI_REQUEST_NULL("ompi_request_null", 0x2c000000, 0x180),
  /** {@code MPI_INFO_NULL}. */
  MPI_INFO_NULL("ompi_mpi_info_null", 0x1c000000, 0x130),
  /** {@code MPI_INFO_ENV}. */
  MPI_INFO_ENV("ompi_mpi_info_env", 0x5c000001, 0x131),
  /** {@code MPI_ERRHANDLER_NULL}. */
  MPI_ERRHANDLER_NULL("ompi_mpi_errhandler_null", 0x14000000, 0x140),
  /** {@code MPI_ERRORS_ARE_FATAL}. */
  MPI_ERRORS_ARE_FATAL("ompi_mpi_errors_are_fatal", 0x54000000, 0x141),
  /** {@code MPI_ERRORS_ABORT}. */
  MPI_ERRORS_ABORT("ompi_mpi_errors_abort", 0x54000003, 0x142),
  /** {@code MPI_ERRORS_RETURN}. */
  MPI_ERRORS_RETURN("ompi_mpi_errors_return", 0x54000001, 0x143),
  /** {@code MPI_OP_NULL}. */
  MPI_OP_NULL("ompi_mpi_op_null", 0x18000000, 0x20),
  /** {@code MPI_DATATYPE_NULL}. */
  MPI_DATATYPE_NULL("ompi_mpi_datatype_null", 0xc000000, 0x200),
  /** {@code MPI_BYTE}. */
  MPI_BYTE("ompi_mpi_byte", 0x4c00010d, 0x247),
  /** {@code MPI_PACKED}. */
  MPI_PACKED("ompi_mpi_packed", 0x4c00010f, 0x207),
  /** {@code MPI_CHAR}. */
  MPI_CHAR("ompi_mpi_char", 0x4c000101, 0x243),
  /** {@code MPI_SIGNED_CHAR}. */
  MPI_SIGNED_CHAR("ompi_mpi_signed_char", 0x4c000118, 0x244),
  /** {@code MPI_UNSIGNED_CHAR}. */
  MPI_UNSIGNED_CHAR("ompi_mpi_unsigned_char", 0x4c000102, 0x245),
  /** {@code MPI_WCHAR}. */
  MPI_WCHAR("ompi_mpi_wchar", 0x4c00040e, 0x23c),
  /** {@code MPI_SHORT}. */
  MPI_SHORT("ompi_mpi_short", 0x4c000203, 0x208),
  /** {@code MPI_UNSIGNED_SHORT}. */
  MPI_UNSIGNED_SHORT("ompi_mpi_unsigned_short", 0x4c000204, 0x20c),
  /** {@code MPI_INT}. */
  MPI_INT("ompi_mpi_int", 0x4c000405, 0x209),
  /** {@code MPI_UNSIGNED}. */
  MPI_UNSIGNED("ompi_mpi_unsigned", 0x4c000406, 0x20d),
  /** {@code MPI_LONG}. */
  MPI_LONG("ompi_mpi_long", 0x4c000807, 0x20a),
  /** {@code MPI_UNSIGNED_LONG}. */
  MPI_UNSIGNED_LONG("ompi_mpi_unsigned_long", 0x4c000808, 0x20e),
  /** {@code MPI_LONG_LONG}. */
  MPI_LONG_LONG("ompi_mpi_long_long_int", 0x4c000809, 0x20b),
  /** {@code MPI_UNSIGNED_LONG_LONG}. */
  MPI_UNSIGNED_LONG_LONG("ompi_mpi_unsigned_long_long", 0x4c000819, 0x20f),
  /** {@code MPI_LONG_DOUBLE}. */
  MPI_LONG_DOUBLE("ompi_mpi_long_double", 0x4c00100c, 0x220),
  /** {@code MPI_INT8_T}. */
  MPI_INT8_T("ompi_mpi_int8_t", 0x4c000137, 0x240),
  /** {@code MPI_INT16_T}. */
  MPI_INT16_T("ompi_mpi_int16_t", 0x4c000238, 0x248),
  /** {@code MPI_INT32_T}. */
  MPI_INT32_T("ompi_mpi_int32_t", 0x4c000439, 0x250),
  /** {@code MPI_INT64_T}. */
  MPI_INT64_T("ompi_mpi_int64_t", 0x4c00083a, 0x258),
  /** {@code MPI_UINT8_T}. */
  MPI_UINT8_T("ompi_mpi_uint8_t", 0x4c00013b, 0x241),
  /** {@code MPI_UINT16_T}. */
  MPI_UINT16_T("ompi_mpi_uint16_t", 0x4c00023c, 0x249),
  /** {@code MPI_UINT32_T}. */
  MPI_UINT32_T("ompi_mpi_uint32_t", 0x4c00043d, 0x251),
  /** {@code MPI_UINT64_T}. */
  MPI_UINT64_T("ompi_mpi_uint64_t", 0x4c00083e, 0x259),
  /** {@code MPI_FLOAT}. */
  MPI_FLOAT("ompi_mpi_float", 0x4c00040a, 0x210),
  /** {@code MPI_DOUBLE}. */
  MPI_DOUBLE("ompi_mpi_double", 0x4c00080b, 0x214),
  /** {@code MPI_C_BOOL}. */
  MPI_C_BOOL("ompi_mpi_c_bool", 0x4c00013f, 0x238),
  /** {@code MPI_C_FLOAT_COMPLEX}. */
  MPI_C_FLOAT_COMPLEX("ompi_mpi_c_float_complex", 0x4c000840, 0x212),
  /** {@code MPI_C_DOUBLE_COMPLEX}. */
  MPI_C_DOUBLE_COMPLEX("ompi_mpi_c_double_complex", 0x4c001041, 0x216),
  /** {@code MPI_AINT}. */
  MPI_AINT("ompi_mpi_aint", 0x4c000843, 0x201),
  /** {@code MPI_COUNT}. */
  MPI_COUNT("ompi_mpi_count", 0x4c000845, 0x202),
  /** {@code MPI_OFFSET}. */
  MPI_OFFSET("ompi_mpi_offset", 0x4c000844, 0x203),
  /** {@code MPI_FLOAT_INT}. */
  MPI_FLOAT_INT("ompi_mpi_float_int", 0x8c000000, 0x228),
  /** {@code MPI_DOUBLE_INT}. */
  MPI_DOUBLE_INT("ompi_mpi_double_int", 0x8c000001, 0x229),
  /** {@code MPI_LONG_INT}. */
  MPI_LONG_INT("ompi_mpi_long_int", 0x8c000002, 0x22a),
  /** {@code MPI_2INT}. */
  MPI_2INT("ompi_mpi_2int", 0x4c000816, 0x22b),
  /** {@code MPI_SHORT_INT}. */
  MPI_SHORT_INT("ompi_mpi_short_int", 0x8c000003, 0x22c),
  /** {@code MPI_SUM}. */
  MPI_SUM("ompi_mpi_op_sum", 0x58000003, 0x21),
  /** {@code MPI_PROD}. */
  MPI_PROD("ompi_mpi_op_prod", 0x58000004, 0x24),
  /** {@code MPI_MIN}. */
  MPI_MIN("ompi_mpi_op_min", 0x58000002, 0x22),
  /** {@code MPI_MAX}. */
  MPI_MAX("ompi_mpi_op_max", 0x58000001, 0x23),
  /** {@code MPI_LAND}. */
  MPI_LAND("ompi_mpi_op_land", 0x58000005, 0x30),
  /** {@code MPI_BAND}. */
  MPI_BAND("ompi_mpi_op_band", 0x58000006, 0x28),
  /** {@code MPI_LOR}. */
  MPI_LOR("ompi_mpi_op_lor", 0x58000007, 0x31),
  /** {@code MPI_BOR}. */
  MPI_BOR("ompi_mpi_op_bor", 0x58000008, 0x29),
  /** {@code MPI_LXOR}. */
  MPI_LXOR("ompi_mpi_op_lxor", 0x58000009, 0x32),
  /** {@code MPI_BXOR}. */
  MPI_BXOR("ompi_mpi_op_bxor", 0x5800000a, 0x2a),
  /** {@code MPI_MINLOC}. */
  MPI_MINLOC("ompi_mpi_op_minloc", 0x5800000b, 0x38),
  /** {@code MPI_MAXLOC}. */
  MPI_MAXLOC("ompi_mpi_op_maxloc", 0x5800000c, 0x39),
  /** {@code MPI_REPLACE}. */
  MPI_REPLACE("ompi_mpi_op_replace", 0x5800000d, 0x3c),
  /** {@code MPI_NO_OP}. */
  MPI_NO_OP("ompi_mpi_op_no_op", 0x5800000e, 0x3d);

  private final String openMpiSymbol;
  private final int mpich;
  private final int standard;

  PredefinedHandle(String openMpiSymbol, int mpich, int standard) {
    this.openMpiSymbol = openMpiSymbol;
    this.mpich = mpich;
    this.standard = standard;
  }

  /**
   * The object whose address is the handle in Open MPI.
   *
   * @return an exported symbol; Open MPI 4.1 has none for {@link #MPI_SESSION_NULL} and {@link
   *     #MPI_ERRORS_ABORT}, which MPI-4.0 brought
   */
  public String openMpiSymbol() {
    return openMpiSymbol;
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
