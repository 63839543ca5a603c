package io.weft.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metadata service as the EC2 User Guide describes version 2: no answer without a token. */
class InstanceMetadataTest {
  private static final String TOKEN = "AQAEAtoken==";

  @TempDir private Path root;
  private final Map<String, String> items = new HashMap<>();
  private FabricatedMachine machine;
  private HttpServer server;
  private int requests;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    items.put("mac", "02:00:00:00:00:01");
    items.put("instance-id", "i-0abc");
    items.put("instance-type", "hpc7a.96xlarge");
    items.put("placement/availability-zone", "eu-west-1a");
    items.put("placement/group-name", "weft-a");
    items.put("network/interfaces/macs/02:00:00:00:00:01/security-group-ids", "sg-1\nsg-2");
    machine =
        new FabricatedMachine(root)
            .file("/proc/sys/kernel/hostname", "node-1")
            .file("/sys/class/dmi/id/sys_vendor", "Amazon EC2");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    requests++;
    String path = exchange.getRequestURI().getPath();
    String body = null;
    int status = 404;
    if (path.equals("/latest/api/token")) {
      boolean asked =
          exchange.getRequestMethod().equals("PUT")
              && exchange.getRequestHeaders().containsKey("X-aws-ec2-metadata-token-ttl-seconds");
      status = asked ? 200 : 400;
      body = asked ? TOKEN : null;
    } else if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token"))) {
      status = 401;
    } else {
      body = items.get(path.replaceFirst("^/latest/meta-data/", ""));
      status = body == null ? 404 : 200;
    }
    byte[] bytes = (body == null ? "" : body).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private InstanceMetadata service() {
    return new InstanceMetadata(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), 5000);
  }

  @Test
  @DisplayName("type, zone, group and security groups, by a token")
  void placement() {
    assertEquals(
        new Placement(
            "node-1", true, "i-0abc", "hpc7a.96xlarge", "eu-west-1a", "weft-a", "sg-1,sg-2", ""),
        service().placement(machine));
  }

  @Test
  @DisplayName("an instance in no placement group has none")
  void noGroup() {
    items.remove("placement/group-name");
    Placement found = service().placement(machine);
    assertEquals("", found.group());
    assertEquals("", found.failure());
    assertEquals("eu-west-1a", found.zone());
  }

  @Test
  @DisplayName("elsewhere than on EC2 nothing is asked")
  void elsewhere() throws IOException {
    machine.file("/sys/class/dmi/id/sys_vendor", "QEMU");
    assertEquals(Placement.elsewhere("node-1"), service().placement(machine));
    assertEquals(0, requests);
    machine.file("/sys/hypervisor/uuid", "ec2e1916-9099-7caf-fd21-012345abcdef");
    assertTrue(service().placement(machine).onEc2(), "Xen");
  }

  @Test
  @DisplayName("where the user has switched it off nothing is asked, and that is said")
  void off() {
    machine.with("AWS_EC2_METADATA_DISABLED", "true");
    assertTrue(service().placement(machine).failure().contains("AWS_EC2_METADATA_DISABLED"));
    assertEquals(0, requests);
  }

  @Test
  @DisplayName("a service that accepts and never answers costs no more than the deadline")
  void silent() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      URI address = URI.create("http://127.0.0.1:" + mute.getLocalPort());
      Placement found = new InstanceMetadata(address, 100).placement(machine);
      assertFalse(found.failure().isEmpty());
      assertTrue(found.failure().contains("does not answer"), found::failure);
    }
  }

  @Test
  @DisplayName("a service that refuses is told with its status")
  void refused() {
    items.clear();
    server.removeContext("/");
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(403, -1);
          exchange.close();
        });
    Placement found = service().placement(machine);
    assertTrue(found.failure().contains("403"), found::failure);
  }
}
