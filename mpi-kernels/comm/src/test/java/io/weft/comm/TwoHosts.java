package io.weft.comm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Two hosts as far as messages can tell: network namespaces of this machine, joined by a veth pair
 * and nothing else. Needs root. Closing ends what runs in them and removes them.
 */
final class TwoHosts implements AutoCloseable {
  private static final long SECONDS = 20;

  private final String first;
  private final String second;
  private final Thread lastResort = new Thread(this::remove, "namespaces");

  private TwoHosts() {
    String mark = "weft" + ProcessHandle.current().pid();
    first = mark + "a";
    second = mark + "b";
  }

  /** Why this process cannot have any, or null if it can. */
  static String reasonAgainst() throws IOException, InterruptedException {
    if ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") != 0) {
      return "network namespaces need root";
    }
    try {
      String name = "weft" + ProcessHandle.current().pid() + "t";
      String added = output("ip", "netns", "add", name);
      output("ip", "netns", "del", name);
      return added.isEmpty() ? null : "ip netns add says: " + added;
    } catch (IOException missing) {
      return "there is no ip command: " + missing.getMessage();
    }
  }

  static TwoHosts make() throws IOException, InterruptedException {
    TwoHosts hosts = new TwoHosts();
    Runtime.getRuntime().addShutdownHook(hosts.lastResort);
    try {
      hosts.join();
      return hosts;
    } catch (IOException | InterruptedException | RuntimeException failed) {
      hosts.close();
      throw failed;
    }
  }

  private void join() throws IOException, InterruptedException {
    must("ip", "netns", "add", first);
    must("ip", "netns", "add", second);
    must(
        "ip", "-n", first, "link", "add", "v0", "type", "veth", "peer", "name", "v0", "netns",
        second);
    must("ip", "-n", first, "addr", "add", firstAddress() + "/30", "dev", "v0");
    must("ip", "-n", second, "addr", "add", secondAddress() + "/30", "dev", "v0");
    for (String name : List.of(first, second)) {
      must("ip", "-n", name, "link", "set", "lo", "up");
      must("ip", "-n", name, "link", "set", "v0", "up");
    }
    for (String name : List.of(first, second)) {
      awaitRunning(name);
    }
  }

  /** The kernel notes the carrier some time after the command has returned. */
  private static void awaitRunning(String name) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    String link = output("ip", "-n", name, "-o", "link", "show", "v0");
    while (!link.contains(" state UP ")) {
      if (System.nanoTime() > deadline) {
        throw new IOException("v0 of " + name + " does not come up: " + link);
      }
      Thread.sleep(20);
      link = output("ip", "-n", name, "-o", "link", "show", "v0");
    }
  }

  /** Of the range for tests of networks (RFC 2544). */
  String firstAddress() {
    return "198.18.77.1";
  }

  String secondAddress() {
    return "198.18.77.2";
  }

  /** A command as the first host runs it. */
  List<String> onFirst(List<String> command) {
    List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", first));
    inside.addAll(command);
    return inside;
  }

  /** Stands in for ssh to the second host, which has a name of its own. */
  Path agent(Path directory) throws IOException {
    Path script = directory.resolve("agent");
    Files.writeString(
        script,
        """
        #!/bin/sh
        shift
        exec ip netns exec %s unshare --uts sh -c "hostname weft-second; $*"
        """
            .formatted(second));
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private static void must(String... command) throws IOException, InterruptedException {
    String said = output(command);
    if (!said.isEmpty()) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
  }

  private static String output(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes()).strip();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(Arrays.toString(command) + " hangs");
    }
    return text;
  }

  private void remove() {
    for (String name : List.of(first, second)) {
      try {
        for (String pid : output("ip", "netns", "pids", name).split("\\s+")) {
          if (pid.matches("\\d+")) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
          }
        }
        output("ip", "netns", "del", name);
      } catch (IOException | InterruptedException gone) {
        // The other one is still to be removed.
      }
    }
  }

  @Override
  public void close() {
    remove();
    Runtime.getRuntime().removeShutdownHook(lastResort);
  }
}
