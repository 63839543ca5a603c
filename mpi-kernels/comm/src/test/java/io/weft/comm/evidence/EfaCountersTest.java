package io.weft.comm.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counters of made-up devices. */
class EfaCountersTest {
  @TempDir Path root;

  private Path device(String name, String driver) throws IOException {
    Path drivers = Files.createDirectories(root.resolve("drivers").resolve(driver));
    Path device = root.resolve("infiniband").resolve(name);
    Files.createDirectories(device.resolve("device"));
    Files.createSymbolicLink(device.resolve("device/driver"), drivers);
    return device;
  }

  private void counter(Path device, String bytes) throws IOException {
    Path counters = Files.createDirectories(device.resolve("ports/1/hw_counters"));
    Files.writeString(counters.resolve("tx_bytes"), bytes + "\n");
  }

  private Map<String, Long> found() {
    return EfaCounters.bytesSent(root.resolve("infiniband"));
  }

  @Test
  void eachEfaDeviceHasItsCount() throws IOException {
    counter(device("rdmap0s6", "efa"), "123456789012");
    counter(device("rdmap16s27", "efa"), "0");
    assertEquals(Map.of("rdmap0s6", 123456789012L, "rdmap16s27", 0L), found());
  }

  @Test
  void devicesOfOtherDriversAreLeftOut() throws IOException {
    counter(device("mlx5_0", "mlx5_core"), "5");
    assertEquals(Map.of(), found());
  }

  @Test
  void devicesWithoutCountersAreLeftOut() throws IOException {
    device("rdmap0s6", "efa");
    counter(device("rdmap1s6", "efa"), "7");
    assertEquals(Map.of("rdmap1s6", 7L), found());
  }

  @Test
  void hostWithoutDevicesHasNone() {
    assertEquals(Map.of(), found());
  }
}
