package io.weft.bench.ranks;

import io.weft.bench.peer.AbsentException;
import io.weft.bench.peer.CommunicatorPeer;
import io.weft.bench.peer.Operation;
import io.weft.bench.peer.Pattern;
import io.weft.bench.peer.Peer;
import io.weft.bench.peer.PeerWay;
import io.weft.kernels.Kernel;
import io.weft.kernels.Kernels;
import io.weft.launch.RankEnvironment;
import java.lang.reflect.Method;

/**
 * What every rank of a fork starts as: rank 0 becomes JMH's fork, the others do as it tells them.
 */
public final class RankMain {
  /** What JMH starts in a fork; not public, as it is meant for the java command alone. */
  public static final String FORKED_MAIN = "org.openjdk.jmh.runner.ForkedMain";

  private final Peer peer;
  private Operation operation;

  private RankMain(Peer peer) {
    this.peer = peer;
  }

  /**
   * Runs a rank.
   *
   * @param arguments those of JMH's forked main: where the driver listens
   * @throws Exception whatever JMH's forked main throws
   */
  public static void main(String[] arguments) throws Exception {
    if (RankEnvironment.rank(System.getenv()) <= 0) {
      Method main = Class.forName(FORKED_MAIN).getDeclaredMethod("main", String[].class);
      main.setAccessible(true);
      main.invoke(null, (Object) arguments);
      return;
    }
    try (Peer peer = PeerWay.ofThisProcess().open()) {
      RankMain other = new RankMain(peer);
      boolean on = true;
      while (on) {
        on = other.obey(peer.tell(0));
      }
    } catch (AbsentException notHere) {
      // Rank 0 met the same and says so; this rank has nothing to add.
      System.exit(0);
    }
  }

  private boolean obey(long word) {
    long number = Phase.number(word);
    switch (Phase.of(word)) {
      case OPEN -> operation = peer.open(Pattern.values()[(int) number], peer.tell(0));
      case OPEN_KERNEL -> {
        Kernel kernel = Kernels.all().get((int) number);
        String name = kernel.classes().get((int) peer.tell(0)).name();
        operation = ((CommunicatorPeer) peer).open(kernel, name);
      }
      case RUN -> run((int) number);
      case TIME -> {
        peer.barrier();
        operation.time(new long[(int) number]);
      }
      case SUM -> peer.sum(operation.checksum());
      case FIND -> peer.found();
      case END -> {
        operation.close();
        return false;
      }
    }
    return true;
  }

  private void run(int count) {
    peer.barrier();
    long start = System.nanoTime();
    operation.run(count);
    peer.largest(Batch.nanos(operation, System.nanoTime() - start));
  }
}
