package io.weft.launch;

import java.util.Map;

/**
 * Whether libfabric's efa provider sends what stays on a host through shared memory; it reads this
 * once, when it is loaded (fi_efa(7)).
 */
public final class EfaSharedMemory {
  private static final String VARIABLE = "FI_EFA_ENABLE_SHM_TRANSFER";

  private EfaSharedMemory() {}

  /**
   * The variable of every rank.
   *
   * @param intra what ranks of one host use
   * @return its name and value
   */
  public static Map<String, String> environment(Intra intra) {
    return Map.of(VARIABLE, intra == Intra.SHM ? "1" : "0");
  }
}
