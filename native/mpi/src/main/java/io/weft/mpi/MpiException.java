package io.weft.mpi;

/** A function of libmpi returned an error (MPI-4.0 section 9.4). */
public final class MpiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The C function. */
  private final String function;

  /** What it returned. */
  private final int code;

  /** The class that the code belongs to. */
  private final String errorClass;

  /** The library's. */
  private final String text;

  /**
   * Makes one.
   *
   * @param function the C function's name
   * @param code what it returned
   * @param errorClass the name of the code's class
   * @param text the library's own text, and the values that the function was given
   */
  public MpiException(String function, int code, String errorClass, String text) {
    super(function + " failed with " + errorClass + " (code " + code + "): " + text);
    this.function = function;
    this.code = code;
    this.errorClass = errorClass;
    this.text = text;
  }

  /**
   * The C function that failed.
   *
   * @return such as {@code MPI_Recv}
   */
  public String function() {
    return function;
  }

  /**
   * What it returned; MPICH's codes carry more than their class.
   *
   * @return the code
   */
  public int code() {
    return code;
  }

  /**
   * What the library says, and the values that the function was given.
   *
   * @return the message's end
   */
  public String text() {
    return text;
  }

  /**
   * The code's class (MPI-4.0 table 9.1).
   *
   * @return such as {@code MPI_ERR_TRUNCATE}
   */
  public String errorClass() {
    return errorClass;
  }
}
