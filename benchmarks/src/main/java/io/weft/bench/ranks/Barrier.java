package io.weft.bench.ranks;

import io.weft.bench.peer.Pattern;

/** Barriers. See {@link Pattern#BARRIER}. */
public class Barrier extends AcrossRanks {
  /** Made by JMH. */
  public Barrier() {}

  @Override
  public Pattern pattern() {
    return Pattern.BARRIER;
  }

  @Override
  long bytes() {
    return 0;
  }
}
