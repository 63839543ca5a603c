package io.weft.bench.ranks;

import com.sun.management.ThreadMXBean;
import io.weft.bench.peer.AbsentException;
import io.weft.bench.peer.CommunicatorPeer;
import io.weft.bench.peer.KernelOperation;
import io.weft.bench.peer.Operation;
import io.weft.bench.peer.Pattern;
import io.weft.bench.peer.Peer;
import io.weft.bench.peer.PeerWay;
import io.weft.bench.report.Percentiles;
import io.weft.kernels.Kernel;
import io.weft.kernels.Kernels;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Rank 0 of a fork: runs batches and tells the others to. */
final class RankZero implements AutoCloseable {
  /** For how long an iteration times operations singly, and how many at least and at most. */
  private static final double SINGLES_NANOS = 20e6;

  private static final int FEWEST_SINGLES = 20;
  private static final int MOST_SINGLES = 4000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final ForkReport report = ForkReport.ofThisProcess();
  private final int batch;
  private final List<long[]> singles = new ArrayList<>();
  private final List<Double> iterations = new ArrayList<>();
  private final Peer peer;
  private boolean collective;
  private Operation operation;
  private boolean timesSingles;
  private long nanos;
  private long operations;
  private long slowest;
  private long batches;
  private long allocated;
  private double figure;

  RankZero(String via, String network, int ranks, int batch) {
    PeerWay way = PeerWay.ofThisProcess();
    if (!way.via().toString().equals(via) || !way.network().toString().equals(network)) {
      throw new IllegalStateException(
          "this fork was started for via=%s network=%s, not via=%s network=%s: use scripts/bench"
              .formatted(way.via(), way.network(), via, network));
    }
    this.batch = batch;
    try {
      this.peer = way.open();
    } catch (AbsentException notHere) {
      report.absent(notHere.getMessage());
      throw notHere;
    }
    if (peer.size() != ranks) {
      throw new IllegalStateException(
          "a job of " + peer.size() + " ranks for ranks=" + ranks + ": use scripts/bench");
    }
  }

  void open(Pattern pattern, long bytes) {
    if (batch % pattern.unit() != 0) {
      throw new IllegalStateException(
          "%s counts by %d: a batch cannot be of %d (-opi)"
              .formatted(pattern.word(), pattern.unit(), batch));
    }
    peer.tell(Phase.OPEN.with(pattern.ordinal()));
    peer.tell(bytes);
    collective = pattern.isCollective();
    timesSingles = pattern == Pattern.PING_PONG;
    try {
      operation = peer.open(pattern, bytes);
    } catch (AbsentException notHere) {
      report.absent(notHere.getMessage());
      throw notHere;
    }
  }

  void openKernel(String name, String problemClass) {
    List<Kernel> all = Kernels.all();
    Kernel kernel = Kernels.named(name);
    int classIndex =
        IntStream.range(0, kernel.classes().size())
            .filter(i -> kernel.classes().get(i).name().equals(problemClass))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException(name + " has no class " + problemClass));
    peer.tell(Phase.OPEN_KERNEL.with(all.indexOf(kernel)));
    peer.tell(classIndex);
    collective = true;
    try {
      operation = ((CommunicatorPeer) peer).open(kernel, problemClass);
    } catch (AbsentException notHere) {
      report.absent(notHere.getMessage());
      throw notHere;
    }
  }

  void ready() {
    peer.tell(Phase.RUN.with(batch));
    peer.barrier();
  }

  void batch() {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    operation.run(batch);
    nanos = Batch.nanos(operation, System.nanoTime() - start);
    allocated += THREADS.getCurrentThreadAllocatedBytes() - bytes;
  }

  void hear() {
    long largest = peer.largest(nanos);
    slowest += collective ? largest : nanos;
    batches++;
  }

  void endIteration(boolean counts) {
    figure = (double) slowest / batches / batch;
    if (counts) {
      iterations.add(figure);
      operations += batches * batch;
    } else {
      allocated = 0;
    }
    slowest = 0;
    batches = 0;
    if (timesSingles) {
      // A half round trip is told, and two are timed.
      double fit = SINGLES_NANOS / (2 * figure);
      long[] times = new long[(int) Math.clamp(fit, FEWEST_SINGLES, MOST_SINGLES)];
      peer.tell(Phase.TIME.with(times.length));
      peer.barrier();
      operation.time(times);
      if (counts) {
        singles.add(times);
      }
    }
  }

  /** Nanoseconds per operation of the iteration that has just ended. */
  double figure() {
    return figure;
  }

  /** Of all iterations so far; null if none was timed singly. */
  Percentiles percentiles() {
    if (singles.isEmpty()) {
      return null;
    }
    long[] all = singles.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return new Percentiles(
        at(all, 0.5), at(all, 0.9), at(all, 0.99), at(all, 0.999), all[all.length - 1]);
  }

  /** The least that so large a share is at most: the nearest rank. */
  private static double at(long[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  @Override
  public void close() {
    peer.tell(Phase.SUM.with(0));
    long sum = peer.sum(operation.checksum());
    peer.tell(Phase.FIND.with(0));
    report.found(peer.found());
    report.measured(
        iterations,
        percentiles(),
        operations == 0 ? 0 : (double) allocated / operations,
        Long.toHexString(sum),
        operation instanceof KernelOperation kernel ? kernel.operations() : 0);
    peer.tell(Phase.END.with(0));
    operation.close();
    peer.close();
    report.write();
  }
}
