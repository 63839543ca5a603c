package io.weft.comm;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weft.testing.RankContext;
import java.lang.foreign.Arena;

/** What the tests of the contract see of the rank that runs them. */
interface CommunicatorCase {
  RankContext context();

  Way way();

  Job job();

  Communicator comm();

  default int rank() {
    return comm().rank();
  }

  default int size() {
    return comm().size();
  }

  /** The rank after this one; itself if it is alone. */
  default int next() {
    return (rank() + 1) % size();
  }

  /** The rank before this one; itself if it is alone. */
  default int previous() {
    return (rank() + size() - 1) % size();
  }

  /** Says that a test speaks of two ranks or more. */
  default void needsPeer() {
    assumeTrue(size() > 1, "one rank has no peer");
  }

  /** Proves that every rank can still send to and receive from its neighbours. */
  default void assertWorks() {
    try (Arena arena = Arena.ofConfined()) {
      Region out = Region.of(arena, 16, 3000);
      Region in = Region.of(arena, 8, 3000);
      out.fill(rank() + 77);
      comm()
          .sendrecv(
              out.segment(),
              out.offset(),
              out.length(),
              next(),
              in.segment(),
              in.offset(),
              in.length(),
              previous(),
              32000);
      in.check(previous() + 77, "after it, from rank " + previous());
      comm().barrier();
    }
  }
}
