package io.weft.bench;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.weft.comm.Communicator;
import io.weft.comm.Job;
import io.weft.launch.Intra;
import io.weft.launch.Network;
import io.weft.launch.Via;
import java.lang.foreign.MemorySegment;

/**
 * Half round trips between two ranks, the same as {@code pingpong.c}; started by {@link
 * PingPongSeries}.
 */
final class PingPong {
  private static final int FEWEST = 20;
  private static final int ROUNDS = 6;

  private final Communicator comm;

  private PingPong(Communicator comm) {
    this.comm = comm;
  }

  /** Arguments: via, network, intra, provider or {@code -}, seconds, lengths in bytes. */
  public static void main(String[] arguments) {
    try (Job job = Job.start();
        Communicator comm =
            job.open(
                Via.of(arguments[0]),
                Network.of(arguments[1]),
                Intra.of(arguments[2]),
                arguments[3].equals("-") ? null : arguments[3])) {
      PingPong pingPong = new PingPong(comm);
      double seconds = Double.parseDouble(arguments[4]);
      for (int i = 5; i < arguments.length; i++) {
        long length = Long.parseLong(arguments[i]);
        double nanos = pingPong.measure(length, seconds);
        if (comm.rank() == 0) {
          System.out.printf("%d %.1f%n", length, nanos);
        }
      }
    }
  }

  private double measure(long length, double seconds) {
    MemorySegment out = comm.allocate(length);
    MemorySegment in = comm.allocate(length);
    for (long k = 0; k < length; k++) {
      out.set(JAVA_BYTE, k, (byte) (k * 7 + comm.rank()));
    }
    // What a round takes says how many turns fit into the next one; all but the last warm up.
    MemorySegment count = comm.allocate(Long.BYTES);
    double once = turns(out, in, length, FEWEST);
    for (int round = 0; round < ROUNDS; round++) {
      count.set(JAVA_LONG, 0, Math.max(FEWEST, (long) (seconds * 1e9 / 2 / ROUNDS / once)));
      comm.bcast(count, 0, Long.BYTES, 0);
      once = turns(out, in, length, count.get(JAVA_LONG, 0));
    }
    for (long k = 0; k < length; k++) {
      if (in.get(JAVA_BYTE, k) != (byte) (k * 7 + 1 - comm.rank())) {
        throw new IllegalStateException("byte " + k + " of " + length + " is wrong");
      }
    }
    return once;
  }

  private double turns(MemorySegment out, MemorySegment in, long length, long count) {
    int peer = 1 - comm.rank();
    comm.barrier();
    long start = System.nanoTime();
    for (long i = 0; i < count; i++) {
      if (comm.rank() == 0) {
        comm.send(out, 0, length, peer, 1);
        comm.recv(in, 0, length, peer, 1, null);
      } else {
        comm.recv(in, 0, length, peer, 1, null);
        comm.send(out, 0, length, peer, 1);
      }
    }
    return (System.nanoTime() - start) / 2.0 / count;
  }
}
