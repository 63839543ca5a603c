package io.weft.fabric;

import io.weft.fabric.ffm.Layouts.fi_device_attr;
import io.weft.fabric.ffm.Layouts.fid_nic;
import io.weft.ffi.NativeMemory;

/**
 * The hardware that a provider says it drives, fi_nic(3). Each text is as the provider gives it, or
 * empty.
 *
 * @param name the device, such as {@code rdmap0s6}
 * @param deviceId the model
 * @param deviceVersion the model's version
 * @param vendorId who made it
 * @param driver its kernel driver
 * @param firmware its firmware's version
 */
public record NetworkDevice(
    String name,
    String deviceId,
    String deviceVersion,
    String vendorId,
    String driver,
    String firmware) {

  /** What the software EFA device calls its driver. */
  private static final String EMULATED_DRIVER = "efa_emu";

  /** Reads {@code struct fid_nic}; null if the provider gives none. */
  static NetworkDevice at(long nic) {
    long device = nic == 0 ? 0 : NativeMemory.pointerAt(nic + fid_nic.device_attr);
    if (device == 0) {
      return null;
    }
    return new NetworkDevice(
        text(device + fi_device_attr.name),
        text(device + fi_device_attr.device_id),
        text(device + fi_device_attr.device_version),
        text(device + fi_device_attr.vendor_id),
        text(device + fi_device_attr.driver),
        text(device + fi_device_attr.firmware));
  }

  private static String text(long field) {
    String text = NativeMemory.stringAt(NativeMemory.pointerAt(field));
    return text == null ? "" : text;
  }

  /**
   * Says whether the device is the software EFA device of {@code native/efa-emulator}, whose times
   * say nothing about hardware.
   *
   * @return true if it is
   */
  public boolean isEmulated() {
    return driver.equals(EMULATED_DRIVER);
  }

  @Override
  public String toString() {
    return (isEmulated() ? "emulated: " : "")
        + name
        + " (device "
        + deviceId
        + " version "
        + deviceVersion
        + ", vendor "
        + vendorId
        + ", driver "
        + driver
        + ", firmware "
        + firmware
        + ")";
  }
}
