package io.weft.cli.doctor;

import io.weft.cli.ExitStatus;
import io.weft.cli.Json;
import io.weft.cli.Subcommand;
import io.weft.launch.Allocation;
import io.weft.launch.Network;
import io.weft.launch.RankEnvironment;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.node.ObjectNode;

/** {@code weft doctor}. */
@Command(
    name = "doctor",
    description = {
      "Says what is here and what runs would use: JDK, MPI, libfabric, network cards, EFA, limits,"
          + " storage, placement, credentials, and settings that are known to do harm.",
      "Which network MPI takes is found by starting ranks, on all hosts of a Slurm allocation or of"
          + " an AWS Batch job; that takes some seconds."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:no error was found, and the required network would be used",
      "1:an error was found",
      "2:wrong arguments",
      "3:the required network would not be used",
    })
public final class DoctorCommand implements Subcommand {
  private static final int FORMAT = 1;

  @Option(
      names = "--require",
      paramLabel = "efa|ena|shm",
      converter = RequiredConverter.class,
      description =
          "End with 3 unless MPI's messages would cross this network when 'weft run --network'"
              + " names it. ena is the kernel's TCP, as everywhere.")
  private Network require;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** Made by the service loader. */
  public DoctorCommand() {}

  @Override
  public Integer call() {
    Map<String, String> environment = System.getenv();
    if (RankEnvironment.isRank(environment)) {
      throw new ParameterException(
          spec.commandLine(), "weft doctor starts ranks of its own: call it outside of an mpirun");
    }
    Machine machine = HostMachine.here();
    Libraries libraries = Libraries.here(environment);
    int hosts = Allocation.hosts(environment);
    List<MpiAnswer> answers = new ArrayList<>();
    MpiNetworkProbe.Required required = null;
    if (!libraries.mpis().isEmpty()) {
      MpiQuestion question = new MpiQuestion(libraries.mpis().getFirst(), hosts, environment);
      answers.add(question.byItself());
      if (hosts == 1) {
        answers.add(question.byItselfWithoutMemory());
      }
      if (require != null) {
        required = new MpiNetworkProbe.Required(require, question.asRunWith(require));
      }
    } else if (require != null) {
      required =
          new MpiNetworkProbe.Required(require, MpiAnswer.failed("without MPI", "there is none"));
    }
    List<Finding> findings = new ArrayList<>();
    for (Probe probe : probes(machine, libraries, answers, required)) {
      findings.addAll(probe.look(machine));
    }
    print(findings, answers, required);
    if (required != null && !required.isMet()) {
      return ExitStatus.UNAVAILABLE;
    }
    boolean error = findings.stream().anyMatch(each -> each.severity() == Severity.ERROR);
    return error ? ExitStatus.FAILED : ExitStatus.OK;
  }

  private static List<Probe> probes(
      Machine machine,
      Libraries libraries,
      List<MpiAnswer> answers,
      MpiNetworkProbe.Required required) {
    Placement here = InstanceMetadata.ofEc2().placement(machine);
    List<Placement> everywhere =
        answers.isEmpty() || answers.getFirst().placements().isEmpty()
            ? List.of(here)
            : answers.getFirst().placements();
    List<Probe> probes =
        new ArrayList<>(
            List.of(
                JdkProbe.here(),
                new MpiProbe(libraries),
                new FabricProbe(libraries),
                new NetworkCardProbe(),
                new EfaDeviceProbe(libraries),
                new LimitsProbe(),
                new SharedMemoryProbe(),
                new HugePagesProbe(),
                new PlacementProbe(everywhere),
                new InstanceLimitsProbe(here),
                new StorageProbe(),
                new TrapProbe(),
                new EcsInterfaceProbe(),
                new SecurityGroupProbe(here),
                new MpiNetworkProbe(answers, libraries.efa(), required)));
    ServiceLoader.load(Probe.class, DoctorCommand.class.getClassLoader()).forEach(probes::add);
    return probes;
  }

  private void print(
      List<Finding> findings, List<MpiAnswer> answers, MpiNetworkProbe.Required required) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(json(findings, answers, required)));
    } else {
      for (Finding each : findings) {
        out.printf(Locale.ROOT, "%-8s %-15s %s%n", each.severity(), each.subject(), each.why());
        if (!each.toDo().isEmpty()) {
          out.printf(Locale.ROOT, "%24s -> %s%n", "", each.toDo());
        }
      }
      out.printf(
          Locale.ROOT,
          "%d ok, %d warnings, %d errors%n",
          count(findings, Severity.OK),
          count(findings, Severity.WARNING),
          count(findings, Severity.ERROR));
    }
    out.flush();
  }

  private static long count(List<Finding> findings, Severity severity) {
    return findings.stream().filter(each -> each.severity() == severity).count();
  }

  private static ObjectNode json(
      List<Finding> findings, List<MpiAnswer> answers, MpiNetworkProbe.Required required) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("format", FORMAT);
    if (required != null) {
      ObjectNode asked = node.putObject("required");
      asked.put("network", required.network().toString());
      asked.put("met", required.isMet());
      asked.set("mpi", required.answer().json());
    }
    for (Finding each : findings) {
      ObjectNode one = node.withArray("findings").addObject();
      one.put("subject", each.subject());
      one.put("severity", each.severity().toString());
      one.put("why", each.why());
      one.put("toDo", each.toDo());
    }
    answers.forEach(each -> node.withArray("mpi").add(each.json()));
    return node;
  }

  /** A network that can be required: auto is none. */
  static final class RequiredConverter implements ITypeConverter<Network> {
    @Override
    public Network convert(String value) {
      for (Network network : List.of(Network.EFA, Network.ENA, Network.SHM)) {
        if (network.toString().equals(value)) {
          return network;
        }
      }
      throw new TypeConversionException(
          "\"" + value + "\" cannot be required; there are: efa, ena, shm");
    }
  }
}
