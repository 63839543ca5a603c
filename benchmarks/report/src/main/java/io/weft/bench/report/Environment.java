package io.weft.bench.report;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The machine and the software.
 *
 * @param weft Weft's version
 * @param host its name
 * @param instance the instance type and id on EC2; else {@code none}
 * @param processor its model
 * @param cores how many this process may use
 * @param memoryBytes the machine's
 * @param kernel the operating system's name and version
 * @param governor how the processor's clock is governed, or {@code unknown}
 * @param java the virtual machine and its version
 * @param libraries name to version: the MPI library, libfabric, the C compiler, peers
 * @param caveats what a reader must know of this run, a sentence each
 */
public record Environment(
    String weft,
    String host,
    String instance,
    String processor,
    int cores,
    long memoryBytes,
    String kernel,
    String governor,
    String java,
    Map<String, String> libraries,
    List<String> caveats) {
  /** Copies what could change. */
  public Environment {
    libraries = Collections.unmodifiableMap(new TreeMap<>(libraries));
    caveats = List.copyOf(caveats);
  }
}
