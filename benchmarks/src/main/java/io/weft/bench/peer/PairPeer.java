package io.weft.bench.peer;

import io.weft.bench.report.Found;
import io.weft.comm.Communicator;
import io.weft.comm.Job;
import io.weft.comm.Transport;
import io.weft.comm.TransportEvidence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A library that has messages between two, and nothing for all. */
abstract class PairPeer extends ControlledPeer {
  private final String via;
  private final Set<Pattern> patterns;

  /** Of the pattern that was opened last. */
  private int partner = -1;

  /**
   * Makes one.
   *
   * @param job the ranks
   * @param control carries nothing that is measured
   * @param via the library's word
   * @param patterns those it has
   */
  PairPeer(Job job, Communicator control, String via, Set<Pattern> patterns) {
    super(job, control);
    this.via = via;
    this.patterns = Set.copyOf(patterns);
  }

  /** The library's name and version. */
  abstract String library();

  /** The component that carries messages. */
  abstract String provider();

  /** The wire protocol. */
  abstract String protocol();

  /**
   * Opens the way to a rank, if it is not open; collective.
   *
   * @param partner a rank, or -1 for none
   * @param bytes of the longest message
   * @throws AbsentException on every rank alike
   */
  abstract void connect(int partner, long bytes);

  /** Makes the pattern's part of this rank, the way to whose partner is open; collective. */
  abstract PairOperation prepare(Pattern pattern, long bytes, int partner);

  @Override
  public final Operation open(Pattern pattern, long bytes) {
    if (!patterns.contains(pattern)) {
      throw new AbsentException(via + " has no " + pattern.word() + " of its own");
    }
    if (size() < pattern.fewestRanks() || pattern == Pattern.MESSAGE_RATE && size() % 2 != 0) {
      throw new AbsentException(pattern.word() + " is not for " + size() + " ranks");
    }
    partner = Content.partner(pattern, rank(), size());
    connect(partner, bytes);
    return prepare(pattern, bytes, partner);
  }

  /** Fails on every rank if it fails on one, whose reason is not null; collective. */
  static void agree(Job job, String reason) {
    for (byte[] text : job.allgather(bytes(reason == null ? "" : reason))) {
      if (text.length > 0) {
        throw new AbsentException(new String(text, StandardCharsets.UTF_8));
      }
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public final Found found() {
    connect(partner, TransportEvidence.PROBE_BYTES);
    try (PairOperation probe = prepare(Pattern.PING_PONG, TransportEvidence.PROBE_BYTES, partner)) {
      exchange(probe);
      List<String> before = gather();
      exchange(probe);
      barrier();
      return conclude(before, gather());
    }
  }

  /** A message each way, one after the other. */
  private void exchange(PairOperation probe) {
    if (partner >= 0) {
      probe.begin();
      if (rank() < partner) {
        probe.send();
        probe.receive();
      } else {
        probe.receive();
        probe.send();
      }
      probe.end();
    }
  }

  /** What this rank sees; the partner's number stands in front. */
  private List<String> gather() {
    List<String> all = new ArrayList<>();
    for (byte[] text : job().allgather(bytes(partner + "\n" + evidence()))) {
      all.add(new String(text, StandardCharsets.UTF_8));
    }
    return all;
  }

  /** What this rank can tell of its messages' way. */
  String evidence() {
    return TransportEvidence.ofThisProcess();
  }

  /** The way between two ranks, after what both saw before and after a probe. */
  Transport conclude(String via, List<String> before, List<String> after) {
    return TransportEvidence.conclude(via, library(), false, before, after);
  }

  private Found conclude(List<String> before, List<String> after) {
    Set<String> networks = new TreeSet<>();
    Set<String> devices = new TreeSet<>();
    for (int rank = 0; rank < before.size(); rank++) {
      int other = Integer.parseInt(before.get(rank).lines().findFirst().orElseThrow());
      if (other > rank) {
        Transport way =
            conclude(
                via,
                List.of(rest(before.get(rank)), rest(before.get(other))),
                List.of(rest(after.get(rank)), rest(after.get(other))));
        networks.add(way.network());
        devices.add(way.device());
      }
    }
    return new Found(
        library(),
        String.join("+", networks),
        provider(),
        protocol(),
        String.join(", ", devices),
        hosts());
  }

  private static String rest(String text) {
    return text.substring(text.indexOf('\n') + 1);
  }
}
