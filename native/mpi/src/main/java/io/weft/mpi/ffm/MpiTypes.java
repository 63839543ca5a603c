package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Making datatypes (MPI-4.0 section 5.1). Every method checks the code that the C function returns
 * and throws {@link io.weft.mpi.MpiException}; a function that the library lacks, {@link
 * UnsupportedOperationException}.
 */
public final class MpiTypes {
  private static final MpiFunction CONTIGUOUS =
      MpiFunction.of("MPI_Type_contiguous", INT, HANDLE, POINTER);

  private static final MpiFunction VECTOR =
      MpiFunction.of("MPI_Type_vector", INT, INT, INT, HANDLE, POINTER);

  private static final MpiFunction CREATE_HVECTOR =
      MpiFunction.of("MPI_Type_create_hvector", INT, INT, LONG, HANDLE, POINTER);

  private static final MpiFunction INDEXED =
      MpiFunction.of("MPI_Type_indexed", INT, POINTER, POINTER, HANDLE, POINTER);

  private static final MpiFunction CREATE_HINDEXED =
      MpiFunction.of("MPI_Type_create_hindexed", INT, POINTER, POINTER, HANDLE, POINTER);

  private static final MpiFunction CREATE_INDEXED_BLOCK =
      MpiFunction.of("MPI_Type_create_indexed_block", INT, INT, POINTER, HANDLE, POINTER);

  private static final MpiFunction CREATE_HINDEXED_BLOCK =
      MpiFunction.of("MPI_Type_create_hindexed_block", INT, INT, POINTER, HANDLE, POINTER);

  private static final MpiFunction CREATE_STRUCT =
      MpiFunction.of("MPI_Type_create_struct", INT, POINTER, POINTER, POINTER, POINTER);

  private static final MpiFunction CREATE_SUBARRAY =
      MpiFunction.of(
          "MPI_Type_create_subarray", INT, POINTER, POINTER, POINTER, INT, HANDLE, POINTER);

  private static final MpiFunction CREATE_DARRAY =
      MpiFunction.of(
          "MPI_Type_create_darray",
          INT,
          INT,
          INT,
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          INT,
          HANDLE,
          POINTER);

  private static final MpiFunction CREATE_RESIZED =
      MpiFunction.of("MPI_Type_create_resized", HANDLE, LONG, LONG, POINTER);

  private static final MpiFunction DUP = MpiFunction.of("MPI_Type_dup", HANDLE, POINTER);

  private static final MpiFunction COMMIT = MpiFunction.of("MPI_Type_commit", POINTER);

  private static final MpiFunction FREE = MpiFunction.of("MPI_Type_free", POINTER);

  private MpiTypes() {}

  /**
   * {@code int (int count, MPI_Datatype oldtype, MPI_Datatype *newtype)}, MPI-4.0 section 5.1; its
   * large-count form past 2^31-1.
   *
   * @param count elements
   * @param oldtype the type it is made of
   * @param newtype the address for the new type
   */
  public static void contiguous(long count, long oldtype, long newtype) {
    try {
      if (count == (int) count) {
        CONTIGUOUS.check((int) CONTIGUOUS.handle().invokeExact((int) count, oldtype, newtype));
      } else {
        Large.CONTIGUOUS.check(
            (int) Large.CONTIGUOUS.handle().invokeExact(count, oldtype, newtype));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (int count, int blocklength, int stride, MPI_Datatype oldtype, MPI_Datatype
   * *newtype)}, MPI-4.0 section 5.1; its large-count form past 2^31-1.
   *
   * @param count elements
   * @param blocklength {@code blocklength} of the C function
   * @param stride {@code stride} of the C function
   * @param oldtype the type it is made of
   * @param newtype the address for the new type
   */
  public static void vector(long count, long blocklength, long stride, long oldtype, long newtype) {
    try {
      if (count == (int) count && blocklength == (int) blocklength && stride == (int) stride) {
        VECTOR.check(
            (int)
                VECTOR
                    .handle()
                    .invokeExact((int) count, (int) blocklength, (int) stride, oldtype, newtype));
      } else {
        Large.VECTOR.check(
            (int) Large.VECTOR.handle().invokeExact(count, blocklength, stride, oldtype, newtype));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "blocklength", blocklength, "stride", stride);
    }
  }

  /**
   * {@code int (int count, int blocklength, MPI_Aint stride, MPI_Datatype oldtype, MPI_Datatype
   * *newtype)}, MPI-4.0 section 5.1; its large-count form past 2^31-1.
   *
   * @param count elements
   * @param blocklength {@code blocklength} of the C function
   * @param stride {@code stride} of the C function
   * @param oldtype the type it is made of
   * @param newtype the address for the new type
   */
  public static void createHvector(
      long count, long blocklength, long stride, long oldtype, long newtype) {
    try {
      if (count == (int) count && blocklength == (int) blocklength) {
        CREATE_HVECTOR.check(
            (int)
                CREATE_HVECTOR
                    .handle()
                    .invokeExact((int) count, (int) blocklength, stride, oldtype, newtype));
      } else {
        Large.CREATE_HVECTOR.check(
            (int)
                Large.CREATE_HVECTOR
                    .handle()
                    .invokeExact(count, blocklength, stride, oldtype, newtype));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "blocklength", blocklength);
    }
  }

  /**
   * {@code int (int count, const int array_of_blocklengths[], const int array_of_displacements[],
   * MPI_Datatype oldtype, MPI_Datatype *newtype)}, MPI-4.0 section 5.1.
   *
   * @param count elements
   * @param arrayOfBlocklengths {@code array_of_blocklengths} of the C function
   * @param arrayOfDisplacements {@code array_of_displacements} of the C function
   * @param oldtype the type it is made of
   * @param newtype the address for the new type
   */
  public static void indexed(
      int count, long arrayOfBlocklengths, long arrayOfDisplacements, long oldtype, long newtype) {
    try {
      INDEXED.check(
          (int)
              INDEXED
                  .handle()
                  .invokeExact(count, arrayOfBlocklengths, arrayOfDisplacements, oldtype, newtype));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (int count, const int array_of_blocklengths[], const MPI_Aint
   * array_of_displacements[], MPI_Datatype oldtype, MPI_Datatype *newtype)}, MPI-4.0 section 5.1.
   *
   * @param count elements
   * @param arrayOfBlocklengths {@code array_of_blocklengths} of the C function
   * @param arrayOfDisplacements {@code array_of_displacements} of the C function
   * @param oldtype the type it is made of
   * @param newtype the address for the new type
   */
  public static void createHindexed(
      int count, long arrayOfBlocklengths, long arrayOfDisplacements, long oldtype, long newtype) {
    try {
      CREATE_HINDEXED.check(
          (int)
              CREATE_HINDEXED
                  .handle()
                  .invokeExact(count, arrayOfBlocklengths, arrayOfDisplacements, oldtype, newtype));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (int count, int blocklength, const int array_of_displacements[], MPI_Datatype
   * oldtype, MPI_Datatype *newtype)}, MPI-4.0 section 5.1.
   *
   * @param count elements
   * @param blocklength {@code blocklength} of the C function
   * @param arrayOfDisplacements {@code array_of_displacements} of the C function
   * @param oldtype the type it is made of
   * @param newtype the address for the new type
   */
  public static void createIndexedBlock(
      int count, int blocklength, long arrayOfDisplacements, long oldtype, long newtype) {
    try {
      CREATE_INDEXED_BLOCK.check(
          (int)
              CREATE_INDEXED_BLOCK
                  .handle()
                  .invokeExact(count, blocklength, arrayOfDisplacements, oldtype, newtype));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "blocklength", blocklength);
    }
  }

  /**
   * {@code int (int count, int blocklength, const MPI_Aint array_of_displacements[], MPI_Datatype
   * oldtype, MPI_Datatype *newtype)}, MPI-4.0 section 5.1.
   *
   * @param count elements
   * @param blocklength {@code blocklength} of the C function
   * @param arrayOfDisplacements {@code array_of_displacements} of the C function
   * @param oldtype the type it is made of
   * @param newtype the address for the new type
   */
  public static void createHindexedBlock(
      int count, int blocklength, long arrayOfDisplacements, long oldtype, long newtype) {
    try {
      CREATE_HINDEXED_BLOCK.check(
          (int)
              CREATE_HINDEXED_BLOCK
                  .handle()
                  .invokeExact(count, blocklength, arrayOfDisplacements, oldtype, newtype));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "blocklength", blocklength);
    }
  }

  /**
   * {@code int (int count, const int array_of_blocklengths[], const MPI_Aint
   * array_of_displacements[], const MPI_Datatype array_of_types[], MPI_Datatype *newtype)}, MPI-4.0
   * section 5.1.
   *
   * @param count elements
   * @param arrayOfBlocklengths {@code array_of_blocklengths} of the C function
   * @param arrayOfDisplacements {@code array_of_displacements} of the C function
   * @param arrayOfTypes {@code array_of_types} of the C function
   * @param newtype the address for the new type
   */
  public static void createStruct(
      int count,
      long arrayOfBlocklengths,
      long arrayOfDisplacements,
      long arrayOfTypes,
      long newtype) {
    try {
      CREATE_STRUCT.check(
          (int)
              CREATE_STRUCT
                  .handle()
                  .invokeExact(
                      count, arrayOfBlocklengths, arrayOfDisplacements, arrayOfTypes, newtype));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (int ndims, const int array_of_sizes[], const int array_of_subsizes[], const int
   * array_of_starts[], int order, MPI_Datatype oldtype, MPI_Datatype *newtype)}, MPI-4.0 section
   * 5.1.
   *
   * @param ndims {@code ndims} of the C function
   * @param arrayOfSizes {@code array_of_sizes} of the C function
   * @param arrayOfSubsizes {@code array_of_subsizes} of the C function
   * @param arrayOfStarts {@code array_of_starts} of the C function
   * @param order {@code order} of the C function
   * @param oldtype the type it is made of
   * @param newtype the address for the new type
   */
  public static void createSubarray(
      int ndims,
      long arrayOfSizes,
      long arrayOfSubsizes,
      long arrayOfStarts,
      int order,
      long oldtype,
      long newtype) {
    try {
      CREATE_SUBARRAY.check(
          (int)
              CREATE_SUBARRAY
                  .handle()
                  .invokeExact(
                      ndims,
                      arrayOfSizes,
                      arrayOfSubsizes,
                      arrayOfStarts,
                      order,
                      oldtype,
                      newtype));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "ndims", ndims, "order", order);
    }
  }

  /**
   * {@code int (int size, int rank, int ndims, const int array_of_gsizes[], const int
   * array_of_distribs[], const int array_of_dargs[], const int array_of_psizes[], int order,
   * MPI_Datatype oldtype, MPI_Datatype *newtype)}, MPI-4.0 section 5.1.
   *
   * @param size the size
   * @param rank the rank
   * @param ndims {@code ndims} of the C function
   * @param arrayOfGsizes {@code array_of_gsizes} of the C function
   * @param arrayOfDistribs {@code array_of_distribs} of the C function
   * @param arrayOfDargs {@code array_of_dargs} of the C function
   * @param arrayOfPsizes {@code array_of_psizes} of the C function
   * @param order {@code order} of the C function
   * @param oldtype the type it is made of
   * @param newtype the address for the new type
   */
  public static void createDarray(
      int size,
      int rank,
      int ndims,
      long arrayOfGsizes,
      long arrayOfDistribs,
      long arrayOfDargs,
      long arrayOfPsizes,
      int order,
      long oldtype,
      long newtype) {
    try {
      CREATE_DARRAY.check(
          (int)
              CREATE_DARRAY
                  .handle()
                  .invokeExact(
                      size,
                      rank,
                      ndims,
                      arrayOfGsizes,
                      arrayOfDistribs,
                      arrayOfDargs,
                      arrayOfPsizes,
                      order,
                      oldtype,
                      newtype));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "size", size, "rank", rank, "ndims", ndims, "order", order);
    }
  }

  /**
   * {@code int (MPI_Datatype oldtype, MPI_Aint lb, MPI_Aint extent, MPI_Datatype *newtype)},
   * MPI-4.0 section 5.1.
   *
   * @param oldtype the type it is made of
   * @param lb {@code lb} of the C function
   * @param extent {@code extent} of the C function
   * @param newtype the address for the new type
   */
  public static void createResized(long oldtype, long lb, long extent, long newtype) {
    try {
      CREATE_RESIZED.check((int) CREATE_RESIZED.handle().invokeExact(oldtype, lb, extent, newtype));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Datatype oldtype, MPI_Datatype *newtype)}, MPI-4.0 section 5.1.
   *
   * @param oldtype the type it is made of
   * @param newtype the address for the new type
   */
  public static void dup(long oldtype, long newtype) {
    try {
      DUP.check((int) DUP.handle().invokeExact(oldtype, newtype));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Datatype *datatype)}, MPI-4.0 section 5.1.
   *
   * @param datatype their type
   */
  public static void commit(long datatype) {
    try {
      COMMIT.check((int) COMMIT.handle().invokeExact(datatype));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Datatype *datatype)}, MPI-4.0 section 5.1.
   *
   * @param datatype their type
   */
  public static void free(long datatype) {
    try {
      FREE.check((int) FREE.handle().invokeExact(datatype));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** The same for counts past 2^31-1; bound when the first of them comes. */
  private static final class Large {
    private static final MpiFunction CONTIGUOUS =
        MpiFunction.of("MPI_Type_contiguous_c", LONG, HANDLE, POINTER);

    private static final MpiFunction VECTOR =
        MpiFunction.of("MPI_Type_vector_c", LONG, LONG, LONG, HANDLE, POINTER);

    private static final MpiFunction CREATE_HVECTOR =
        MpiFunction.of("MPI_Type_create_hvector_c", LONG, LONG, LONG, HANDLE, POINTER);

    private Large() {}
  }
}
