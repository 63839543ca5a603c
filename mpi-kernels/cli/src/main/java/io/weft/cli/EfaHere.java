package io.weft.cli;

import io.weft.fabric.Discovery;
import io.weft.fabric.Fabric;
import io.weft.fabric.FabricHints;
import io.weft.fabric.FabricUnavailableException;
import io.weft.fabric.NetworkDevice;

/**
 * What libfabric's efa provider has on this machine.
 *
 * @param missing null if there is a device, else what was found in its place
 * @param emulated whether it is the software device
 * @param device the device's name; null if there is none, or it has none
 */
public record EfaHere(String missing, boolean emulated, String device) {
  /**
   * Asks libfabric; loads it. Takes some milliseconds.
   *
   * @return what it says
   */
  public static EfaHere look() {
    try (Discovery discovery = Fabric.discover(FabricHints.provider("efa"))) {
      NetworkDevice device = discovery.first().device();
      return new EfaHere(
          null, device != null && device.isEmulated(), device == null ? null : device.name());
    } catch (FabricUnavailableException missing) {
      return new EfaHere(missing.getMessage().replaceFirst("\\.$", ""), false, null);
    }
  }

  /** The device in words. */
  String words() {
    return emulated ? "an emulated EFA device, whose times say nothing about EFA" : "EFA";
  }
}
