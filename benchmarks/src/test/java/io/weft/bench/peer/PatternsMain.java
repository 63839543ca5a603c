package io.weft.bench.peer;

import io.weft.bench.report.Found;

/**
 * A rank that opens a peer by its class name and runs every pattern; rank 0 prints {@code PATTERN
 * BYTES CHECKSUM} of each, {@code singles TRUE|FALSE COUNT}, and {@code found NETWORK|PROVIDER|
 * PROTOCOL|DEVICE|HOSTS|LIBRARY}.
 */
final class PatternsMain {
  private PatternsMain() {}

  /**
   * Runs a rank.
   *
   * @param arguments the class, then lengths in bytes
   * @throws ReflectiveOperationException if there is no such class
   */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    try (Peer peer = (Peer) Class.forName(arguments[0]).getConstructor().newInstance()) {
      for (Pattern pattern : Pattern.values()) {
        for (int i = 1; i < arguments.length; i++) {
          run(peer, pattern, pattern == Pattern.BARRIER ? 0 : Long.parseLong(arguments[i]));
        }
      }
      Found found = peer.found();
      check(peer.tell(peer.rank() == 0 ? 41 : 7) == 41, "all hear what rank 0 says");
      check(peer.largest(peer.rank()) == peer.size() - 1, "the largest rank is the last");
      print(
          peer,
          "found "
              + String.join(
                  "|",
                  found.network(),
                  found.provider(),
                  found.protocol(),
                  found.device(),
                  Integer.toString(found.hosts()),
                  found.library()));
    }
  }

  private static void run(Peer peer, Pattern pattern, long bytes) {
    try (Operation operation = peer.open(pattern, bytes)) {
      operation.run(pattern.unit());
      operation.run(2 * pattern.unit());
      peer.barrier();
      String sum = Long.toHexString(peer.sum(operation.checksum()));
      print(peer, pattern + " " + bytes + " " + sum);
      long[] nanos = new long[20];
      boolean timed = operation.time(nanos);
      peer.barrier();
      check(timed == (pattern == Pattern.PING_PONG), pattern + " is timed: " + timed);
      for (int i = 0; timed && peer.rank() < 2 && i < nanos.length; i++) {
        check(nanos[i] > 0, "round trip " + i + " took " + nanos[i]);
      }
    } catch (AbsentException absent) {
      print(peer, pattern + " " + bytes + " absent: " + absent.getMessage());
    }
  }

  private static void check(boolean well, String what) {
    if (!well) {
      throw new IllegalStateException("not so: " + what);
    }
  }

  private static void print(Peer peer, String line) {
    if (peer.rank() == 0) {
      System.out.println(line);
    }
  }
}
