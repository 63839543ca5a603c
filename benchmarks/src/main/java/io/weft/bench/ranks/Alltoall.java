package io.weft.bench.ranks;

import io.weft.bench.peer.Pattern;
import org.openjdk.jmh.annotations.Param;

/** Blocks from each to each. See {@link Pattern#ALLTOALL}. */
public class Alltoall extends AcrossRanks {
  /** Bytes from one rank to one other. */
  @Param({"8", "1024", "65536", "1048576"})
  public long bytes;

  /** Made by JMH. */
  public Alltoall() {}

  @Override
  public Pattern pattern() {
    return Pattern.ALLTOALL;
  }

  @Override
  long bytes() {
    return bytes;
  }
}
