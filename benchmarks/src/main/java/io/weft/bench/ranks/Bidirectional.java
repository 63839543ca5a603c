package io.weft.bench.ranks;

import io.weft.bench.peer.Pattern;
import org.openjdk.jmh.annotations.Param;

/** Messages both ways at once. See {@link Pattern#BIDIRECTIONAL}. */
public class Bidirectional extends AcrossRanks {
  /** Bytes of a message. */
  @Param({"8", "1024", "8192", "65536", "1048576", "4194304"})
  public long bytes;

  /** Made by JMH. */
  public Bidirectional() {}

  @Override
  public Pattern pattern() {
    return Pattern.BIDIRECTIONAL;
  }

  @Override
  long bytes() {
    return bytes;
  }
}
