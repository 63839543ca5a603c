package io.weft.comm;

import io.weft.launch.Intra;
import io.weft.launch.Network;
import io.weft.launch.Via;
import java.lang.foreign.MemorySegment;

/** Says what messages between the ranks cross, over each library. */
final class TransportMain {
  private TransportMain() {}

  /**
   * Runs a rank.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    try (Job job = Job.start()) {
      for (Via via : Via.values()) {
        try (Communicator comm = job.open(via, Network.ENA, Intra.SAME, null)) {
          MemorySegment buffer = comm.allocate(200_000);
          int peer = 1 - comm.rank();
          Bytes.fill(buffer, 0, 100_000, comm.rank());
          comm.sendrecv(buffer, 0, 100_000, peer, buffer, 100_000, 100_000, peer, 1);
          Bytes.check(buffer, 100_000, 100_000, peer, "from rank " + peer);
          Transport found = comm.transport();
          if (comm.rank() == 0) {
            System.out.println(
                via
                    + ": "
                    + found.network()
                    + ", intra "
                    + found.intra()
                    + ", device "
                    + found.device()
                    + (job.isOneHost() ? ", one host" : ", two hosts"));
          }
        }
      }
    }
  }
}
