package io.weft.testing;

import io.weft.launch.MpiInstallation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Runs methods of a class on one cell, in as many starts as failures make necessary. */
final class CellRun {
  /** After so many starts that hung, the rest is given up: it would hang as well, for hours. */
  private static final int MAX_HANGS = 3;

  private final Class<?> testClass;
  private final Cell cell;
  private final MpiInstallation installation;
  private final List<String> methods;
  private final int deadlineSeconds;
  private final List<String> jvm;
  private final JobDirectories directories;
  private final Map<String, Verdict> verdicts = new HashMap<>();

  CellRun(
      Class<?> testClass,
      Cell cell,
      MpiInstallation installation,
      List<String> methods,
      int deadlineSeconds,
      List<String> jvm,
      JobDirectories directories) {
    this.testClass = testClass;
    this.cell = cell;
    this.installation = installation;
    this.methods = methods;
    this.deadlineSeconds = deadlineSeconds;
    this.jvm = jvm;
    this.directories = directories;
  }

  /** A verdict for every method; blocks for as long as the jobs take. */
  Map<String, Verdict> run() throws IOException, InterruptedException {
    List<String> pending = new ArrayList<>(methods);
    int hangs = 0;
    for (int start = 0; !pending.isEmpty(); start++) {
      JobFiles files = directories.create(cell.fileName() + "-" + start);
      JobResult result =
          Job.run(
              new JobPlan(
                  UUID.randomUUID().toString(),
                  testClass,
                  cell,
                  installation,
                  List.copyOf(pending),
                  TimeUnit.SECONDS.toNanos(deadlineSeconds),
                  jvm,
                  files));
      settle(result, pending);
      pending.removeAll(verdicts.keySet());
      hangs += result.end() == JobResult.End.DEADLINE ? 1 : 0;
      if (hangs == MAX_HANGS) {
        for (String method : pending) {
          fail(method, cell.displayName() + ": not run, " + hangs + " starts before it hung");
        }
        pending.clear();
      }
    }
    return verdicts;
  }

  /** Draws from a job what it tells; at least one of the pending methods gets its verdict. */
  private void settle(JobResult result, List<String> pending) throws IOException {
    if (result.isWell() && pending.stream().allMatch(method -> agreed(result, method) != null)) {
      pending.forEach(method -> verdicts.put(method, agreed(result, method)));
      JobDirectories.delete(result.plan().files().directory());
      return;
    }
    Verdict open = agreed(result, RankEvent.OPEN);
    if (open instanceof Verdict.Skipped) {
      pending.forEach(method -> verdicts.put(method, open));
      return;
    }
    JobReport report = new JobReport(result, directories.keep(result.plan().files()));
    if (!(open instanceof Verdict.Passed) && !anyBegan(result, pending)) {
      pending.forEach(method -> fail(result, report, method, RankEvent.OPEN));
      return;
    }
    boolean explained = false;
    Set<String> unsettled = new LinkedHashSet<>();
    for (String method : pending) {
      Verdict agreed = agreed(result, method);
      if (agreed != null) {
        verdicts.put(method, agreed);
      } else if (anyFailed(result, method) || allEnded(result, method)) {
        fail(result, report, method, method);
        explained = true;
      } else {
        unsettled.add(method);
      }
    }
    if (!explained) {
      String culprit = culprit(result, unsettled);
      if (culprit != null) {
        fail(result, report, culprit, culprit);
      } else {
        // Everything passed, and then the end went wrong.
        fail(result, report, pending.getLast(), RankEvent.CLOSE);
      }
    }
  }

  /** The method to blame where no rank said why: the lost rank's, else the slowest's. */
  private static String culprit(JobResult result, Set<String> unsettled) {
    int lost = result.lost();
    if (lost >= 0 && unsettled.contains(result.current(lost))) {
      return result.current(lost);
    }
    return unsettled.isEmpty() ? null : unsettled.iterator().next();
  }

  private void fail(JobResult result, JobReport report, String method, String where) {
    List<StackTraceElement> frames = List.of();
    for (int rank = 0; rank < result.ranks() && frames.isEmpty(); rank++) {
      RankEvent ending = result.ending(rank, where);
      if (ending != null && ending.kind() == RankEvent.Kind.FAILED) {
        frames = ending.frames();
      }
    }
    verdicts.put(method, new Verdict.Failed(report.of(where), frames));
  }

  private void fail(String method, String message) {
    verdicts.put(method, new Verdict.Failed(message, List.of()));
  }

  /** What all ranks say of a method, or null if they do not say the same, or it is a failure. */
  private static Verdict agreed(JobResult result, String method) {
    Set<String> reasons = new LinkedHashSet<>();
    int passed = 0;
    for (int rank = 0; rank < result.ranks(); rank++) {
      RankEvent ending = result.ending(rank, method);
      if (ending == null || ending.kind() == RankEvent.Kind.FAILED) {
        return null;
      }
      if (ending.kind() == RankEvent.Kind.PASSED) {
        passed++;
      } else {
        reasons.add(ending.message());
      }
    }
    if (passed == result.ranks()) {
      return new Verdict.Passed();
    }
    return passed == 0 ? new Verdict.Skipped(String.join("; ", reasons)) : null;
  }

  private static boolean anyFailed(JobResult result, String method) {
    for (int rank = 0; rank < result.ranks(); rank++) {
      RankEvent ending = result.ending(rank, method);
      if (ending != null && ending.kind() == RankEvent.Kind.FAILED) {
        return true;
      }
    }
    return false;
  }

  private static boolean allEnded(JobResult result, String method) {
    for (int rank = 0; rank < result.ranks(); rank++) {
      if (result.ending(rank, method) == null) {
        return false;
      }
    }
    return true;
  }

  private static boolean anyBegan(JobResult result, List<String> methods) {
    for (int rank = 0; rank < result.ranks(); rank++) {
      if (methods.contains(result.current(rank))) {
        return true;
      }
    }
    return false;
  }
}
