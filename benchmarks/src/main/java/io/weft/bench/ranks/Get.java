package io.weft.bench.ranks;

import io.weft.bench.peer.Pattern;
import org.openjdk.jmh.annotations.Param;

/** Reads of another rank's memory. See {@link Pattern#GET}. */
public class Get extends AcrossRanks {
  /** Bytes that are read. */
  @Param({"8", "1024", "65536", "1048576"})
  public long bytes;

  /** Made by JMH. */
  public Get() {}

  @Override
  public Pattern pattern() {
    return Pattern.GET;
  }

  @Override
  long bytes() {
    return bytes;
  }
}
