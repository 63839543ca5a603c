package io.weft.testing;

import java.util.List;
import java.util.Map;

/**
 * How a start of {@code mpirun} went.
 *
 * @param plan what was started
 * @param command with which command line
 * @param end what ended it
 * @param launcherStatus what mpirun ended with
 * @param events what each rank said
 * @param statuses what the JVMs of ranks ended with, the one that ended first in front; one that
 *     its launcher ended is not in it
 * @param stacks where ranks were when the job was ended, as far as they were asked
 * @param survivors processes that could not be ended
 */
record JobResult(
    JobPlan plan,
    List<String> command,
    End end,
    int launcherStatus,
    List<List<RankEvent>> events,
    Map<Integer, Integer> statuses,
    Map<Integer, String> stacks,
    List<Long> survivors) {
  /** What ended a job. */
  enum End {
    /** It did so itself. */
    ITSELF,
    /** Nothing happened for as long as the deadline. */
    DEADLINE,
    /** A rank was gone and the launcher did not end the others. */
    RANK_LOST
  }

  int ranks() {
    return events.size();
  }

  /** How a method, or opening or closing, ended on a rank; null if it did not. */
  RankEvent ending(int rank, String method) {
    for (RankEvent event : events.get(rank)) {
      if (event.ends() && event.method().equals(method)) {
        return event;
      }
    }
    return null;
  }

  /** Whether a rank did all that it should and ended well. */
  boolean isWell(int rank) {
    List<RankEvent> said = events.get(rank);
    return !said.isEmpty()
        && said.getLast().kind() == RankEvent.Kind.CLOSED
        && statuses.getOrDefault(rank, -1) == 0;
  }

  boolean isWell() {
    for (int rank = 0; rank < ranks(); rank++) {
      if (!isWell(rank)) {
        return false;
      }
    }
    return end == End.ITSELF && launcherStatus == 0 && survivors.isEmpty();
  }

  /** The rank that ended first without having done all and without having said why; or -1. */
  int lost() {
    for (int rank : statuses.keySet()) {
      boolean failed =
          events.get(rank).stream().anyMatch(event -> event.kind() == RankEvent.Kind.FAILED);
      if (!isWell(rank) && !failed) {
        return rank;
      }
    }
    return -1;
  }

  /** What a rank began last; null if it never began anything. */
  String current(int rank) {
    String method = null;
    for (RankEvent event : events.get(rank)) {
      if (event.kind() == RankEvent.Kind.STARTED) {
        method = event.method();
      }
    }
    return method;
  }
}
