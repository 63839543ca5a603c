package io.weft.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** One start of {@code mpirun}: watches it, and leaves nothing running. */
final class Job {
  private static final long POLL_MILLIS = 20;

  /** How long a launcher has to notice that a rank is gone. */
  private static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** When the others are asked where they are: before the failed rank ends, which ends them. */
  private static final long ASK_NANOS = JobFiles.GRACE_NANOS / 2;

  private static final int TERM_SECONDS = 5;
  private static final int KILL_SECONDS = 10;

  private final JobPlan plan;
  private final MarkedProcesses processes;
  private final List<RankTail> tails = new ArrayList<>();
  private final Map<Integer, String> stacks = new TreeMap<>();
  private volatile Process launcher;
  private RankEvent failed;
  private long failedNanos;

  private Job(JobPlan plan) {
    this.plan = plan;
    processes = new MarkedProcesses(plan.id());
    for (int rank = 0; rank < plan.cell().ranks(); rank++) {
      tails.add(new RankTail(plan.files().log(rank)));
    }
  }

  /**
   * Runs a job to its end; blocks.
   *
   * @param plan what to start
   * @return what happened
   */
  static JobResult run(JobPlan plan) throws IOException, InterruptedException {
    Job job = new Job(plan);
    RunningJobs.add(job);
    try {
      return job.run();
    } finally {
      job.destroy();
      RunningJobs.remove(job);
    }
  }

  private JobResult run() throws IOException, InterruptedException {
    ProcessBuilder builder = plan.prepare();
    launcher = builder.start();
    JobResult.End end = watch();
    if (end != JobResult.End.ITSELF) {
      stacks.putAll(RankStacks.of(plan.files(), answering("")));
    }
    List<Long> survivors = destroy();
    List<List<RankEvent>> events = new ArrayList<>();
    for (RankTail tail : tails) {
      events.add(List.copyOf(tail.all()));
    }
    return new JobResult(
        plan, builder.command(), end, launcher.waitFor(), events, statuses(), stacks, survivors);
  }

  private JobResult.End watch() throws IOException, InterruptedException {
    int said = -1;
    long saidNanos = System.nanoTime();
    long lostNanos = 0;
    while (!launcher.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      long now = System.nanoTime();
      int count = count();
      if (count != said) {
        said = count;
        saidNanos = now;
      } else if (now - saidNanos > plan.deadlineNanos()) {
        return JobResult.End.DEADLINE;
      }
      if (lostNanos == 0 && isLost()) {
        lostNanos = now;
      } else if (lostNanos != 0 && now - lostNanos > LOST_NANOS) {
        return JobResult.End.RANK_LOST;
      }
      if (failed != null && stacks.isEmpty() && now - failedNanos > ASK_NANOS) {
        stacks.putAll(RankStacks.of(plan.files(), answering(failed.method())));
      }
    }
    return JobResult.End.ITSELF;
  }

  /** How much the ranks have said; remembers the first failure. */
  private int count() throws IOException {
    int count = 0;
    for (RankTail tail : tails) {
      List<RankEvent> events = tail.all();
      count += events.size();
      if (failed == null && !events.isEmpty() && events.getLast().kind() == RankEvent.Kind.FAILED) {
        failed = events.getLast();
        failedNanos = System.nanoTime();
      }
    }
    return count;
  }

  private boolean isLost() throws IOException {
    for (Map.Entry<Integer, Integer> ended : statuses().entrySet()) {
      List<RankEvent> events = tails.get(ended.getKey()).all();
      if (ended.getValue() != 0
          || events.isEmpty()
          || events.getLast().kind() != RankEvent.Kind.CLOSED) {
        return true;
      }
    }
    return false;
  }

  /** The processes of ranks that run and have not ended a method. */
  private Map<Integer, Long> answering(String method) throws IOException {
    Map<Integer, Long> pids = new TreeMap<>();
    for (int rank = 0; rank < tails.size(); rank++) {
      List<RankEvent> events = tails.get(rank).all();
      boolean ended = events.stream().anyMatch(e -> e.ends() && e.method().equals(method));
      // A JVM that has not yet said that it is up would die of SIGQUIT.
      if (!ended && !events.isEmpty() && processes.isOurs(events.getFirst().pid())) {
        pids.put(rank, events.getFirst().pid());
      }
    }
    return pids;
  }

  private Map<Integer, Integer> statuses() throws IOException {
    List<Integer> ended = new ArrayList<>();
    for (int rank = 0; rank < tails.size(); rank++) {
      if (Files.exists(plan.files().status(rank))) {
        ended.add(rank);
      }
    }
    Map<Integer, Long> times = new TreeMap<>();
    Map<Integer, Integer> statuses = new LinkedHashMap<>();
    for (int rank : ended) {
      Path file = plan.files().status(rank);
      times.put(rank, Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS));
    }
    ended.sort(Comparator.comparing(times::get));
    for (int rank : ended) {
      statuses.put(rank, Integer.parseInt(Files.readString(plan.files().status(rank)).strip()));
    }
    return statuses;
  }

  /**
   * Ends what still runs: the launcher politely, so that it removes its own files, then everything
   * that bears the job's mark. Safe for several threads.
   *
   * @return processes that could not be ended
   */
  synchronized List<Long> destroy() {
    boolean interrupted = Thread.interrupted();
    try {
      if (launcher == null) {
        return List.of();
      }
      if (launcher.isAlive()) {
        launcher.destroy();
        launcher.waitFor(TERM_SECONDS, TimeUnit.SECONDS);
      }
      return processes.kill(KILL_SECONDS);
    } catch (InterruptedException again) {
      interrupted = true;
      return processes.running();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The directory to remove with the job. */
  Path directory() {
    return plan.files().directory();
  }
}
