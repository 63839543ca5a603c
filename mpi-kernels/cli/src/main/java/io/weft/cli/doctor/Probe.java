package io.weft.cli.doctor;

import java.util.List;

/**
 * Looks at one thing. Probes of other modules are found by {@link java.util.ServiceLoader} and run
 * after those that {@code weft doctor} knows.
 */
public interface Probe {
  /**
   * Looks. May block for some seconds where it asks a program or a service.
   *
   * @param machine what to look at
   * @return what was found, at least one finding
   */
  List<Finding> look(Machine machine);
}
