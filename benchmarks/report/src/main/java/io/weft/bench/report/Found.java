package io.weft.bench.report;

/**
 * The library and network that carried a cell's messages, as read back at run time.
 *
 * @param library name and version
 * @param network {@code efa}, {@code efa (emulated)}, {@code ena}, {@code tcp (lo)}, {@code tcp
 *     (veth)}, {@code tcp (DRIVER)}, {@code shm}, {@code self}, several joined by {@code +}, or
 *     {@code unknown}
 * @param provider the component that carried messages
 * @param protocol the wire protocol, or {@code unknown}
 * @param device the interface or device with its driver, or {@code none}
 * @param hosts on how many hosts the ranks were
 */
public record Found(
    String library, String network, String provider, String protocol, String device, int hosts) {}
