package io.weft.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The exit statuses of {@code weft}; the same for the front process and for every rank of a user's
 * mpirun.
 */
public final class ExitStatus {
  /** Done, and the result is verified. */
  public static final int OK = 0;

  /** The run ended, but its result is wrong; or it failed on the way. */
  public static final int FAILED = 1;

  /** The arguments are wrong; nothing was started. */
  public static final int USAGE = 2;

  /** Something that was asked for is not there: a network, a library, memory. */
  public static final int UNAVAILABLE = 3;

  /** What help says of them. */
  static final Map<String, String> MEANINGS = meanings();

  private static Map<String, String> meanings() {
    Map<String, String> result = new LinkedHashMap<>();
    result.put(Integer.toString(OK), "done, and the result is verified");
    result.put(Integer.toString(FAILED), "the run failed, or its result is wrong");
    result.put(Integer.toString(USAGE), "wrong arguments");
    result.put(
        Integer.toString(UNAVAILABLE),
        "something that was asked for is not there (network, library, memory)");
    result.put("130, 143", "interrupted");
    return result;
  }

  private ExitStatus() {}
}
