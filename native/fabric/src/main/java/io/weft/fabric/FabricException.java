package io.weft.fabric;

import io.weft.fabric.ffm.Constants;
import io.weft.fabric.ffm.Libfabric;

/** A call of libfabric failed; carries the function, the error number and the library's text. */
public class FabricException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The positive error number of {@code rdma/fi_errno.h}, or 0. */
  private final int code;

  /**
   * Makes one.
   *
   * @param message what failed, where, and what to do
   * @param code the positive error number, or 0 if no call failed
   */
  public FabricException(String message, int code) {
    super(message);
    this.code = code;
  }

  /**
   * The error number, fi_errno(3).
   *
   * @return positive, or 0 if no call failed
   */
  public int code() {
    return code;
  }

  /** The one place that looks at return codes: negative ones are errors. */
  static long check(String function, long result) {
    if (result < 0) {
      throw of(function, result);
    }
    return result;
  }

  static FabricException of(String function, long result) {
    int code = (int) -result;
    return new FabricException(
        function
            + " failed: "
            + Libfabric.fi_strerror(code)
            + " ("
            + code
            + ")"
            + (code == Constants.FI_ENOMEM ? LockedMemory.advice() : ""),
        code);
  }
}
