package io.weft.kernels.timed;

import java.util.Map;

/** Whether kernels compute while messages are under way; to measure what that brings. */
public final class Overlap {
  /** The environment variable: {@code on} or {@code off}. */
  public static final String VARIABLE = "WEFT_OVERLAP";

  private Overlap() {}

  /**
   * What an environment asks for.
   *
   * @param environment variables by name
   * @return true unless it says off
   * @throws IllegalArgumentException if that is neither on nor off
   */
  public static boolean of(Map<String, String> environment) {
    String word = environment.getOrDefault(VARIABLE, "on");
    return switch (word) {
      case "on" -> true;
      case "off" -> false;
      default ->
          throw new IllegalArgumentException(VARIABLE + " is " + word + ": set it to on or off");
    };
  }
}
