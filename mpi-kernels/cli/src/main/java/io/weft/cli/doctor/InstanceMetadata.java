package io.weft.cli.doctor;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * The instance metadata service, version 2: a token first, then each item with it. Not through the
 * AWS SDK, which the command would otherwise load for five words.
 *
 * @param service its address; a test names one of its own
 * @param timeoutMillis for each of connecting and reading
 */
record InstanceMetadata(URI service, int timeoutMillis) {
  private static final URI LINK_LOCAL = URI.create("http://169.254.169.254");
  private static final int TIMEOUT_MILLIS = 1000;
  private static final String TOKEN_SECONDS = "60";
  private static final String SWITCH = "AWS_EC2_METADATA_DISABLED";

  static InstanceMetadata ofEc2() {
    return new InstanceMetadata(LINK_LOCAL, TIMEOUT_MILLIS);
  }

  /** Asks, if this is an instance: elsewhere the address leads anywhere. Blocks for seconds. */
  Placement placement(Machine machine) {
    String name = machine.text("/proc/sys/kernel/hostname");
    String host = name == null ? "this host" : name;
    if (!isEc2(machine)) {
      return Placement.elsewhere(host);
    }
    if ("true".equalsIgnoreCase(machine.environment().get(SWITCH))) {
      return Placement.unknown(host, SWITCH + "=true");
    }
    try {
      String token = request("PUT", "/latest/api/token", null);
      String mac = request("GET", "/latest/meta-data/mac", token);
      return new Placement(
          host,
          true,
          request("GET", "/latest/meta-data/instance-id", token),
          request("GET", "/latest/meta-data/instance-type", token),
          request("GET", "/latest/meta-data/placement/availability-zone", token),
          request("GET", "/latest/meta-data/placement/group-name", token),
          request(
                  "GET",
                  "/latest/meta-data/network/interfaces/macs/" + mac + "/security-group-ids",
                  token)
              .replaceAll("\\s+", ","),
          "");
    } catch (IOException silent) {
      return Placement.unknown(host, service + " does not answer: " + silent.getMessage());
    }
  }

  /** What the hypervisor puts into the firmware's tables: Nitro, then Xen. */
  static boolean isEc2(Machine machine) {
    String vendor = machine.text("/sys/class/dmi/id/sys_vendor");
    String uuid = machine.text("/sys/hypervisor/uuid");
    return "Amazon EC2".equals(vendor) || uuid != null && uuid.startsWith("ec2");
  }

  /** An item that is not there is empty: only instances in a group have a group. */
  private String request(String method, String path, String token) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) service.resolve(path).toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(timeoutMillis);
    connection.setReadTimeout(timeoutMillis);
    connection.setRequestMethod(method);
    if (token == null) {
      connection.setRequestProperty("X-aws-ec2-metadata-token-ttl-seconds", TOKEN_SECONDS);
    } else {
      connection.setRequestProperty("X-aws-ec2-metadata-token", token);
    }
    try (InputStream body = connection.getInputStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (FileNotFoundException absent) {
      return "";
    } finally {
      connection.disconnect();
    }
  }
}
