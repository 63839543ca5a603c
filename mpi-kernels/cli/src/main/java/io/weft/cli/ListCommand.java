package io.weft.cli;

import io.weft.kernels.Kernel;
import io.weft.kernels.Kernels;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code weft list}. */
@Command(
    name = "list",
    description = "Lists the kernels, their classes and the memory that one rank needs.",
    mixinStandardHelpOptions = true)
public final class ListCommand implements Subcommand {
  private static final long MIB = 1 << 20;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** Made by the service loader. */
  public ListCommand() {}

  @Override
  public Integer call() {
    List<Kernel> kernels = Kernels.all();
    if (json) {
      ArrayNode array = Json.MAPPER.createArrayNode();
      for (Kernel kernel : kernels) {
        ObjectNode node = array.addObject().put("name", kernel.name());
        node.put("summary", kernel.summary());
        ObjectNode memory = node.putObject("memoryOnOneRankBytes");
        kernel.problemClasses().forEach(c -> memory.put(c, kernel.memoryPerRankBytes(c, 1)));
      }
      spec.commandLine().getOut().println(Json.text(array));
      return ExitStatus.OK;
    }
    for (Kernel kernel : kernels) {
      spec.commandLine().getOut().printf("%-8s %s%n", kernel.name(), kernel.summary());
      for (String c : kernel.problemClasses()) {
        double mib = (double) kernel.memoryPerRankBytes(c, 1) / MIB;
        spec.commandLine().getOut().printf("         class %s: %,.1f MiB on one rank%n", c, mib);
      }
    }
    return ExitStatus.OK;
  }
}
