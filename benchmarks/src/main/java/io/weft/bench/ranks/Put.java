package io.weft.bench.ranks;

import io.weft.bench.peer.Pattern;
import org.openjdk.jmh.annotations.Param;

/** Writes into another rank's memory. See {@link Pattern#PUT}. */
public class Put extends AcrossRanks {
  /** Bytes that are written. */
  @Param({"8", "1024", "65536", "1048576"})
  public long bytes;

  /** Made by JMH. */
  public Put() {}

  @Override
  public Pattern pattern() {
    return Pattern.PUT;
  }

  @Override
  long bytes() {
    return bytes;
  }
}
