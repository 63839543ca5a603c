package io.weft.comm;

import io.weft.comm.evidence.RankEvidence;
import io.weft.comm.evidence.TransportFinder;
import java.util.List;

/**
 * Which way messages took of a library that is no {@link Communicator}'s, by the same rules: each
 * rank looks at itself, sends {@link #PROBE_BYTES} to the next rank and to the one before it (twice
 * to the same one where there are two), and looks again. What all ranks saw is brought together by
 * whatever means, such as {@link Job#allgather}.
 */
public final class TransportEvidence {
  /** What a probe has: large against what libraries say to each other when nothing is sent. */
  public static final int PROBE_BYTES = 256 * 1024;

  private TransportEvidence() {}

  /**
   * Looks at this process: its TCP sockets and their byte counters, the shared memory and plug-ins
   * it has mapped, the EFA devices of its host. Blocks for some system calls per socket.
   *
   * @return lines of text, for {@link #conclude}
   */
  public static String ofThisProcess() {
    return RankEvidence.ofThisProcess(0).encode();
  }

  /**
   * Concludes from what the ranks saw. Between two looks of which the first came after some
   * messages, since those open connections and map memory.
   *
   * @param via the library in one word
   * @param library its name and version
   * @param overMpi whether the messages went over MPI; if not, what MPI has mapped is no evidence
   * @param before what each rank saw before the probe, in rank order
   * @param after what each rank saw after it
   * @return the finding
   * @throws IllegalArgumentException if a text is no evidence, or there are not equally many
   */
  public static Transport conclude(
      String via, String library, boolean overMpi, List<String> before, List<String> after) {
    if (before.size() != after.size() || before.isEmpty()) {
      throw new IllegalArgumentException(
          "evidence of " + before.size() + " ranks before and of " + after.size() + " after");
    }
    return TransportFinder.find(
        via, library, decode(before, overMpi), decode(after, overMpi), PROBE_BYTES);
  }

  private static List<RankEvidence> decode(List<String> texts, boolean overMpi) {
    return texts.stream()
        .map(RankEvidence::decode)
        .map(evidence -> overMpi ? evidence : evidence.withoutMpi())
        .toList();
  }
}
