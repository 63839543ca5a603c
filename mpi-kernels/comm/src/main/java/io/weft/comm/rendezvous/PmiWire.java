package io.weft.comm.rendezvous;

import io.weft.comm.CommunicatorException;
import io.weft.ffi.InheritedDescriptor;
import io.weft.ffi.NativeCallException;
import java.nio.charset.StandardCharsets;

/** Lines to and from a launcher with PMI-1, one answer for each request. Confined to one thread. */
final class PmiWire implements AutoCloseable {
  /** MPICH's own limit is 4096 bytes. */
  private static final int LONGEST_LINE = 8192;

  private final InheritedDescriptor descriptor;
  private final int fd;
  private final int rank;
  private final long deadlineNanos;
  private final StringBuilder received = new StringBuilder();
  private final byte[] buffer = new byte[1024];

  /** An answer is outstanding: what comes next would be taken for another one's. */
  private boolean broken;

  PmiWire(int fd, int rank, long deadlineNanos) {
    this.descriptor = new InheritedDescriptor(fd);
    this.fd = fd;
    this.rank = rank;
    this.deadlineNanos = deadlineNanos;
  }

  /** Asks, and waits for the answer, whose command must be the one given. */
  PmiAnswer ask(String request, String answer) {
    if (broken) {
      throw new CommunicatorException(who() + " failed before");
    }
    broken = true;
    long end = System.nanoTime() + deadlineNanos;
    String command = request.split(" ", 2)[0];
    String line;
    try {
      byte[] bytes = ("cmd=" + request + "\n").getBytes(StandardCharsets.ISO_8859_1);
      if (!descriptor.write(bytes, end)) {
        throw late(command);
      }
      line = line(command, end);
    } catch (NativeCallException refused) {
      throw new CommunicatorException(
          who() + " is not there for " + command + ": " + refused.getMessage(), refused);
    }
    PmiAnswer result = new PmiAnswer(command, line, answer);
    broken = false;
    return result;
  }

  private String line(String command, long end) {
    int newline;
    while ((newline = received.indexOf("\n")) < 0) {
      if (received.length() > LONGEST_LINE) {
        throw new CommunicatorException(
            who()
                + " answers "
                + command
                + " with more than "
                + LONGEST_LINE
                + " bytes: "
                + Quoted.of(received.toString()));
      }
      int read = descriptor.read(buffer, end);
      if (read == 0) {
        throw late(command);
      }
      if (read < 0) {
        throw new CommunicatorException(
            who() + " ended the connection instead of answering " + command);
      }
      received.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
    }
    String line = received.substring(0, newline);
    received.delete(0, newline + 1);
    return line;
  }

  private CommunicatorException late(String command) {
    return new CommunicatorException(
        who()
            + " did not answer "
            + command
            + " within "
            + deadlineNanos / 1_000_000_000L
            + " s ("
            + RendezvousSettings.DEADLINE
            + ")"
            + (command.equals("barrier_in") ? ": not all ranks had started" : ""));
  }

  private String who() {
    return "rank " + rank + ": the launcher's PMI on descriptor " + fd;
  }

  /**
   * Says good-bye and closes the descriptor. After a failure it stays open until the process ends:
   * a launcher that sees it close without good-bye kills the job, before the failure is told.
   */
  @Override
  public void close() {
    if (!broken) {
      ask("finalize", "finalize_ack");
      descriptor.close();
      broken = true;
    }
  }
}
