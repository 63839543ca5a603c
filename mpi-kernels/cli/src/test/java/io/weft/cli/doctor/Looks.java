package io.weft.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

/** What findings must be. */
final class Looks {
  private Looks() {}

  /** One finding whose reason begins as given; what it advises is checked by {@link Finding}. */
  static Finding assertOne(Severity severity, String has, List<Finding> findings) {
    List<Finding> found = findings.stream().filter(each -> each.why().contains(has)).toList();
    assertEquals(1, found.size(), () -> "\"" + has + "\" in " + findings);
    assertEquals(severity, found.getFirst().severity(), findings::toString);
    return found.getFirst();
  }

  static void assertAllOk(List<Finding> findings) {
    assertTrue(
        !findings.isEmpty() && findings.stream().allMatch(e -> e.severity() == Severity.OK),
        findings::toString);
  }
}
