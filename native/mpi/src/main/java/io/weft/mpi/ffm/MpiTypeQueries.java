package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Asking datatypes, and packing (MPI-4.0 sections 5.1 and 5.2). Every method checks the code that
 * the C function returns and throws {@link io.weft.mpi.MpiException}; a function that the library
 * lacks, {@link UnsupportedOperationException}.
 */
public final class MpiTypeQueries {
  private static final MpiFunction SIZE_X = MpiFunction.of("MPI_Type_size_x", HANDLE, POINTER);

  private static final MpiFunction GET_EXTENT =
      MpiFunction.of("MPI_Type_get_extent", HANDLE, POINTER, POINTER);

  private static final MpiFunction GET_EXTENT_X =
      MpiFunction.of("MPI_Type_get_extent_x", HANDLE, POINTER, POINTER);

  private static final MpiFunction GET_TRUE_EXTENT =
      MpiFunction.of("MPI_Type_get_true_extent", HANDLE, POINTER, POINTER);

  private static final MpiFunction GET_TRUE_EXTENT_X =
      MpiFunction.of("MPI_Type_get_true_extent_x", HANDLE, POINTER, POINTER);

  private static final MpiFunction GET_ENVELOPE =
      MpiFunction.of("MPI_Type_get_envelope", HANDLE, POINTER, POINTER, POINTER, POINTER);

  private static final MpiFunction GET_CONTENTS =
      MpiFunction.of("MPI_Type_get_contents", HANDLE, INT, INT, INT, POINTER, POINTER, POINTER);

  private static final MpiFunction GET_NAME =
      MpiFunction.of("MPI_Type_get_name", HANDLE, POINTER, POINTER);

  private static final MpiFunction SET_NAME = MpiFunction.of("MPI_Type_set_name", HANDLE, POINTER);

  private static final MpiFunction GET_ADDRESS =
      MpiFunction.of("MPI_Get_address", POINTER, POINTER);

  private static final MpiFunction PACK =
      MpiFunction.of("MPI_Pack", POINTER, INT, HANDLE, POINTER, INT, POINTER, HANDLE);

  private static final MpiFunction UNPACK =
      MpiFunction.of("MPI_Unpack", POINTER, INT, POINTER, POINTER, INT, HANDLE, HANDLE);

  private static final MpiFunction PACK_SIZE =
      MpiFunction.of("MPI_Pack_size", INT, HANDLE, HANDLE, POINTER);

  private static final MpiFunction PACK_EXTERNAL =
      MpiFunction.of("MPI_Pack_external", POINTER, POINTER, INT, HANDLE, POINTER, LONG, POINTER);

  private static final MpiFunction UNPACK_EXTERNAL =
      MpiFunction.of("MPI_Unpack_external", POINTER, POINTER, LONG, POINTER, POINTER, INT, HANDLE);

  private static final MpiFunction PACK_EXTERNAL_SIZE =
      MpiFunction.of("MPI_Pack_external_size", POINTER, INT, HANDLE, POINTER);

  private static final MpiFunction SIZE = MpiFunction.of("MPI_Type_size", HANDLE, POINTER);

  private MpiTypeQueries() {}

  /**
   * {@code int (MPI_Datatype datatype, int *size)}, MPI-4.0 section 5.1.5.
   *
   * @param datatype the type
   * @param size the address of the answer: bytes, or MPI_UNDEFINED past 2^31-1
   */
  public static void size(long datatype, long size) {
    try {
      SIZE.check((int) SIZE.handle().invokeExact(datatype, size));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Datatype datatype, MPI_Count *size)}, MPI-4.0 section 5.1.
   *
   * @param datatype their type
   * @param size the size
   */
  public static void sizeX(long datatype, long size) {
    try {
      SIZE_X.check((int) SIZE_X.handle().invokeExact(datatype, size));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Datatype datatype, MPI_Aint *lb, MPI_Aint *extent)}, MPI-4.0 section 5.1.
   *
   * @param datatype their type
   * @param lb {@code lb} of the C function
   * @param extent {@code extent} of the C function
   */
  public static void getExtent(long datatype, long lb, long extent) {
    try {
      GET_EXTENT.check((int) GET_EXTENT.handle().invokeExact(datatype, lb, extent));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Datatype datatype, MPI_Count *lb, MPI_Count *extent)}, MPI-4.0 section 5.1.
   *
   * @param datatype their type
   * @param lb {@code lb} of the C function
   * @param extent {@code extent} of the C function
   */
  public static void getExtentX(long datatype, long lb, long extent) {
    try {
      GET_EXTENT_X.check((int) GET_EXTENT_X.handle().invokeExact(datatype, lb, extent));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Datatype datatype, MPI_Aint *true_lb, MPI_Aint *true_extent)}, MPI-4.0 section
   * 5.1.
   *
   * @param datatype their type
   * @param trueLb {@code true_lb} of the C function
   * @param trueExtent {@code true_extent} of the C function
   */
  public static void getTrueExtent(long datatype, long trueLb, long trueExtent) {
    try {
      GET_TRUE_EXTENT.check(
          (int) GET_TRUE_EXTENT.handle().invokeExact(datatype, trueLb, trueExtent));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Datatype datatype, MPI_Count *true_lb, MPI_Count *true_extent)}, MPI-4.0
   * section 5.1.
   *
   * @param datatype their type
   * @param trueLb {@code true_lb} of the C function
   * @param trueExtent {@code true_extent} of the C function
   */
  public static void getTrueExtentX(long datatype, long trueLb, long trueExtent) {
    try {
      GET_TRUE_EXTENT_X.check(
          (int) GET_TRUE_EXTENT_X.handle().invokeExact(datatype, trueLb, trueExtent));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Datatype datatype, int *num_integers, int *num_addresses, int *num_datatypes,
   * int *combiner)}, MPI-4.0 section 5.1.
   *
   * @param datatype their type
   * @param numIntegers {@code num_integers} of the C function
   * @param numAddresses {@code num_addresses} of the C function
   * @param numDatatypes {@code num_datatypes} of the C function
   * @param combiner {@code combiner} of the C function
   */
  public static void getEnvelope(
      long datatype, long numIntegers, long numAddresses, long numDatatypes, long combiner) {
    try {
      GET_ENVELOPE.check(
          (int)
              GET_ENVELOPE
                  .handle()
                  .invokeExact(datatype, numIntegers, numAddresses, numDatatypes, combiner));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Datatype datatype, int max_integers, int max_addresses, int max_datatypes, int
   * array_of_integers[], MPI_Aint array_of_addresses[], MPI_Datatype array_of_datatypes[])},
   * MPI-4.0 section 5.1.
   *
   * @param datatype their type
   * @param maxIntegers {@code max_integers} of the C function
   * @param maxAddresses {@code max_addresses} of the C function
   * @param maxDatatypes {@code max_datatypes} of the C function
   * @param arrayOfIntegers {@code array_of_integers} of the C function
   * @param arrayOfAddresses {@code array_of_addresses} of the C function
   * @param arrayOfDatatypes {@code array_of_datatypes} of the C function
   */
  public static void getContents(
      long datatype,
      int maxIntegers,
      int maxAddresses,
      int maxDatatypes,
      long arrayOfIntegers,
      long arrayOfAddresses,
      long arrayOfDatatypes) {
    try {
      GET_CONTENTS.check(
          (int)
              GET_CONTENTS
                  .handle()
                  .invokeExact(
                      datatype,
                      maxIntegers,
                      maxAddresses,
                      maxDatatypes,
                      arrayOfIntegers,
                      arrayOfAddresses,
                      arrayOfDatatypes));
    } catch (Throwable t) {
      throw MpiErrors.told(
          t,
          "maxIntegers",
          maxIntegers,
          "maxAddresses",
          maxAddresses,
          "maxDatatypes",
          maxDatatypes);
    }
  }

  /**
   * {@code int (MPI_Datatype datatype, char *type_name, int *resultlen)}, MPI-4.0 section 7.8.
   *
   * @param datatype their type
   * @param typeName {@code type_name} of the C function
   * @param resultlen {@code resultlen} of the C function
   */
  public static void getName(long datatype, long typeName, long resultlen) {
    try {
      GET_NAME.check((int) GET_NAME.handle().invokeExact(datatype, typeName, resultlen));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Datatype datatype, const char *type_name)}, MPI-4.0 section 7.8.
   *
   * @param datatype their type
   * @param typeName {@code type_name} of the C function
   */
  public static void setName(long datatype, long typeName) {
    try {
      SET_NAME.check((int) SET_NAME.handle().invokeExact(datatype, typeName));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *location, MPI_Aint *address)}, MPI-4.0 section 5.1.5.
   *
   * @param location {@code location} of the C function
   * @param address {@code address} of the C function
   */
  public static void getAddress(long location, long address) {
    try {
      GET_ADDRESS.check((int) GET_ADDRESS.handle().invokeExact(location, address));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *inbuf, int incount, MPI_Datatype datatype, void *outbuf, int outsize,
   * int *position, MPI_Comm comm)}, MPI-4.0 section 5.2.
   *
   * @param inbuf {@code inbuf} of the C function
   * @param incount how many
   * @param datatype their type
   * @param outbuf {@code outbuf} of the C function
   * @param outsize {@code outsize} of the C function
   * @param position {@code position} of the C function
   * @param comm the communicator
   */
  public static void pack(
      long inbuf, int incount, long datatype, long outbuf, int outsize, long position, long comm) {
    try {
      PACK.check(
          (int)
              PACK.handle().invokeExact(inbuf, incount, datatype, outbuf, outsize, position, comm));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "incount", incount, "outsize", outsize);
    }
  }

  /**
   * {@code int (const void *inbuf, int insize, int *position, void *outbuf, int outcount,
   * MPI_Datatype datatype, MPI_Comm comm)}, MPI-4.0 section 5.2.
   *
   * @param inbuf {@code inbuf} of the C function
   * @param insize {@code insize} of the C function
   * @param position {@code position} of the C function
   * @param outbuf {@code outbuf} of the C function
   * @param outcount the address for how many
   * @param datatype their type
   * @param comm the communicator
   */
  public static void unpack(
      long inbuf, int insize, long position, long outbuf, int outcount, long datatype, long comm) {
    try {
      UNPACK.check(
          (int)
              UNPACK
                  .handle()
                  .invokeExact(inbuf, insize, position, outbuf, outcount, datatype, comm));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "insize", insize, "outcount", outcount);
    }
  }

  /**
   * {@code int (int incount, MPI_Datatype datatype, MPI_Comm comm, int *size)}, MPI-4.0 section
   * 5.2.
   *
   * @param incount how many
   * @param datatype their type
   * @param comm the communicator
   * @param size the size
   */
  public static void packSize(int incount, long datatype, long comm, long size) {
    try {
      PACK_SIZE.check((int) PACK_SIZE.handle().invokeExact(incount, datatype, comm, size));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "incount", incount);
    }
  }

  /**
   * {@code int (const char *datarep, const void *inbuf, int incount, MPI_Datatype datatype, void
   * *outbuf, MPI_Aint outsize, MPI_Aint *position)}, MPI-4.0 section 5.2.
   *
   * @param datarep {@code datarep} of the C function
   * @param inbuf {@code inbuf} of the C function
   * @param incount how many
   * @param datatype their type
   * @param outbuf {@code outbuf} of the C function
   * @param outsize {@code outsize} of the C function
   * @param position {@code position} of the C function
   */
  public static void packExternal(
      long datarep,
      long inbuf,
      int incount,
      long datatype,
      long outbuf,
      long outsize,
      long position) {
    try {
      PACK_EXTERNAL.check(
          (int)
              PACK_EXTERNAL
                  .handle()
                  .invokeExact(datarep, inbuf, incount, datatype, outbuf, outsize, position));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "incount", incount);
    }
  }

  /**
   * {@code int (const char datarep[], const void *inbuf, MPI_Aint insize, MPI_Aint *position, void
   * *outbuf, int outcount, MPI_Datatype datatype)}, MPI-4.0 section 5.2.
   *
   * @param datarep {@code datarep} of the C function
   * @param inbuf {@code inbuf} of the C function
   * @param insize {@code insize} of the C function
   * @param position {@code position} of the C function
   * @param outbuf {@code outbuf} of the C function
   * @param outcount the address for how many
   * @param datatype their type
   */
  public static void unpackExternal(
      long datarep,
      long inbuf,
      long insize,
      long position,
      long outbuf,
      int outcount,
      long datatype) {
    try {
      UNPACK_EXTERNAL.check(
          (int)
              UNPACK_EXTERNAL
                  .handle()
                  .invokeExact(datarep, inbuf, insize, position, outbuf, outcount, datatype));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "outcount", outcount);
    }
  }

  /**
   * {@code int (const char *datarep, int incount, MPI_Datatype datatype, MPI_Aint *size)}, MPI-4.0
   * section 5.2.
   *
   * @param datarep {@code datarep} of the C function
   * @param incount how many
   * @param datatype their type
   * @param size the size
   */
  public static void packExternalSize(long datarep, int incount, long datatype, long size) {
    try {
      PACK_EXTERNAL_SIZE.check(
          (int) PACK_EXTERNAL_SIZE.handle().invokeExact(datarep, incount, datatype, size));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "incount", incount);
    }
  }
}
