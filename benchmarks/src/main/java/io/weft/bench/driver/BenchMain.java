package io.weft.bench.driver;

import io.weft.bench.report.ReportFormat;
import io.weft.bench.report.Reports;
import io.weft.launch.Allocation;
import io.weft.launch.LaunchException;
import io.weft.launch.MpiSearch;
import io.weft.launch.MpiVendor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What {@code scripts/bench} starts: reads the command line, measures, writes what was found. */
public final class BenchMain {
  private static final int USAGE = 2;
  private static final int UNAVAILABLE = 3;

  /** What a short look takes where nothing else is asked for: Weft beside C. */
  private static final String QUICK_BENCHMARK = "[.]PingPong[.]";

  private static final Map<String, String> QUICK_AXES =
      new TreeMap<>(Map.of("via", "mpi,libfabric,c-mpi", "network", "ena,shm", "bytes", "8,65536"));

  private BenchMain() {}

  /**
   * Measures.
   *
   * @param arguments see {@code scripts/bench --help}
   * @throws Exception if the forks cannot be started at all
   */
  public static void main(String[] arguments) throws Exception {
    System.exit(run(arguments));
  }

  private static int run(String[] arguments) throws Exception {
    try {
      return measure(arguments);
    } catch (IllegalArgumentException wrong) {
      System.err.println("bench: " + wrong.getMessage());
      System.err.println("See 'scripts/bench --help'.");
      return USAGE;
    } catch (LaunchException noMpi) {
      System.err.println("bench: " + noMpi.getMessage());
      return UNAVAILABLE;
    }
  }

  private static int measure(String[] arguments) throws Exception {
    List<String> words = new ArrayList<>(Arrays.asList(arguments));
    BenchOptions options = BenchOptions.parse(arguments);
    if (options.quick() && options.jmh().getIncludes().isEmpty()) {
      words.add(QUICK_BENCHMARK);
      for (Map.Entry<String, String> axis : QUICK_AXES.entrySet()) {
        if (!options.jmh().getParameter(axis.getKey()).hasValue()) {
          words.addAll(List.of("-p", axis.getKey() + "=" + axis.getValue()));
        }
      }
      options = BenchOptions.parse(words.toArray(String[]::new));
    }
    CommandLineOptions jmh = options.jmh();
    if (jmh.shouldHelp()
        || jmh.shouldList()
        || jmh.shouldListWithParams()
        || jmh.shouldListProfilers()
        || jmh.shouldListResultFormats()) {
      org.openjdk.jmh.Main.main(arguments);
      return 0;
    }
    Collection<BenchmarkListEntry> entries =
        BenchmarkList.defaultList()
            .find(
                OutputFormatFactory.createFormatInstance(
                    new PrintStream(OutputStream.nullOutputStream()), VerboseMode.SILENT),
                jmh.getIncludes(),
                jmh.getExcludes());
    if (entries.isEmpty()) {
      throw new IllegalArgumentException(
          "no benchmark matches " + jmh.getIncludes() + "; scripts/bench -l lists them");
    }
    refuseUnknownAxes(jmh, arguments);
    Cells cells = new Cells(entries, jmh);
    if (options.dryRun()) {
      cells.plans().forEach(System.out::println);
      return 0;
    }
    MpiVendor vendor = options.mpi() == null ? null : MpiVendor.of(options.mpi());
    Jobs jobs =
        new Jobs(
            new MpiSearch(System.getenv()).find(vendor), Allocation.isOneHost(System.getenv()));
    Effort effort = Effort.of(jmh, options.quick());
    SampleFile samples = new SampleFile(options, jobs, effort, cells);
    Collected collected = new Driver(options, jobs, effort, samples).run(cells);
    write(options, samples, collected);
    collected.failures().forEach((cell, why) -> System.err.println("bench: failed: " + cell));
    return collected.failures().isEmpty() ? 0 : 1;
  }

  /**
   * JMH ignores a parameter that no benchmark has; here a typing error must not measure for hours.
   */
  private static void refuseUnknownAxes(CommandLineOptions jmh, String[] arguments) {
    Set<String> known = new TreeSet<>();
    BenchmarkList.defaultList()
        .find(
            OutputFormatFactory.createFormatInstance(
                new PrintStream(OutputStream.nullOutputStream()), VerboseMode.SILENT),
            List.of(),
            List.of())
        .forEach(entry -> known.addAll(entry.getParams().orElse(Map.of()).keySet()));
    for (int i = 0; i + 1 < arguments.length; i++) {
      String name = arguments[i + 1].split("=", 2)[0];
      if (arguments[i].equals("-p") && !known.contains(name)) {
        throw new IllegalArgumentException(
            "-p " + arguments[i + 1] + ": no benchmark has such an axis; there are " + known);
      }
    }
  }

  private static void write(BenchOptions options, SampleFile samples, Collected collected)
      throws IOException {
    List<RunResult> jmh = collected.jmhResults();
    if (!jmh.isEmpty()) {
      ResultFormatFactory.getInstance(ResultFormatType.TEXT, System.out).writeOut(jmh);
      if (options.jmh().getResultFormat().hasValue() || options.jmh().getResult().hasValue()) {
        ResultFormatType type = options.jmh().getResultFormat().orElse(ResultFormatType.CSV);
        String file =
            options.jmh().getResult().orElse("jmh-result." + type.name().toLowerCase(Locale.ROOT));
        ResultFormatFactory.getInstance(type, file).writeOut(jmh);
        System.err.println("bench: JMH's own results: " + file);
      }
    }
    samples.save(collected);
    System.err.println("bench: samples: " + samples.path());
    Path report = options.report();
    if (report != null) {
      Reports.write(List.of(samples.path()), ReportFormat.ofName(report), report);
      System.err.println("bench: report: " + report);
    }
  }
}
