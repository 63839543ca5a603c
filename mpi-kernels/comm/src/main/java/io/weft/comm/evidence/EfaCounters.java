package io.weft.comm.evidence;

import io.weft.fabric.EmulatedEfa;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The byte counters of this host's EFA devices ({@code hw_counters} of the kernel's driver), and of
 * the software device in this process.
 */
public final class EfaCounters {
  private EfaCounters() {}

  /**
   * Reads how many bytes each device has sent, for all processes of the host. The software device
   * counts for one process: each has a name of its own, which begins with {@link EmulatedEfa#NAME}.
   *
   * @return device name to bytes; empty without a device
   */
  public static Map<String, Long> bytesSent() {
    Map<String, Long> result = bytesSent(Path.of("/sys/class/infiniband"));
    if (EmulatedEfa.isThere()) {
      result.put(
          EmulatedEfa.NAME + " of process " + ProcessHandle.current().pid(),
          EmulatedEfa.bytesMoved());
    }
    return result;
  }

  static Map<String, Long> bytesSent(Path root) {
    Map<String, Long> result = new TreeMap<>();
    if (!Files.isDirectory(root)) {
      return result;
    }
    try (DirectoryStream<Path> devices = Files.newDirectoryStream(root)) {
      for (Path device : devices) {
        Path driver = device.resolve("device/driver");
        Path counter = device.resolve("ports/1/hw_counters/tx_bytes");
        if (Files.exists(driver)
            && driver.toRealPath().getFileName().toString().equals("efa")
            && Files.isReadable(counter)) {
          result.put(
              device.getFileName().toString(), Long.parseLong(Files.readString(counter).strip()));
        }
      }
    } catch (IOException vanished) {
      // A device that goes away while it is read is no evidence for anything.
      return new TreeMap<>();
    }
    return result;
  }
}
