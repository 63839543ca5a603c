package io.weft.bench;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

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
  private PingPong() {}

  /** Arguments: via, network, intra, provider or {@code -}, seconds, lengths in bytes. */
  public static void main(String[] arguments) {
    try (Job job = Job.start();
        Communicator comm = open(job, arguments)) {
      double seconds = Double.parseDouble(arguments[4]);
      Rounds rounds = new Rounds(comm);
      for (int i = 5; i < arguments.length; i++) {
        measure(comm, rounds, Long.parseLong(arguments[i]), seconds);
      }
    }
  }

  static Communicator open(Job job, String[] arguments) {
    return job.open(
        Via.of(arguments[0]),
        Network.of(arguments[1]),
        Intra.of(arguments[2]),
        arguments[3].equals("-") ? null : arguments[3]);
  }

  static void fill(MemorySegment memory, long length, int rank) {
    for (long k = 0; k < length; k++) {
      memory.set(JAVA_BYTE, k, (byte) (k * 7 + rank));
    }
  }

  private static void measure(Communicator comm, Rounds rounds, long length, double seconds) {
    MemorySegment out = comm.allocate(length);
    MemorySegment in = comm.allocate(length);
    fill(out, length, comm.rank());
    rounds.measure(count -> turns(comm, out, in, length, count), seconds);
    if (comm.rank() == 0) {
      System.out.printf(
          "- - %d %.2f %s %.2f%n",
          length, rounds.nanos() / 2, Checksum.of(in, length), rounds.allocated());
    }
  }

  private static void turns(
      Communicator comm, MemorySegment out, MemorySegment in, long length, long count) {
    int peer = 1 - comm.rank();
    for (long i = 0; i < count; i++) {
      if (comm.rank() == 0) {
        comm.send(out, 0, length, peer, 1);
        comm.recv(in, 0, length, peer, 1, null);
      } else {
        comm.recv(in, 0, length, peer, 1, null);
        comm.send(out, 0, length, peer, 1);
      }
    }
  }
}
