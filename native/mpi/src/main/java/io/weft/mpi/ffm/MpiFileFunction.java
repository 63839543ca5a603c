package io.weft.mpi.ffm;

/**
 * The functions that read and write files, by what they take (MPI-4.0 section 14.4): what all of a
 * kind have in common around the call of C is written once, for whichever it is given. Pass a
 * method by its name ({@code MpiFileReads::read}): that is a constant, and no call makes an object.
 */
public final class MpiFileFunction {
  private MpiFileFunction() {}

  /** Reads or writes at a pointer of the file's. */
  @FunctionalInterface
  public interface AtPointer {
    /**
     * Calls the function.
     *
     * @param fh the file
     * @param buf the address of the elements
     * @param count how many
     * @param datatype their type
     * @param answer the address of the status, or of the request of a function that does not block
     */
    void call(long fh, long buf, long count, long datatype, long answer);
  }

  /** Reads or writes at an offset. */
  @FunctionalInterface
  public interface AtOffset {
    /**
     * Calls the function.
     *
     * @param fh the file
     * @param offset where in the view, in its elements
     * @param buf the address of the elements
     * @param count how many
     * @param datatype their type
     * @param answer the address of the status, or of the request of a function that does not block
     */
    void call(long fh, long offset, long buf, long count, long datatype, long answer);
  }

  /** Begins to read or write at a pointer of the file's. */
  @FunctionalInterface
  public interface BeginAtPointer {
    /**
     * Calls the function.
     *
     * @param fh the file
     * @param buf the address of the elements
     * @param count how many
     * @param datatype their type
     */
    void call(long fh, long buf, long count, long datatype);
  }

  /** Begins to read or write at an offset. */
  @FunctionalInterface
  public interface BeginAtOffset {
    /**
     * Calls the function.
     *
     * @param fh the file
     * @param offset where in the view, in its elements
     * @param buf the address of the elements
     * @param count how many
     * @param datatype their type
     */
    void call(long fh, long offset, long buf, long count, long datatype);
  }

  /** Ends what has begun. */
  @FunctionalInterface
  public interface End {
    /**
     * Calls the function.
     *
     * @param fh the file
     * @param buf the address of the elements, as at the beginning
     * @param status the address of the status
     */
    void call(long fh, long buf, long status);
  }
}
