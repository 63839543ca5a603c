package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Attributes (MPI-4.0 section 7.7). Every method checks the code that the C function returns and
 * throws {@link io.weft.mpi.MpiException}; a function that the library lacks, {@link
 * UnsupportedOperationException}.
 */
public final class MpiAttributes {
  private static final MpiFunction COMM_CREATE_KEYVAL =
      MpiFunction.of("MPI_Comm_create_keyval", POINTER, POINTER, POINTER, POINTER);

  private static final MpiFunction COMM_FREE_KEYVAL =
      MpiFunction.of("MPI_Comm_free_keyval", POINTER);

  private static final MpiFunction COMM_SET_ATTR =
      MpiFunction.of("MPI_Comm_set_attr", HANDLE, INT, POINTER);

  private static final MpiFunction COMM_GET_ATTR =
      MpiFunction.of("MPI_Comm_get_attr", HANDLE, INT, POINTER, POINTER);

  private static final MpiFunction COMM_DELETE_ATTR =
      MpiFunction.of("MPI_Comm_delete_attr", HANDLE, INT);

  private static final MpiFunction TYPE_CREATE_KEYVAL =
      MpiFunction.of("MPI_Type_create_keyval", POINTER, POINTER, POINTER, POINTER);

  private static final MpiFunction TYPE_FREE_KEYVAL =
      MpiFunction.of("MPI_Type_free_keyval", POINTER);

  private static final MpiFunction TYPE_SET_ATTR =
      MpiFunction.of("MPI_Type_set_attr", HANDLE, INT, POINTER);

  private static final MpiFunction TYPE_GET_ATTR =
      MpiFunction.of("MPI_Type_get_attr", HANDLE, INT, POINTER, POINTER);

  private static final MpiFunction TYPE_DELETE_ATTR =
      MpiFunction.of("MPI_Type_delete_attr", HANDLE, INT);

  private static final MpiFunction WIN_CREATE_KEYVAL =
      MpiFunction.of("MPI_Win_create_keyval", POINTER, POINTER, POINTER, POINTER);

  private static final MpiFunction WIN_FREE_KEYVAL = MpiFunction.of("MPI_Win_free_keyval", POINTER);

  private static final MpiFunction WIN_SET_ATTR =
      MpiFunction.of("MPI_Win_set_attr", HANDLE, INT, POINTER);

  private static final MpiFunction WIN_GET_ATTR =
      MpiFunction.of("MPI_Win_get_attr", HANDLE, INT, POINTER, POINTER);

  private static final MpiFunction WIN_DELETE_ATTR =
      MpiFunction.of("MPI_Win_delete_attr", HANDLE, INT);

  private MpiAttributes() {}

  /**
   * {@code int (MPI_Comm_copy_attr_function *comm_copy_attr_fn, MPI_Comm_delete_attr_function
   * *comm_delete_attr_fn, int *comm_keyval, void *extra_state)}, MPI-4.0 section 7.7.2.
   *
   * @param commCopyAttrFn {@code comm_copy_attr_fn} of the C function
   * @param commDeleteAttrFn {@code comm_delete_attr_fn} of the C function
   * @param commKeyval {@code comm_keyval} of the C function
   * @param extraState {@code extra_state} of the C function
   */
  public static void commCreateKeyval(
      long commCopyAttrFn, long commDeleteAttrFn, long commKeyval, long extraState) {
    try {
      COMM_CREATE_KEYVAL.check(
          (int)
              COMM_CREATE_KEYVAL
                  .handle()
                  .invokeExact(commCopyAttrFn, commDeleteAttrFn, commKeyval, extraState));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (int *comm_keyval)}, MPI-4.0 section 7.7.2.
   *
   * @param commKeyval {@code comm_keyval} of the C function
   */
  public static void commFreeKeyval(long commKeyval) {
    try {
      COMM_FREE_KEYVAL.check((int) COMM_FREE_KEYVAL.handle().invokeExact(commKeyval));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int comm_keyval, void *attribute_val)}, MPI-4.0 section 7.7.2.
   *
   * @param comm the communicator
   * @param commKeyval {@code comm_keyval} of the C function
   * @param attributeVal {@code attribute_val} of the C function
   */
  public static void commSetAttr(long comm, int commKeyval, long attributeVal) {
    try {
      COMM_SET_ATTR.check((int) COMM_SET_ATTR.handle().invokeExact(comm, commKeyval, attributeVal));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "commKeyval", commKeyval);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int comm_keyval, void *attribute_val, int *flag)}, MPI-4.0 section
   * 7.7.2.
   *
   * @param comm the communicator
   * @param commKeyval {@code comm_keyval} of the C function
   * @param attributeVal {@code attribute_val} of the C function
   * @param flag the address for the answer
   */
  public static void commGetAttr(long comm, int commKeyval, long attributeVal, long flag) {
    try {
      COMM_GET_ATTR.check(
          (int) COMM_GET_ATTR.handle().invokeExact(comm, commKeyval, attributeVal, flag));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "commKeyval", commKeyval);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int comm_keyval)}, MPI-4.0 section 7.7.2.
   *
   * @param comm the communicator
   * @param commKeyval {@code comm_keyval} of the C function
   */
  public static void commDeleteAttr(long comm, int commKeyval) {
    try {
      COMM_DELETE_ATTR.check((int) COMM_DELETE_ATTR.handle().invokeExact(comm, commKeyval));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "commKeyval", commKeyval);
    }
  }

  /**
   * {@code int (MPI_Type_copy_attr_function *type_copy_attr_fn, MPI_Type_delete_attr_function
   * *type_delete_attr_fn, int *type_keyval, void *extra_state)}, MPI-4.0 section 7.7.4.
   *
   * @param typeCopyAttrFn {@code type_copy_attr_fn} of the C function
   * @param typeDeleteAttrFn {@code type_delete_attr_fn} of the C function
   * @param typeKeyval {@code type_keyval} of the C function
   * @param extraState {@code extra_state} of the C function
   */
  public static void typeCreateKeyval(
      long typeCopyAttrFn, long typeDeleteAttrFn, long typeKeyval, long extraState) {
    try {
      TYPE_CREATE_KEYVAL.check(
          (int)
              TYPE_CREATE_KEYVAL
                  .handle()
                  .invokeExact(typeCopyAttrFn, typeDeleteAttrFn, typeKeyval, extraState));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (int *type_keyval)}, MPI-4.0 section 7.7.4.
   *
   * @param typeKeyval {@code type_keyval} of the C function
   */
  public static void typeFreeKeyval(long typeKeyval) {
    try {
      TYPE_FREE_KEYVAL.check((int) TYPE_FREE_KEYVAL.handle().invokeExact(typeKeyval));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Datatype datatype, int type_keyval, void *attribute_val)}, MPI-4.0 section
   * 7.7.4.
   *
   * @param datatype their type
   * @param typeKeyval {@code type_keyval} of the C function
   * @param attributeVal {@code attribute_val} of the C function
   */
  public static void typeSetAttr(long datatype, int typeKeyval, long attributeVal) {
    try {
      TYPE_SET_ATTR.check(
          (int) TYPE_SET_ATTR.handle().invokeExact(datatype, typeKeyval, attributeVal));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "typeKeyval", typeKeyval);
    }
  }

  /**
   * {@code int (MPI_Datatype datatype, int type_keyval, void *attribute_val, int *flag)}, MPI-4.0
   * section 7.7.4.
   *
   * @param datatype their type
   * @param typeKeyval {@code type_keyval} of the C function
   * @param attributeVal {@code attribute_val} of the C function
   * @param flag the address for the answer
   */
  public static void typeGetAttr(long datatype, int typeKeyval, long attributeVal, long flag) {
    try {
      TYPE_GET_ATTR.check(
          (int) TYPE_GET_ATTR.handle().invokeExact(datatype, typeKeyval, attributeVal, flag));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "typeKeyval", typeKeyval);
    }
  }

  /**
   * {@code int (MPI_Datatype datatype, int type_keyval)}, MPI-4.0 section 7.7.4.
   *
   * @param datatype their type
   * @param typeKeyval {@code type_keyval} of the C function
   */
  public static void typeDeleteAttr(long datatype, int typeKeyval) {
    try {
      TYPE_DELETE_ATTR.check((int) TYPE_DELETE_ATTR.handle().invokeExact(datatype, typeKeyval));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "typeKeyval", typeKeyval);
    }
  }

  /**
   * {@code int (MPI_Win_copy_attr_function *win_copy_attr_fn, MPI_Win_delete_attr_function
   * *win_delete_attr_fn, int *win_keyval, void *extra_state)}, MPI-4.0 section 7.7.3.
   *
   * @param winCopyAttrFn {@code win_copy_attr_fn} of the C function
   * @param winDeleteAttrFn {@code win_delete_attr_fn} of the C function
   * @param winKeyval {@code win_keyval} of the C function
   * @param extraState {@code extra_state} of the C function
   */
  public static void winCreateKeyval(
      long winCopyAttrFn, long winDeleteAttrFn, long winKeyval, long extraState) {
    try {
      WIN_CREATE_KEYVAL.check(
          (int)
              WIN_CREATE_KEYVAL
                  .handle()
                  .invokeExact(winCopyAttrFn, winDeleteAttrFn, winKeyval, extraState));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (int *win_keyval)}, MPI-4.0 section 7.7.3.
   *
   * @param winKeyval {@code win_keyval} of the C function
   */
  public static void winFreeKeyval(long winKeyval) {
    try {
      WIN_FREE_KEYVAL.check((int) WIN_FREE_KEYVAL.handle().invokeExact(winKeyval));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Win win, int win_keyval, void *attribute_val)}, MPI-4.0 section 7.7.3.
   *
   * @param win the window
   * @param winKeyval {@code win_keyval} of the C function
   * @param attributeVal {@code attribute_val} of the C function
   */
  public static void winSetAttr(long win, int winKeyval, long attributeVal) {
    try {
      WIN_SET_ATTR.check((int) WIN_SET_ATTR.handle().invokeExact(win, winKeyval, attributeVal));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "winKeyval", winKeyval);
    }
  }

  /**
   * {@code int (MPI_Win win, int win_keyval, void *attribute_val, int *flag)}, MPI-4.0 section
   * 7.7.3.
   *
   * @param win the window
   * @param winKeyval {@code win_keyval} of the C function
   * @param attributeVal {@code attribute_val} of the C function
   * @param flag the address for the answer
   */
  public static void winGetAttr(long win, int winKeyval, long attributeVal, long flag) {
    try {
      WIN_GET_ATTR.check(
          (int) WIN_GET_ATTR.handle().invokeExact(win, winKeyval, attributeVal, flag));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "winKeyval", winKeyval);
    }
  }

  /**
   * {@code int (MPI_Win win, int win_keyval)}, MPI-4.0 section 7.7.3.
   *
   * @param win the window
   * @param winKeyval {@code win_keyval} of the C function
   */
  public static void winDeleteAttr(long win, int winKeyval) {
    try {
      WIN_DELETE_ATTR.check((int) WIN_DELETE_ATTR.handle().invokeExact(win, winKeyval));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "winKeyval", winKeyval);
    }
  }
}
