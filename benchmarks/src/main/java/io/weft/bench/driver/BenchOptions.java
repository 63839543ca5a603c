package io.weft.bench.driver;

import io.weft.bench.report.ReportFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * A command line: flags of {@code scripts/bench}, the rest JMH's.
 *
 * @param jmh what JMH understands of it
 * @param result the file for the samples
 * @param report the file for the page, or null
 * @param quick whether a small choice is measured shortly
 * @param rounds how often each cell is started
 * @param seed of the order within rounds
 * @param deadlineSeconds that a fork may take beyond what it measures for
 * @param mpi the family of MPI, or null for the first that is found
 * @param dryRun whether cells are only listed
 */
record BenchOptions(
    CommandLineOptions jmh,
    Path result,
    Path report,
    boolean quick,
    int rounds,
    long seed,
    double deadlineSeconds,
    String mpi,
    boolean dryRun) {
  private static final int USUAL_ROUNDS = 5;
  private static final double USUAL_DEADLINE_SECONDS = 120;

  static BenchOptions parse(String[] arguments) {
    List<String> rest = new ArrayList<>();
    Path result = null;
    Path report = null;
    boolean quick = false;
    boolean dryRun = false;
    long seed = 1;
    double deadline = USUAL_DEADLINE_SECONDS;
    String mpi = null;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--quick" -> quick = true;
        case "--dry-run" -> dryRun = true;
        case "--out" -> result = Path.of(value(arguments, ++i));
        case "--report" -> report = report(value(arguments, ++i));
        case "--seed" -> seed = Long.parseLong(number(arguments, ++i));
        case "--deadline" -> deadline = Double.parseDouble(number(arguments, ++i));
        case "--mpi" -> mpi = value(arguments, ++i);
        default -> rest.add(arguments[i]);
      }
    }
    try {
      CommandLineOptions jmh = new CommandLineOptions(rest.toArray(String[]::new));
      int rounds = jmh.getForkCount().orElse(quick ? 2 : USUAL_ROUNDS);
      if (rounds < 1) {
        throw new IllegalArgumentException("-f 0: each cell needs a job of its own");
      }
      refuseOtherMeasures(jmh);
      return new BenchOptions(jmh, result, report, quick, rounds, seed, deadline, mpi, dryRun);
    } catch (CommandLineOptionException wrong) {
      throw new IllegalArgumentException(wrong.getMessage(), wrong);
    }
  }

  /** Samples are nanoseconds of an operation, and batches are agreed among all libraries. */
  private static void refuseOtherMeasures(CommandLineOptions jmh) {
    boolean other =
        !jmh.getBenchModes().isEmpty()
            || jmh.getTimeUnit().hasValue()
            || jmh.getThreads().hasValue()
            || jmh.getOperationsPerInvocation().hasValue()
            || jmh.getMeasurementBatchSize().hasValue()
            || jmh.getWarmupBatchSize().hasValue();
    if (other) {
      throw new IllegalArgumentException(
          "-bm, -tu, -t, -opi, -bs and -wbs: every cell is the mean time of an operation in"
              + " nanoseconds, in batches that all libraries share; leave them out");
    }
  }

  /** A run may take hours, after which it is too late to ask what the page is to be. */
  private static Path report(String name) {
    Path file = Path.of(name);
    if (ReportFormat.ofName(file) == null) {
      throw new IllegalArgumentException(
          "--report " + name + ": name a file that ends with .html, .md, .csv or .json");
    }
    return file;
  }

  private static String value(String[] arguments, int at) {
    if (at >= arguments.length || arguments[at].isEmpty()) {
      throw new IllegalArgumentException(arguments[at - 1] + " needs a value");
    }
    return arguments[at];
  }

  private static String number(String[] arguments, int at) {
    String text = value(arguments, at);
    if (!text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(arguments[at - 1] + " " + text + ": use a whole number");
    }
    return text;
  }
}
