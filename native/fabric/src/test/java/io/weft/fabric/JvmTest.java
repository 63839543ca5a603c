package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What libfabric must not do to a JVM, tried on fresh ones. */
class JvmTest {
  private static final long DEADLINE_SECONDS = 60;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nullChecksAndTerminationWorkWithAnEndpointOfShm(boolean psmSwitchedOff) throws Exception {
    ProcessBuilder builder = ChildJvm.of(ShmChild.class.getName());
    for (String variable : List.of("IPATH_NO_BACKTRACE", "HFI_NO_BACKTRACE")) {
      if (psmSwitchedOff) {
        builder.environment().put(variable, "1");
      } else {
        builder.environment().remove(variable);
      }
    }
    Process child = builder.start();
    try (BufferedReader output = child.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = new ArrayList<>();
      String line = output.readLine();
      while (line != null && !line.equals(ShmChild.READY)) {
        lines.add(line);
        line = output.readLine();
      }
      assertEquals(ShmChild.READY, line, () -> String.join("\n", lines));
      assertTrue(filesOf(child.pid()).size() >= 2, "the child's endpoints have files");
      child.toHandle().destroy(); // SIGTERM; Process.destroy would close the output as well
      assertTrue(child.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS), "it ends");
      assertEquals(ShmChild.HOOK, output.readLine());
      assertEquals(143, child.exitValue());
      assertEquals(List.of(), filesOf(child.pid()));
    } finally {
      child.destroyForcibly();
    }
  }

  @Test
  void aMissingLibrarySaysWhatToDo() throws Exception {
    ProcessBuilder builder = ChildJvm.of(DiscoveryChild.class.getName(), "shm");
    builder.environment().put("WEFT_FABRIC_LIB", "/no/such/libfabric.so");
    String output = outputOf(builder);
    assertTrue(output.contains("/no/such/libfabric.so"), output);
    assertTrue(output.strip().endsWith("scripts/setup run"), output);
  }

  @Test
  void theVariableThatLimitsProvidersIsNamed() throws Exception {
    ProcessBuilder builder = ChildJvm.of(DiscoveryChild.class.getName(), "shm");
    builder.environment().put("FI_PROVIDER", "udp");
    String output = outputOf(builder);
    assertTrue(output.contains("FabricUnavailableException"), output);
    assertTrue(output.contains("FI_PROVIDER is set to \"udp\""), output);
  }

  @Test
  void symbolsHaveTheVersionsThatTheLayoutsAreOf() throws Exception {
    List<String> lines = outputOf(ChildJvm.of(VersionChild.class.getName())).lines().toList();
    System.out.println("[found] " + String.join(", ", lines));
    String state = lines.getFirst().startsWith("libfabric 1.17") ? "newest" : null;
    checkVersions(lines, state);
  }

  @Test
  void aNewerLibraryIsAskedForTheOlderLayouts() throws Exception {
    Path folder = Path.of(System.getProperty("user.home"), ".cache/weft/libfabric-2.1/lib");
    Path library = folder.resolve("libfabric.so.1");
    if (!Files.exists(library)) {
      System.out.println("[skipped] symbol versions of libfabric 2.1: there is no " + library);
      return;
    }
    ProcessBuilder builder = ChildJvm.of(VersionChild.class.getName());
    builder.environment().put("WEFT_FABRIC_LIB", library.toString());
    builder.environment().put("LD_LIBRARY_PATH", folder.toString());
    List<String> lines = outputOf(builder).lines().toList();
    System.out.println("[found] " + String.join(", ", lines));
    assertTrue(lines.getFirst().startsWith("libfabric 2.1 "), lines::toString);
    checkVersions(lines, "kept");
  }

  private static void checkVersions(List<String> lines, String state) {
    for (String name : List.of("fi_dupinfo", "fi_freeinfo", "fi_getinfo")) {
      String line = lines.stream().filter(each -> each.startsWith(name)).findFirst().orElse("");
      assertTrue(line.startsWith(name + "@FABRIC_1.3 "), lines::toString);
      if (state != null) {
        assertTrue(line.endsWith(state), lines::toString);
      }
    }
    assertTrue(lines.contains("fi_fabric@FABRIC_1.1 newest"), lines::toString);
    assertTrue(lines.contains("key 8 data 8"), lines::toString);
    assertEquals("100", lines.getLast());
  }

  private static String outputOf(ProcessBuilder builder) throws Exception {
    ChildJvm.Outcome outcome = ChildJvm.run(builder, DEADLINE_SECONDS);
    assertTrue(outcome.status() >= 0, outcome::output);
    return outcome.output();
  }

  private static List<Path> filesOf(long pid) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/dev/shm"))) {
      return files.filter(each -> each.getFileName().toString().contains(pid + ":")).toList();
    }
  }
}
