package io.weft.cli;

import io.weft.comm.Transport;
import io.weft.kernels.Check;
import io.weft.kernels.KernelResult;
import io.weft.kernels.PhaseTime;
import io.weft.kernels.Verification;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A run as a person reads it. */
final class Report {
  private static final double PERCENT = 100;
  private static final double MIB = 1 << 20;
  private static final String HEAD = "seconds over ranks";

  private final RunRecord run;

  Report(RunRecord run) {
    this.run = run;
  }

  String text() {
    StringBuilder out = new StringBuilder();
    KernelResult result = run.result();
    Transport found = run.transport();
    line(
        out,
        "run",
        "%s class %s on %d rank%s, %s",
        result.kernel(),
        result.problemClass(),
        result.ranks(),
        result.ranks() == 1 ? "" : "s",
        String.join(", ", run.hosts().stream().distinct().toList()));
    out.append(verification()).append('\n');
    if (found.isEmulated()) {
      line(out, "emulated", "the EFA device is software: no time here says anything about EFA");
    }
    if (result.resumedAfter() > 0) {
      line(
          out,
          "resumed",
          "after step %,d; time and rate are of the steps after it alone",
          result.resumedAfter());
    }
    line(out, "time", "%.3f s", result.seconds());
    line(out, "rate", "%.0f Mop/s", result.megaOperationsPerSecond());
    line(out, "communicating", "%.1f%% of the time", PERCENT * result.communicationShare());
    line(
        out,
        "imbalance",
        "%.1f%%: the rank that computes longest, over the mean of all",
        PERCENT * result.loadImbalance());
    phases(out, result.phases());
    sent(out, run.traffic());
    line(out, "via", "%s (%s)", found.via(), found.library());
    line(out, "network", "%s; within a host: %s", found.network(), found.intra());
    line(out, "provider", "%s, protocol %s", found.provider(), found.protocol());
    line(out, "device", "%s", found.device());
    line(out, "ranks", "%s", run.plan());
    run.instances().lines().forEach(each -> line(out, "instance", "%s", each));
    return out.toString();
  }

  private static void phases(StringBuilder out, List<PhaseTime> phases) {
    int width = HEAD.length();
    for (PhaseTime phase : phases) {
      width = Math.max(width, phase.name().length());
    }
    String columns = "%-" + width + "s %9s %9s %9s";
    line(out, "phases", columns, HEAD, "min", "mean", "max");
    for (PhaseTime phase : phases) {
      line(
          out,
          "",
          columns,
          phase.name(),
          seconds(phase.minSeconds()),
          seconds(phase.meanSeconds()),
          seconds(phase.maxSeconds()));
    }
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static void sent(StringBuilder out, TrafficTotals traffic) {
    line(
        out,
        "sent",
        "%,d messages, %.1f MiB; %,d collectives, %.1f MiB; %,d one-sided, %.1f MiB",
        traffic.messages(),
        traffic.messageBytes() / MIB,
        traffic.collectives(),
        traffic.collectiveBytes() / MIB,
        traffic.oneSided(),
        traffic.oneSidedBytes() / MIB);
  }

  /** The lines that say whether the result is right: one for each check. */
  String verification() {
    Verification verification = run.result().verification();
    return verification.checks().stream()
        .map(check -> line(check, verification.source()))
        .collect(Collectors.joining("\n"));
  }

  private static String line(Check check, String source) {
    String name = check.passed() ? "verified" : "WRONG RESULT";
    if (check.relativeTolerance() == 0) {
      return line(
          name,
          "%s = %.0f, to be exactly %.0f (%s)",
          check.quantity(),
          check.found(),
          check.expected(),
          source);
    }
    return line(
        name,
        "%s = %.13g, expected %.13g: relative error %.1e, allowed %.0e (%s)",
        check.quantity(),
        check.found(),
        check.expected(),
        check.relativeError(),
        check.relativeTolerance(),
        source);
  }

  private static void line(StringBuilder out, String name, String format, Object... values) {
    out.append(line(name, format, values)).append('\n');
  }

  private static String line(String name, String format, Object... values) {
    return String.format(Locale.ROOT, "%-13s ", name)
        + String.format(Locale.ROOT, format, values).strip();
  }
}
