package io.weft.cli;

import io.weft.kernels.Kernel;
import io.weft.kernels.Kernels;
import io.weft.kernels.ProblemClass;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code weft list}. */
@Command(
    name = "list",
    description =
        "Lists the kernels: what they compute, how they communicate, on how many ranks they run,"
            + " their classes and the memory that one rank needs.",
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
      kernels.forEach(kernel -> array.add(json(kernel)));
      spec.commandLine().getOut().println(Json.text(array));
      return ExitStatus.OK;
    }
    kernels.forEach(kernel -> print(kernel, spec.commandLine().getOut()));
    return ExitStatus.OK;
  }

  private static ObjectNode json(Kernel kernel) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("name", kernel.name());
    node.put("summary", kernel.summary());
    node.put("communication", kernel.communication());
    node.put("ranks", kernel.rankRule().toString());
    ArrayNode modules = node.putArray("jvmModules");
    kernel.jvmModules().forEach(modules::add);
    ArrayNode classes = node.putArray("classes");
    for (ProblemClass one : kernel.classes()) {
      ObjectNode problem = classes.addObject();
      problem.put("name", one.name());
      problem.put("parameters", one.parameters());
      problem.put("operations", one.operations());
      problem.put("memoryOnOneRankBytes", kernel.memoryPerRankBytes(one.name(), 1));
    }
    return node;
  }

  private static void print(Kernel kernel, PrintWriter out) {
    out.printf(Locale.ROOT, "%-8s %s%n", kernel.name(), kernel.summary());
    out.printf(Locale.ROOT, "         communicates: %s%n", kernel.communication());
    out.printf(Locale.ROOT, "         runs on %s of ranks%n", kernel.rankRule());
    for (ProblemClass one : kernel.classes()) {
      out.printf(
          Locale.ROOT,
          "         class %s: %s; %.3g operations; %,.1f MiB on one rank%n",
          one.name(),
          one.parameters(),
          one.operations(),
          (double) kernel.memoryPerRankBytes(one.name(), 1) / MIB);
    }
  }
}
