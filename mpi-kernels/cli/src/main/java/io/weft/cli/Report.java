package io.weft.cli;

import io.weft.comm.Transport;
import io.weft.kernels.Check;
import io.weft.kernels.KernelResult;
import io.weft.kernels.PhaseTime;
import io.weft.kernels.Verification;
import java.util.Locale;
import java.util.stream.Collectors;

/** A run as a person reads it. */
final class Report {
  private static final double PERCENT = 100;
  private static final double MIB = 1 << 20;

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
    line(out, "time", "%.3f s", result.seconds());
    line(out, "rate", "%.0f Mop/s", result.megaOperationsPerSecond());
    line(out, "communicating", "%.1f%% of the time", PERCENT * result.communicationShare());
    for (PhaseTime phase : result.phases()) {
      line(
          out,
          "",
          "%-20s %8.3f s mean (%.3f to %.3f over ranks)",
          phase.name(),
          phase.meanSeconds(),
          phase.minSeconds(),
          phase.maxSeconds());
    }
    line(
        out,
        "sent",
        "%,d messages, %.1f MiB; %,d collectives, %.1f MiB",
        run.traffic().messages(),
        run.traffic().messageBytes() / MIB,
        run.traffic().collectives(),
        run.traffic().collectiveBytes() / MIB);
    line(out, "via", "%s (%s)", found.via(), found.library());
    line(out, "network", "%s; within a host: %s", found.network(), found.intra());
    line(out, "provider", "%s, protocol %s", found.provider(), found.protocol());
    line(out, "device", "%s", found.device());
    line(out, "ranks", "%s", run.plan());
    return out.toString();
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
        "%s = %.13g, published %.13g: relative error %.1e, allowed %.0e (%s)",
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
