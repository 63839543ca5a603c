package io.weft.kernels;

import java.util.List;

/**
 * What a run's values were held against.
 *
 * @param source where the expected values are published
 * @param checks the values, the most telling first; at least one
 */
public record Verification(String source, List<Check> checks) {
  /** Copies the list. */
  public Verification {
    checks = List.copyOf(checks);
    if (checks.isEmpty()) {
      throw new IllegalArgumentException("a verification checks something");
    }
  }

  /**
   * Says whether every value is right.
   *
   * @return true if all checks pass
   */
  public boolean passed() {
    return checks.stream().allMatch(Check::passed);
  }
}
