package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Files (MPI-4.0 chapter 14). Every method checks the code that the C function returns and throws
 * {@link io.weft.mpi.MpiException}; a function that the library lacks, {@link
 * UnsupportedOperationException}.
 */
public final class MpiFiles {
  private static final MpiFunction OPEN =
      MpiFunction.of("MPI_File_open", HANDLE, POINTER, INT, HANDLE, POINTER);

  private static final MpiFunction CLOSE = MpiFunction.of("MPI_File_close", POINTER);

  private static final MpiFunction DELETE = MpiFunction.of("MPI_File_delete", POINTER, HANDLE);

  private static final MpiFunction SET_SIZE = MpiFunction.of("MPI_File_set_size", HANDLE, LONG);

  private static final MpiFunction PREALLOCATE =
      MpiFunction.of("MPI_File_preallocate", HANDLE, LONG);

  private static final MpiFunction GET_SIZE = MpiFunction.of("MPI_File_get_size", HANDLE, POINTER);

  private static final MpiFunction GET_GROUP =
      MpiFunction.of("MPI_File_get_group", HANDLE, POINTER);

  private static final MpiFunction GET_AMODE =
      MpiFunction.of("MPI_File_get_amode", HANDLE, POINTER);

  private static final MpiFunction SET_INFO = MpiFunction.of("MPI_File_set_info", HANDLE, HANDLE);

  private static final MpiFunction GET_INFO = MpiFunction.of("MPI_File_get_info", HANDLE, POINTER);

  private static final MpiFunction SET_VIEW =
      MpiFunction.of("MPI_File_set_view", HANDLE, LONG, HANDLE, HANDLE, POINTER, HANDLE);

  private static final MpiFunction GET_VIEW =
      MpiFunction.of("MPI_File_get_view", HANDLE, POINTER, POINTER, POINTER, POINTER);

  private static final MpiFunction GET_POSITION =
      MpiFunction.of("MPI_File_get_position", HANDLE, POINTER);

  private static final MpiFunction GET_POSITION_SHARED =
      MpiFunction.of("MPI_File_get_position_shared", HANDLE, POINTER);

  private static final MpiFunction SEEK = MpiFunction.of("MPI_File_seek", HANDLE, LONG, INT);

  private static final MpiFunction SEEK_SHARED =
      MpiFunction.of("MPI_File_seek_shared", HANDLE, LONG, INT);

  private static final MpiFunction GET_BYTE_OFFSET =
      MpiFunction.of("MPI_File_get_byte_offset", HANDLE, LONG, POINTER);

  private static final MpiFunction GET_TYPE_EXTENT =
      MpiFunction.of("MPI_File_get_type_extent", HANDLE, HANDLE, POINTER);

  private static final MpiFunction SET_ATOMICITY =
      MpiFunction.of("MPI_File_set_atomicity", HANDLE, INT);

  private static final MpiFunction GET_ATOMICITY =
      MpiFunction.of("MPI_File_get_atomicity", HANDLE, POINTER);

  private static final MpiFunction SYNC = MpiFunction.of("MPI_File_sync", HANDLE);

  private static final MpiFunction SET_ERRHANDLER =
      MpiFunction.of("MPI_File_set_errhandler", HANDLE, HANDLE);

  private static final MpiFunction GET_ERRHANDLER =
      MpiFunction.of("MPI_File_get_errhandler", HANDLE, POINTER);

  private MpiFiles() {}

  /**
   * {@code int (MPI_Comm comm, const char *filename, int amode, MPI_Info info, MPI_File *fh)},
   * MPI-4.0 section 14.2.
   *
   * @param comm the communicator
   * @param filename {@code filename} of the C function
   * @param amode {@code amode} of the C function
   * @param info the hints
   * @param fh the file
   */
  public static void open(long comm, long filename, int amode, long info, long fh) {
    try {
      OPEN.check((int) OPEN.handle().invokeExact(comm, filename, amode, info, fh));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "amode", amode);
    }
  }

  /**
   * {@code int (MPI_File *fh)}, MPI-4.0 section 14.2.
   *
   * @param fh the file
   */
  public static void close(long fh) {
    try {
      CLOSE.check((int) CLOSE.handle().invokeExact(fh));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const char *filename, MPI_Info info)}, MPI-4.0 section 14.2.
   *
   * @param filename {@code filename} of the C function
   * @param info the hints
   */
  public static void delete(long filename, long info) {
    try {
      DELETE.check((int) DELETE.handle().invokeExact(filename, info));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_File fh, MPI_Offset size)}, MPI-4.0 section 14.2.
   *
   * @param fh the file
   * @param size the size
   */
  public static void setSize(long fh, long size) {
    try {
      SET_SIZE.check((int) SET_SIZE.handle().invokeExact(fh, size));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_File fh, MPI_Offset size)}, MPI-4.0 section 14.2.
   *
   * @param fh the file
   * @param size the size
   */
  public static void preallocate(long fh, long size) {
    try {
      PREALLOCATE.check((int) PREALLOCATE.handle().invokeExact(fh, size));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_File fh, MPI_Offset *size)}, MPI-4.0 section 14.2.
   *
   * @param fh the file
   * @param size the size
   */
  public static void getSize(long fh, long size) {
    try {
      GET_SIZE.check((int) GET_SIZE.handle().invokeExact(fh, size));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_File fh, MPI_Group *group)}, MPI-4.0 section 14.2.
   *
   * @param fh the file
   * @param group the group
   */
  public static void getGroup(long fh, long group) {
    try {
      GET_GROUP.check((int) GET_GROUP.handle().invokeExact(fh, group));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_File fh, int *amode)}, MPI-4.0 section 14.2.
   *
   * @param fh the file
   * @param amode {@code amode} of the C function
   */
  public static void getAmode(long fh, long amode) {
    try {
      GET_AMODE.check((int) GET_AMODE.handle().invokeExact(fh, amode));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_File fh, MPI_Info info)}, MPI-4.0 section 14.2.
   *
   * @param fh the file
   * @param info the hints
   */
  public static void setInfo(long fh, long info) {
    try {
      SET_INFO.check((int) SET_INFO.handle().invokeExact(fh, info));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_File fh, MPI_Info *info_used)}, MPI-4.0 section 14.2.
   *
   * @param fh the file
   * @param infoUsed {@code info_used} of the C function
   */
  public static void getInfo(long fh, long infoUsed) {
    try {
      GET_INFO.check((int) GET_INFO.handle().invokeExact(fh, infoUsed));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_File fh, MPI_Offset disp, MPI_Datatype etype, MPI_Datatype filetype, const char
   * *datarep, MPI_Info info)}, MPI-4.0 section 14.3.
   *
   * @param fh the file
   * @param disp {@code disp} of the C function
   * @param etype {@code etype} of the C function
   * @param filetype {@code filetype} of the C function
   * @param datarep {@code datarep} of the C function
   * @param info the hints
   */
  public static void setView(
      long fh, long disp, long etype, long filetype, long datarep, long info) {
    try {
      SET_VIEW.check((int) SET_VIEW.handle().invokeExact(fh, disp, etype, filetype, datarep, info));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_File fh, MPI_Offset *disp, MPI_Datatype *etype, MPI_Datatype *filetype, char
   * *datarep)}, MPI-4.0 section 14.3.
   *
   * @param fh the file
   * @param disp {@code disp} of the C function
   * @param etype {@code etype} of the C function
   * @param filetype {@code filetype} of the C function
   * @param datarep {@code datarep} of the C function
   */
  public static void getView(long fh, long disp, long etype, long filetype, long datarep) {
    try {
      GET_VIEW.check((int) GET_VIEW.handle().invokeExact(fh, disp, etype, filetype, datarep));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_File fh, MPI_Offset *offset)}, MPI-4.0 section 14.4.
   *
   * @param fh the file
   * @param offset where, in elements of the view
   */
  public static void getPosition(long fh, long offset) {
    try {
      GET_POSITION.check((int) GET_POSITION.handle().invokeExact(fh, offset));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_File fh, MPI_Offset *offset)}, MPI-4.0 section 14.4.
   *
   * @param fh the file
   * @param offset where, in elements of the view
   */
  public static void getPositionShared(long fh, long offset) {
    try {
      GET_POSITION_SHARED.check((int) GET_POSITION_SHARED.handle().invokeExact(fh, offset));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_File fh, MPI_Offset offset, int whence)}, MPI-4.0 section 14.4.
   *
   * @param fh the file
   * @param offset where, in elements of the view
   * @param whence {@code whence} of the C function
   */
  public static void seek(long fh, long offset, int whence) {
    try {
      SEEK.check((int) SEEK.handle().invokeExact(fh, offset, whence));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "whence", whence);
    }
  }

  /**
   * {@code int (MPI_File fh, MPI_Offset offset, int whence)}, MPI-4.0 section 14.4.
   *
   * @param fh the file
   * @param offset where, in elements of the view
   * @param whence {@code whence} of the C function
   */
  public static void seekShared(long fh, long offset, int whence) {
    try {
      SEEK_SHARED.check((int) SEEK_SHARED.handle().invokeExact(fh, offset, whence));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "whence", whence);
    }
  }

  /**
   * {@code int (MPI_File fh, MPI_Offset offset, MPI_Offset *disp)}, MPI-4.0 section 14.4.
   *
   * @param fh the file
   * @param offset where, in elements of the view
   * @param disp {@code disp} of the C function
   */
  public static void getByteOffset(long fh, long offset, long disp) {
    try {
      GET_BYTE_OFFSET.check((int) GET_BYTE_OFFSET.handle().invokeExact(fh, offset, disp));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_File fh, MPI_Datatype datatype, MPI_Aint *extent)}, MPI-4.0 section 14.5.
   *
   * @param fh the file
   * @param datatype their type
   * @param extent {@code extent} of the C function
   */
  public static void getTypeExtent(long fh, long datatype, long extent) {
    try {
      GET_TYPE_EXTENT.check((int) GET_TYPE_EXTENT.handle().invokeExact(fh, datatype, extent));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_File fh, int flag)}, MPI-4.0 section 14.6.
   *
   * @param fh the file
   * @param flag the address for the answer
   */
  public static void setAtomicity(long fh, int flag) {
    try {
      SET_ATOMICITY.check((int) SET_ATOMICITY.handle().invokeExact(fh, flag));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "flag", flag);
    }
  }

  /**
   * {@code int (MPI_File fh, int *flag)}, MPI-4.0 section 14.6.
   *
   * @param fh the file
   * @param flag the address for the answer
   */
  public static void getAtomicity(long fh, long flag) {
    try {
      GET_ATOMICITY.check((int) GET_ATOMICITY.handle().invokeExact(fh, flag));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_File fh)}, MPI-4.0 section 14.6.
   *
   * @param fh the file
   */
  public static void sync(long fh) {
    try {
      SYNC.check((int) SYNC.handle().invokeExact(fh));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_File file, MPI_Errhandler errhandler)}, MPI-4.0 section 9.3.
   *
   * @param file {@code file} of the C function
   * @param errhandler the error handler
   */
  public static void setErrhandler(long file, long errhandler) {
    try {
      SET_ERRHANDLER.check((int) SET_ERRHANDLER.handle().invokeExact(file, errhandler));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_File file, MPI_Errhandler *errhandler)}, MPI-4.0 section 9.3.
   *
   * @param file {@code file} of the C function
   * @param errhandler the error handler
   */
  public static void getErrhandler(long file, long errhandler) {
    try {
      GET_ERRHANDLER.check((int) GET_ERRHANDLER.handle().invokeExact(file, errhandler));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
