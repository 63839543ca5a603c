package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;

/** What the command says of itself. */
class HelpTest {
  @TempDir private Path directory;

  private String out(String... arguments) throws Exception {
    return WeftProcess.of(directory, arguments).deadline(20).run().assertOk().out();
  }

  private static void assertExitStatus(String help) {
    assertTrue(help.contains("Exit status:"), help);
    for (String status : List.of("0  ", "1  ", "2  ", "3  ", "130, 143  ")) {
      assertTrue(help.contains("\n  " + status), help);
    }
  }

  @Test
  @DisplayName("weft --help names the commands and the exit statuses")
  void weft() throws Exception {
    String help = out("--help");
    assertTrue(help.contains("\n  list  "), help);
    assertTrue(help.contains("\n  run   "), help);
    assertExitStatus(help);
  }

  @Test
  @DisplayName("weft run --help names every option, each axis's words, and the exit statuses")
  void run() throws Exception {
    String help = out("run", "--help");
    for (OptionSpec option :
        Weft.commandLine().getSubcommands().get("run").getCommandSpec().options()) {
      if (!option.hidden()) {
        assertTrue(help.contains(option.longestName()), option + " is not in " + help);
      }
    }
    assertTrue(help.contains("mpi|libfabric"), help);
    assertTrue(help.contains("shm|same"), help);
    assertTrue(help.matches("(?s).*One of [^;]*cg, ep,[^;]*is.*"), help);
    assertTrue(help.contains("openmpi|mpich"), help);
    assertExitStatus(help);
  }

  @Test
  @DisplayName("weft --version names Weft and Java, for each command")
  void version() throws Exception {
    for (String[] arguments : List.of(new String[] {"--version"}, new String[] {"run", "-V"})) {
      assertTrue(
          out(arguments)
              .matches("(?s)weft \\d+\\.\\d+.*\nJava " + Runtime.version().feature() + ".*"));
    }
  }

  @Test
  @DisplayName("weft list names each kernel, its classes, and memory that grows with them")
  void list() throws Exception {
    String list = out("list");
    assertTrue(list.contains("cg       NPB CG"), list);
    assertTrue(list.contains("class S: "), list);
    for (String kernel : List.of("cg", "ep", "ft", "is")) {
      assertTrue(list.contains("\n" + kernel + "  ") || list.startsWith(kernel + "  "), list);
    }
    assertTrue(list.contains("runs on any number of ranks"), list);
    assertTrue(list.contains("runs on a power of two of ranks"), list);
    assertTrue(list.contains("class A: 2^23 keys below 2^19, 10 iterations; "), list);
    assertTrue(list.contains("communicates: "), list);
    JsonNode json = Json.MAPPER.readTree(out("list", "--json"));
    JsonNode cg =
        json.valueStream().filter(k -> k.get("name").asString().equals("cg")).findFirst().get();
    assertEquals("a power of two", cg.get("ranks").asString());
    JsonNode classes = cg.get("classes");
    assertEquals("B", classes.get(3).get("name").asString());
    long s = classes.get(0).get("memoryOnOneRankBytes").asLong();
    long b = classes.get(3).get("memoryOnOneRankBytes").asLong();
    // Class B has 13,708,072 nonzeros (NPB 2.3, cg.B.1), of 12 bytes each.
    assertTrue(s > 0 && b > 13_708_072L * 12, list);
  }

  @Test
  @DisplayName("a subcommand that another module brings is found")
  void subcommand() throws Exception {
    assertEquals("found\n", out("test-subcommand"));
  }
}
