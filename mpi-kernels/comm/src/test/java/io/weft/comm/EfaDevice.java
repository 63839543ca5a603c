package io.weft.comm;

import static org.junit.jupiter.api.Assumptions.abort;

import io.weft.fabric.Fabric;
import io.weft.fabric.FabricHints;
import io.weft.fabric.FabricUnavailableException;

/** Looks whether libfabric's efa provider has a device here. */
final class EfaDevice {
  private EfaDevice() {}

  /** Skips, with what the library says, where there is none. */
  static void assumeThere() {
    try {
      Fabric.discover(FabricHints.provider("efa")).close();
    } catch (FabricUnavailableException none) {
      abort(none.getMessage());
    }
  }
}
