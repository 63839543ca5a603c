package io.weft.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A result with everything that a page can show. Its numbers are made up, and it says so. */
public final class SyntheticPage {
  private static final long[] SIZES = {8, 64, 512, 4096, 32_768, 262_144, 1_048_576};

  private final Synthetic cells;
  private final List<Cell> all = new ArrayList<>();

  private SyntheticPage(long seed) {
    cells = new Synthetic(seed);
  }

  /** What a message takes: a start and so much for each byte (R. Hockney, 1994). */
  private record Line(
      String found,
      String asked,
      Map<String, String> parameters,
      double startNanos,
      double bytesPerNano) {
    double nanos(long bytes, double startFactor) {
      return startNanos * startFactor + bytes / bytesPerNano;
    }
  }

  /** Tells what crossed no card from what did, both asked for by one name. */
  private static final Map<String, String> ONE_HOST = Map.of("hosts", "1");

  private static final Line EFA = new Line("efa", "efa", Map.of(), 16_000, 11.5);
  private static final Line ENA = new Line("ena", "ena", Map.of(), 24_000, 1.2);
  private static final Line SHM = new Line("shm", "shm", Map.of(), 120, 24);
  private static final Line EMULATED = new Line("efa (emulated)", "efa", ONE_HOST, 90_000, 0.4);
  private static final Line LOOPBACK = new Line("tcp (lo)", "ena", ONE_HOST, 5_800, 6);

  /**
   * A file of hardware, shared memory, and what has a section of its own.
   *
   * @return the file
   */
  public static ResultFile result() {
    SyntheticPage page = new SyntheticPage(2026);
    List<String> ways =
        List.of(
            "mpi",
            "c-mpi",
            "openmpi-java",
            "libfabric",
            "c-libfabric",
            "fi_pingpong",
            "aeron",
            "nio");
    for (String via : ways) {
      page.addPatterns(via, ENA);
      page.addPatterns(via, SHM);
      page.addPatterns(via, LOOPBACK);
      if (!via.equals("aeron") && !via.equals("nio")) {
        page.addPatterns(via, EFA);
        page.addPatterns(via, EMULATED);
      }
    }
    page.addKernels();
    page.addCalls();
    List<AbsentCell> absent = new ArrayList<>();
    for (long bytes : SIZES) {
      absent.add(
          new AbsentCell(
              Synthetic.key("PingPong", "jucx", "ena", bytes),
              "jucx 1.17 does not load: libjucx.so: cannot open shared object file"));
      absent.add(
          new AbsentCell(
              Synthetic.key("PingPong", "aeron", "efa", bytes), "Aeron has no way over EFA"));
    }
    return page.cells.file(
        Synthetic.environment("These numbers are synthetic: nobody has measured them."),
        page.all,
        absent);
  }

  /** Java starts a little later than C, through JNI later still. */
  private static double start(String via) {
    return switch (via) {
      case "mpi" -> 1.05;
      case "openmpi-java" -> 1.30;
      case "libfabric" -> 0.95;
      case "c-libfabric", "fi_pingpong" -> 0.90;
      case "aeron" -> 1.4;
      case "nio" -> 1.15;
      default -> 1;
    };
  }

  private void addPatterns(String via, Line line) {
    double start = start(via);
    for (long bytes : SIZES) {
      // Over EFA through MPI short messages start late, so that the curves cross.
      double late = line == EFA && via.contains("mpi") ? 1.7 : 1;
      double nanos = line.nanos(bytes, start * late);
      all.add(cells.cell(key("PingPong", via, line, bytes, 2), line.found(), nanos));
      if (List.of("fi_pingpong", "aeron", "nio").contains(via)) {
        continue;
      }
      double windowed = line.nanos(bytes, 0.05 * start);
      add("Bandwidth", via, line, bytes, Quantity.BANDWIDTH, bytes, "message", windowed);
      if (line != EMULATED) {
        add("Allreduce", via, line, bytes, Quantity.TIME, 1, "all-reduce", 2.3 * nanos);
        add("Halo2d", via, line, bytes, Quantity.TIME, 1, "exchange", 3.1 * nanos);
      }
    }
    if (List.of("mpi", "c-mpi", "libfabric", "c-libfabric").contains(via)) {
      add("MessageRate", via, line, 8, Quantity.RATE, 1, "message", 0.01 * line.nanos(8, start));
      add("Barrier", via, line, 0, Quantity.TIME, 1, "barrier", 1.6 * line.nanos(8, start));
    }
  }

  private void add(
      String benchmark,
      String via,
      Line line,
      long bytes,
      Quantity quantity,
      double perOperation,
      String operation,
      double nanos) {
    all.add(
        cells.cell(
            key(benchmark, via, line, bytes, 2),
            quantity,
            perOperation,
            operation,
            line.found(),
            nanos));
  }

  private static CellKey key(String benchmark, String via, Line line, long bytes, int ranks) {
    return new CellKey(benchmark, line.parameters(), via, line.asked(), bytes, ranks);
  }

  private void addKernels() {
    for (String kernel : List.of("cg", "mg")) {
      Map<String, String> parameters = Map.of("kernel", kernel, "class", "B");
      double work = kernel.equals("cg") ? 5.47e10 : 1.88e10;
      for (String via : List.of("mpi", "libfabric")) {
        addKernel(parameters, via, "shm", "self", 1, work, 18e9);
        addKernel(parameters, via, "efa", "efa", 4, work, 5.0e9);
        addKernel(parameters, via, "ena", "ena", 4, work, 6.9e9);
        addKernel(parameters, via, "shm", "shm", 4, work, 4.8e9);
        addKernel(parameters, via, "ena", "tcp (lo)", 2, work, 9.9e9);
      }
    }
  }

  private void addKernel(
      Map<String, String> parameters,
      String via,
      String asked,
      String found,
      int ranks,
      double work,
      double nanos) {
    all.add(
        cells.cell(
            new CellKey("Kernel", parameters, via, ranks == 1 ? "shm" : asked, 0, ranks),
            Quantity.SPEED,
            work,
            "run",
            found,
            nanos));
  }

  private void addCalls() {
    for (var call : Map.of("mpi", 7.8, "fabric", 11.2, "emptyCFunction", 2.1).entrySet()) {
      Map<String, String> method = Map.of("method", call.getKey());
      CellKey key = new CellKey("CallCost", method, "java", "none", 0, 1);
      all.add(cells.cell(key, Quantity.TIME, 1, "call", "none", call.getValue()));
    }
  }
}
