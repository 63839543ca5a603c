package io.weft.comm.rendezvous.ffm;

/**
 * Offsets, sizes and values of {@code pmix_common.h}, which the PMIx standard fixes for {@code
 * libpmix.so.2}; checked against 4.2.
 */
public final class PmixLayouts {
  /** {@code sizeof(pmix_proc_t)}: {@code char nspace[256]; uint32_t rank}. */
  public static final long PROC_BYTES = 260;

  /** Offset of {@code rank} in {@code pmix_proc_t}. */
  public static final long PROC_RANK = 256;

  /** {@code sizeof(pmix_value_t)}: {@code uint16_t type}, then a union. */
  public static final long VALUE_BYTES = 32;

  /** Offset of {@code data}, the union, in {@code pmix_value_t}. */
  public static final long VALUE_DATA = 8;

  /** {@code sizeof(pmix_info_t)}: {@code char key[512]; uint32_t flags; pmix_value_t value}. */
  public static final long INFO_BYTES = 552;

  /** Offset of {@code value} in {@code pmix_info_t}. */
  public static final long INFO_VALUE = 520;

  /** {@code PMIX_SUCCESS}. */
  public static final int SUCCESS = 0;

  /** {@code PMIX_ERR_TIMEOUT}. */
  public static final int ERR_TIMEOUT = -24;

  /** {@code PMIX_ERR_NOT_FOUND}. */
  public static final int ERR_NOT_FOUND = -46;

  /** {@code PMIX_BOOL}. */
  public static final short BOOL = 1;

  /** {@code PMIX_STRING}. */
  public static final short STRING = 3;

  /** {@code PMIX_INT}. */
  public static final short INT = 6;

  /** {@code PMIX_UINT32}. */
  public static final short UINT32 = 14;

  /** {@code PMIX_GLOBAL}: for ranks of this host and of others. */
  public static final byte GLOBAL = 3;

  /** {@code PMIX_RANK_WILDCARD}: of no rank but of the whole job. Unsigned. */
  public static final int RANK_WILDCARD = -2;

  /** {@code PMIX_JOB_SIZE}, of type {@link #UINT32}. */
  public static final String JOB_SIZE = "pmix.job.size";

  /** {@code PMIX_LOCAL_SIZE}: the ranks on this host, of type {@link #UINT32}. */
  public static final String LOCAL_SIZE = "pmix.local.size";

  /** {@code PMIX_TIMEOUT}, in seconds, of type {@link #INT}. */
  public static final String TIMEOUT = "pmix.timeout";

  /** {@code PMIX_COLLECT_DATA}: the fence brings what was put, of type {@link #BOOL}. */
  public static final String COLLECT_DATA = "pmix.collect";

  private PmixLayouts() {}
}
