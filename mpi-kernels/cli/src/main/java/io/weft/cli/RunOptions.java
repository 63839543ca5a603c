package io.weft.cli;

import io.weft.kernels.CheckpointPlan;
import io.weft.kernels.Kernel;
import io.weft.kernels.Kernels;
import io.weft.launch.Intra;
import io.weft.launch.MpiVendor;
import io.weft.launch.Network;
import io.weft.launch.Via;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code weft run}, as picocli fills them in. */
final class RunOptions {
  @Parameters(
      index = "0",
      paramLabel = "KERNEL",
      completionCandidates = KernelNames.class,
      description = "One of ${COMPLETION-CANDIDATES}; 'weft list' says what each does.")
  String kernel;

  @Option(
      names = "--class",
      paramLabel = "CLASS",
      defaultValue = "S",
      description = "The problem class (default ${DEFAULT-VALUE}).")
  String problemClass;

  @Option(
      names = {"-n", "--ranks"},
      paramLabel = "N",
      description =
          "The number of ranks (default 1); inside an mpirun, what it started, which --ranks must"
              + " equal if given.")
  Integer ranks;

  @Option(
      names = "--via",
      paramLabel = "mpi|libfabric",
      defaultValue = "mpi",
      converter = ViaConverter.class,
      description = "The library that messages go through (default mpi).")
  Via via;

  @Option(
      names = "--network",
      paramLabel = "NETWORK",
      defaultValue = "auto",
      converter = NetworkConverter.class,
      description =
          "What messages cross between hosts: auto (efa, then ena), efa, ena (the kernel's TCP),"
              + " shm (one host). A network asked for by name is used or the run fails.")
  Network network;

  @Option(
      names = "--intra",
      paramLabel = "shm|same",
      converter = IntraConverter.class,
      description =
          "What ranks of one host use: shm, or same as between hosts. Default shm; where all ranks"
              + " are on one host and --network names ena or efa: same, or nothing would cross it.")
  Intra intra;

  @Option(names = "--chosen", hidden = true, description = "Why auto came to this network.")
  String chosen;

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "With --via libfabric: the provider for the network, such as 'tcp;ofi_rxm'.")
  String provider;

  @Option(
      names = "--mpi",
      paramLabel = "openmpi|mpich",
      converter = MpiConverter.class,
      description = "The MPI that starts the ranks (default: the first found).")
  MpiVendor mpi;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where the result bundle goes; a directory that is empty or not there (default:"
              + " weft-out/<run>).")
  Path out;

  @Option(
      names = "--bundle",
      paramLabel = "DIR",
      description =
          "Like --out, for a run that must not be lost: the folder holds running.json from the"
              + " start, and whatever ends the run leaves a bundle that is marked as failed.")
  Path bundle;

  @Option(
      names = "--publish",
      description =
          "Announce the bundle to the results pipeline when the run has ended, well or not (see"
              + " 'weft results announce --help').")
  boolean publish;

  @Option(
      names = "--compare",
      split = ",",
      paramLabel = "NETWORK",
      converter = NetworkConverter.class,
      description = "Run over each of these networks in turn and print one table.")
  List<Network> compare = new ArrayList<>();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "With --compare: how often each network has its turn (default 3).")
  int rounds;

  @Option(
      names = "--checkpoint",
      paramLabel = "EVERY",
      defaultValue = "0",
      description =
          "Write a checkpoint after so many iterations (steps of jacobi2d); the last two are kept.")
  int checkpoint;

  @Option(
      names = "--resume",
      description =
          "Continue from the newest checkpoint that every rank finds whole; same kernel, class and"
              + " number of ranks.")
  boolean resume;

  @Option(
      names = "--checkpoints",
      paramLabel = "DIR",
      defaultValue = "weft-checkpoints",
      description = "Where checkpoints are (default ${DEFAULT-VALUE}).")
  Path checkpoints;

  @Option(
      names = "--trace",
      description =
          "Also write trace.json into the bundle: what each rank did when, phase by phase, for a"
              + " viewer of Chrome's trace format (chrome://tracing, Perfetto).")
  boolean trace;

  @Option(names = "--json", description = "Print the result as JSON instead of a report.")
  boolean json;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      description = "The heap of each rank, such as 2g (default: from the kernel's needs).")
  String heap;

  @Option(
      names = "--cpus",
      paramLabel = "N",
      description = "The processors that each rank's JVM reckons with (default: its share).")
  Integer cpus;

  @Option(
      names = "--gc",
      paramLabel = "NAME",
      description = "The collector of each rank: Serial, Parallel, G1, Z (default: by --cpus).")
  String collector;

  @Option(
      names = "--bind",
      paramLabel = "core|none",
      description = "Bind each rank to a core (default: where there are cores for all).")
  String bind;

  @Option(
      names = "--yield",
      paramLabel = "true|false",
      arity = "1",
      description = "Let a waiting rank yield (default: where ranks outnumber cores).")
  Boolean yield;

  @Option(
      names = "--jvm",
      paramLabel = "FLAG",
      description = "One more flag for each rank's JVM; may be repeated, and wins.")
  List<String> jvm = new ArrayList<>();

  @Option(
      names = "--mpirun-arg",
      paramLabel = "ARG",
      description = "One more argument for mpirun; may be repeated.")
  List<String> mpirunArguments = new ArrayList<>();

  /** What the options say of checkpoints. */
  CheckpointPlan checkpointPlan() {
    return new CheckpointPlan(checkpoints.toAbsolutePath(), checkpoint, resume);
  }

  /** The kernels that there are. */
  static final class KernelNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Kernels.all().stream().map(Kernel::name).iterator();
    }
  }

  /** Words of the axis, with the legal ones in the message. */
  static final class ViaConverter implements ITypeConverter<Via> {
    @Override
    public Via convert(String value) {
      return convertOrExplain(() -> Via.of(value));
    }
  }

  /** Words of the axis, with the legal ones in the message. */
  static final class NetworkConverter implements ITypeConverter<Network> {
    @Override
    public Network convert(String value) {
      return convertOrExplain(() -> Network.of(value));
    }
  }

  /** Words of the axis, with the legal ones in the message. */
  static final class IntraConverter implements ITypeConverter<Intra> {
    @Override
    public Intra convert(String value) {
      return convertOrExplain(() -> Intra.of(value));
    }
  }

  /** Words of the axis, with the legal ones in the message. */
  static final class MpiConverter implements ITypeConverter<MpiVendor> {
    @Override
    public MpiVendor convert(String value) {
      return convertOrExplain(() -> MpiVendor.of(value));
    }
  }

  private static <T> T convertOrExplain(Supplier<T> conversion) {
    try {
      return conversion.get();
    } catch (IllegalArgumentException unknown) {
      throw new TypeConversionException(unknown.getMessage());
    }
  }
}
