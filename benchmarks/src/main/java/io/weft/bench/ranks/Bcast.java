package io.weft.bench.ranks;

import io.weft.bench.peer.Pattern;
import org.openjdk.jmh.annotations.Param;

/** Broadcasts. See {@link Pattern#BCAST}. */
public class Bcast extends AcrossRanks {
  /** Bytes that are sent to each. */
  @Param({"8", "1024", "65536", "1048576"})
  public long bytes;

  /** Made by JMH. */
  public Bcast() {}

  @Override
  public Pattern pattern() {
    return Pattern.BCAST;
  }

  @Override
  long bytes() {
    return bytes;
  }
}
