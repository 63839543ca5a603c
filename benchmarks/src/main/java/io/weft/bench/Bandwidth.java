package io.weft.bench;

import io.weft.comm.Communicator;
import io.weft.comm.Job;
import io.weft.comm.Request;
import java.lang.foreign.MemorySegment;

/**
 * Messages from rank 0 to rank 1 in windows of 64, the same as {@code bandwidth.c}; started by
 * {@link BandwidthSeries} and {@link MessageRateSeries}.
 */
final class Bandwidth {
  private static final int WINDOW = 64;

  private final Communicator comm;
  private final Request[] requests = new Request[WINDOW];
  private final MemorySegment buffer;
  private final MemorySegment empty;
  private final long length;

  private Bandwidth(Communicator comm, Request[] requests, long length) {
    this.comm = comm;
    this.length = length;
    this.buffer = comm.allocate(length);
    this.empty = comm.allocate(8);
    System.arraycopy(requests, 0, this.requests, 0, WINDOW);
  }

  /** Arguments: via, network, intra, provider or {@code -}, seconds, lengths in bytes. */
  public static void main(String[] arguments) {
    try (Job job = Job.start();
        Communicator comm = PingPong.open(job, arguments)) {
      double seconds = Double.parseDouble(arguments[4]);
      Rounds rounds = new Rounds(comm);
      Request[] requests = new Request[WINDOW];
      for (int i = 0; i < WINDOW; i++) {
        requests[i] = comm.newRequest();
      }
      for (int i = 5; i < arguments.length; i++) {
        new Bandwidth(comm, requests, Long.parseLong(arguments[i])).measure(rounds, seconds);
      }
    }
  }

  private void measure(Rounds rounds, double seconds) {
    if (comm.rank() == 0) {
      PingPong.fill(buffer, length, 0);
    }
    rounds.measure(this::windows, seconds, 2);
    // Rank 1 has what counts: it says so to rank 0, whose output is read.
    MemorySegment text = comm.allocate(32);
    if (comm.rank() == 1) {
      text.setString(0, Checksum.of(buffer, length));
    }
    comm.bcast(text, 0, 32, 1);
    if (comm.rank() == 0) {
      System.out.printf(
          "- - %d %.2f %s %.2f%n",
          length, rounds.nanos() / WINDOW, text.getString(0), rounds.allocated() / WINDOW);
    }
  }

  private void windows(long count) {
    for (long i = 0; i < count; i++) {
      if (comm.rank() == 0) {
        for (int k = 0; k < WINDOW; k++) {
          comm.isend(buffer, 0, length, 1, 1, requests[k]);
        }
        comm.awaitAll(requests, null);
        comm.recv(empty, 0, 0, 1, 2, null);
      } else {
        for (int k = 0; k < WINDOW; k++) {
          comm.irecv(buffer, 0, length, 0, 1, requests[k]);
        }
        comm.awaitAll(requests, null);
        comm.send(empty, 0, 0, 0, 2);
      }
    }
  }
}
