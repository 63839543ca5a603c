package io.weft.bench.peer;

/**
 * What a rank does that polls and has found nothing: it spins, as MPI's ranks and libfabric's do,
 * or lets others run where ranks share cores.
 */
final class Pause {
  private final boolean yields;

  Pause(boolean yields) {
    this.yields = yields;
  }

  void once() {
    if (yields) {
      Thread.yield();
    } else {
      Thread.onSpinWait();
    }
  }
}
