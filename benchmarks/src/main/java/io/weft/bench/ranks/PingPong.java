package io.weft.bench.ranks;

import io.weft.bench.peer.Pattern;
import org.openjdk.jmh.annotations.Param;

/** Half round trips, with percentiles of single ones. See {@link Pattern#PING_PONG}. */
public class PingPong extends AcrossRanks {
  /** Bytes of a message. */
  @Param({"8", "1024", "8192", "65536", "1048576", "4194304"})
  public long bytes;

  /** Made by JMH. */
  public PingPong() {}

  @Override
  public Pattern pattern() {
    return Pattern.PING_PONG;
  }

  @Override
  long bytes() {
    return bytes;
  }
}
