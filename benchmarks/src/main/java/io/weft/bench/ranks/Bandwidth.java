package io.weft.bench.ranks;

import io.weft.bench.peer.Pattern;
import org.openjdk.jmh.annotations.Param;

/** Messages one way. See {@link Pattern#BANDWIDTH}. */
public class Bandwidth extends AcrossRanks {
  /** Bytes of a message. */
  @Param({"8", "1024", "8192", "65536", "1048576", "4194304"})
  public long bytes;

  /** Made by JMH. */
  public Bandwidth() {}

  @Override
  public Pattern pattern() {
    return Pattern.BANDWIDTH;
  }

  @Override
  long bytes() {
    return bytes;
  }
}
