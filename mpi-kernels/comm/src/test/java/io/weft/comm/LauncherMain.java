package io.weft.comm;

import io.weft.launch.Intra;
import io.weft.launch.Network;
import io.weft.launch.RankEnvironment;
import io.weft.launch.Via;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** A rank that its launcher tells where the others are. */
final class LauncherMain {
  /** The exit status of a rank that was told what is wrong. */
  static final int TOLD = 3;

  private static final int ROUNDS = 20;

  private LauncherMain() {}

  /**
   * Runs a rank. The argument is {@code all}, or what the last rank does: {@code absent}, it never
   * joins; {@code killed}, it is killed amid messages.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String last = arguments[0];
    int size = RankEnvironment.size(System.getenv());
    boolean isLast = RankEnvironment.rank(System.getenv()) == size - 1;
    if (isLast && last.equals("absent")) {
      Thread.sleep(60_000);
    }
    try (Job job = Job.start();
        Communicator comm = job.open(Via.LIBFABRIC, Network.ENA, Intra.SAME, null)) {
      exchange(comm, ROUNDS);
      if (last.equals("killed")) {
        if (isLast) {
          String pid = Long.toString(ProcessHandle.current().pid());
          new ProcessBuilder("kill", "-9", pid).start().waitFor();
        }
        exchange(comm, Integer.MAX_VALUE);
      }
      System.out.println(
          "rank " + comm.rank() + ", hosts " + (job.isOneHost() ? "1" : "2 or more"));
    } catch (CommunicatorException told) {
      System.out.println("told: " + told.getMessage());
      System.exit(TOLD);
    }
  }

  private static void exchange(Communicator comm, int rounds) {
    MemorySegment buffer = comm.allocate(2000);
    int next = (comm.rank() + 1) % comm.size();
    int previous = (comm.rank() + comm.size() - 1) % comm.size();
    for (int i = 0; i < rounds; i++) {
      Bytes.fill(buffer, 0, 1000, comm.rank() + i);
      comm.sendrecv(buffer, 0, 1000, next, buffer, 1000, 1000, previous, 1);
      Bytes.check(buffer, 1000, 1000, previous + i, "from rank " + previous);
    }
  }
}
