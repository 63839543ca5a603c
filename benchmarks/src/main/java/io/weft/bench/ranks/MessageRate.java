package io.weft.bench.ranks;

import io.weft.bench.peer.Pattern;
import org.openjdk.jmh.annotations.Param;

/** Messages of several pairs. See {@link Pattern#MESSAGE_RATE}. */
public class MessageRate extends AcrossRanks {
  /** Bytes of a message. */
  @Param({"8"})
  public long bytes;

  /** Made by JMH. */
  public MessageRate() {}

  @Override
  public Pattern pattern() {
    return Pattern.MESSAGE_RATE;
  }

  @Override
  long bytes() {
    return bytes;
  }
}
