package io.weft.bench.ranks;

import io.weft.bench.peer.Pattern;
import org.openjdk.jmh.annotations.Param;

/** Sums on all ranks. See {@link Pattern#ALLREDUCE}. */
public class Allreduce extends AcrossRanks {
  /** Bytes of one rank's contribution. */
  @Param({"8", "1024", "65536", "1048576"})
  public long bytes;

  /** Made by JMH. */
  public Allreduce() {}

  @Override
  public Pattern pattern() {
    return Pattern.ALLREDUCE;
  }

  @Override
  long bytes() {
    return bytes;
  }
}
