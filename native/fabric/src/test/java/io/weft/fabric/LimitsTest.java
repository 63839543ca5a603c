package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.fabric.ChildJvm.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the system does not allow is an exception that says how to mend it; in JVMs of their own.
 */
class LimitsTest {
  private static final long DEADLINE_SECONDS = 60;
  private static final int LIMIT = 65_536;

  private static boolean works(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  private static Outcome run(List<String> starter, Map<String, String> variables, String... rest)
      throws Exception {
    ProcessBuilder builder = ChildJvm.under(starter, EndpointChild.class.getName(), rest);
    builder.environment().putAll(variables);
    Outcome outcome = ChildJvm.run(builder, DEADLINE_SECONDS);
    assertEquals(0, outcome.status(), outcome::output);
    assertTrue(outcome.output().contains(EndpointChild.END), outcome::output);
    return outcome;
  }

  /**
   * With 64 KiB to lock, a buffer cannot be registered, and efa cannot register its own: it would
   * end the process by {@code abort} at the first poll.
   */
  @Test
  void tooLittleLockedMemoryIsAnException() throws Exception {
    List<String> starter =
        List.of(
            "prlimit",
            "--memlock=" + LIMIT,
            "setpriv",
            "--bounding-set=-ipc_lock",
            "--inh-caps=-ipc_lock");
    List<String> trial = new ArrayList<>(starter);
    trial.add("true");
    if (!works(trial)) {
      System.out.println("[skipped] locked memory: " + String.join(" ", trial) + " fails here");
      return;
    }
    Map<String, String> device = io.weft.testing.EmulatedEfa.variables("limits");
    if (device.isEmpty()) {
      return; // variables() has printed why
    }
    Map<String, String> variables = new TreeMap<>(device);
    variables.put("WEFT_EFA_MEMLOCK", "enforce");
    String output = run(starter, variables, "efa", "1000000").output();
    List<String> lines = output.lines().toList();
    assertTrue(lines.get(0).contains("fi_mr_reg failed: Cannot allocate memory"), output);
    assertTrue(lines.get(1).contains("the provider's work for the endpoint"), output);
    for (String line : lines.subList(0, 2)) {
      assertTrue(line.contains("may lock " + LIMIT + " bytes"), output);
      assertTrue(line.contains("ulimit -l unlimited"), output);
      assertTrue(line.contains("/etc/security/limits.conf"), output);
      assertTrue(line.contains("PropagateResourceLimits"), output);
    }
    variables.put("WEFT_EFA_MEMLOCK", "ignore");
    output = run(starter, variables, "efa", "1000000").output();
    assertEquals(List.of("registered", "polled", EndpointChild.END), output.lines().toList());
  }

  /** As root too: without the capability to override, the mode of the folder holds. */
  @ParameterizedTest
  @CsvSource({
    "mode=0555, fi_enable failed: Permission denied, mode r-xr-xr-x",
    "ro, fi_enable failed: Read-only file system, mode rwxrwxrwx",
    "size=1m, provider shm, 1048576 bytes free",
  })
  void withoutSharedMemoryShmIsAnException(String mount, String failure, String state)
      throws Exception {
    List<String> starter = new ArrayList<>(List.of("unshare", "--mount"));
    if (!"root".equals(System.getProperty("user.name"))) {
      starter.add("--map-root-user");
    }
    starter.addAll(
        List.of(
            "sh",
            "-c",
            "mount -t tmpfs -o "
                + mount
                + " none /dev/shm && exec setpriv --bounding-set=-dac_override,-dac_read_search"
                + " --inh-caps=-dac_override,-dac_read_search \"$@\"",
            "sh"));
    List<String> trial = new ArrayList<>(starter);
    trial.add("true");
    if (!works(trial)) {
      System.out.println("[skipped] /dev/shm: no mount namespace of our own (unshare) here");
      return;
    }
    String output = run(starter, Map.of(), "shm").output();
    assertTrue(output.contains(failure), output);
    assertTrue(output.contains("/dev/shm"), output);
    assertTrue(output.contains(state), output);
    assertTrue(output.contains("mode 1777"), output);
  }
}
