package io.weft.bench.driver;

import io.weft.bench.peer.AbsentException;
import io.weft.bench.peer.MeasuredVia;
import io.weft.bench.program.CPeer;
import io.weft.bench.program.CPeerOutput;
import io.weft.bench.program.FiPingPong;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs one program in C for one cell; Weft's own are built when they are first needed. */
final class NativeFork implements AutoCloseable {
  private static final int FEWEST_ROUND_TRIPS = 100;
  private static final int MOST_ROUND_TRIPS = 1_000_000;

  private final Map<CPeer.Library, CPeer> programs = new HashMap<>();
  private final Effort effort;
  private final Jobs jobs;
  private final double deadlineSeconds;

  NativeFork(Effort effort, Jobs jobs, double deadlineSeconds) {
    this.effort = effort;
    this.jobs = jobs;
    this.deadlineSeconds = deadlineSeconds;
  }

  Forked run(CellPlan cell, Path directory) throws FailedFork, InterruptedException {
    try {
      return cell.via() == MeasuredVia.FI_PINGPONG ? pingPong(cell) : program(cell, directory);
    } catch (AbsentException notHere) {
      return Forked.absent(notHere.getMessage());
    } catch (IOException failed) {
      // A compiler that is not there, or words that are not the program's: this cell's alone.
      throw new FailedFork(failed.getMessage());
    }
  }

  private Forked program(CellPlan cell, Path directory)
      throws FailedFork, IOException, InterruptedException {
    CPeer.Library library =
        cell.via() == MeasuredVia.C_LIBFABRIC ? CPeer.Library.LIBFABRIC : CPeer.Library.MPI;
    List<String> command =
        program(library)
            .command(
                cell.pattern(),
                cell.key().bytes(),
                new CPeer.Plan(
                    cell.batch(),
                    effort.warmupsOfEqualLength(),
                    effort.iterations(),
                    effort.seconds()),
                provider(cell));
    ProcessBuilder builder = jobs.start(cell, command);
    Path errors = directory.resolve("errors");
    builder.redirectError(errors.toFile());
    String output;
    int status;
    boolean late;
    Process launcher = builder.start();
    Files.writeString(ForkScript.pid(directory), Long.toString(launcher.pid()));
    double patience = effort.total() + deadlineSeconds;
    try (ForkEnd end = new ForkEnd(ForkScript.pid(directory), patience)) {
      output = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      status = launcher.waitFor();
      late = end.isLate();
    }
    if (status != 0 || late) {
      throw new FailedFork(
          (late ? "ended after %.0f s (--deadline)%n".formatted(patience) : "")
              + String.join(" ", builder.command())
              + " ended with status "
              + status
              + "\n"
              + output
              + Files.readString(errors));
    }
    CPeerOutput read = CPeerOutput.parse(library, output);
    return read.absent() != null
        ? Forked.absent(read.absent())
        : new Forked(
            null, read.nanos(), read.percentiles(), 0, read.checksum(), 0, read.found(), null);
  }

  /**
   * libfabric's own program has no time to run for, so that a short run finds how many it takes.
   */
  private Forked pingPong(CellPlan cell) throws IOException, InterruptedException {
    if (!jobs.isOneHost()) {
      return Forked.absent(
          "fi_pingpong is started on one host here; between hosts start it by hand");
    }
    double patience = effort.seconds() + deadlineSeconds;
    FiPingPong program = FiPingPong.find(System.getenv());
    String provider = provider(cell);
    long bytes = cell.key().bytes();
    FiPingPong.Result result = program.run(provider, bytes, FEWEST_ROUND_TRIPS, patience);
    double trips = effort.seconds() * 1e9 / (2 * result.nanos());
    int count = (int) Math.clamp(trips, FEWEST_ROUND_TRIPS, MOST_ROUND_TRIPS);
    List<Double> nanos = new ArrayList<>();
    for (int i = 0; i < effort.iterations(); i++) {
      result = program.run(provider, bytes, count, patience);
      nanos.add(result.nanos());
    }
    return new Forked(null, nanos, null, 0, "", 0, result.found(), null);
  }

  private static String provider(CellPlan cell) {
    return cell.provider().isEmpty() ? NetworkHere.provider(cell.network()) : cell.provider();
  }

  private CPeer program(CPeer.Library library) throws IOException {
    CPeer program = programs.get(library);
    if (program == null) {
      program = CPeer.build(library, compiler());
      programs.put(library, program);
    }
    return program;
  }

  /** The compiler that belongs to the launcher: beside it, with the same ending. */
  private String compiler() {
    Path launcher = jobs.mpi().mpirun();
    String ending = jobs.mpi().vendor().name().equals("MPICH") ? ".mpich" : ".openmpi";
    for (String name : List.of("mpicc" + ending, "mpicc")) {
      Path beside = launcher.resolveSibling(name);
      if (Files.isExecutable(beside)) {
        return beside.toString();
      }
    }
    return "mpicc";
  }

  @Override
  public void close() throws IOException {
    for (CPeer program : programs.values()) {
      program.close();
    }
  }
}
