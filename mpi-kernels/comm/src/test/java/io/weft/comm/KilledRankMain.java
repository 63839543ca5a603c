package io.weft.comm;

import io.weft.launch.Intra;
import io.weft.launch.Network;
import io.weft.launch.Via;
import java.lang.foreign.MemorySegment;

/** A rank that exchanges messages of all kinds until another one is gone. */
final class KilledRankMain {
  /** The exit status of a rank that was told. */
  static final int TOLD = 3;

  private KilledRankMain() {}

  /** The argument is the network. */
  public static void main(String[] arguments) {
    int status = 0;
    try (Job job = Job.start()) {
      Communicator comm = job.open(Via.LIBFABRIC, Network.of(arguments[0]), Intra.SAME, null);
      try {
        exchange(comm);
      } catch (CommunicatorException told) {
        System.out.println("told: " + told.getMessage());
        status = TOLD;
      }
      comm.close();
    }
    System.exit(status);
  }

  private static void exchange(Communicator comm) {
    long longest = 300_000;
    MemorySegment out = comm.allocate(longest);
    MemorySegment in = comm.allocate(longest);
    int next = (comm.rank() + 1) % comm.size();
    int previous = (comm.rank() + comm.size() - 1) % comm.size();
    long[] lengths = {8, 3000, 20_000, longest};
    for (int i = 0; ; i++) {
      long length = lengths[i % lengths.length];
      comm.sendrecv(out, 0, length, next, in, 0, length, previous, 1);
      comm.allreduce(out, 0, in, 0, length / 8, ElementType.DOUBLE, ReduceOp.SUM);
      comm.bcast(in, 0, length, i % comm.size());
      if (i == 20) {
        System.out.println("ready");
      }
    }
  }
}
