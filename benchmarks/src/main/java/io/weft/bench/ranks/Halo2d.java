package io.weft.bench.ranks;

import io.weft.bench.peer.Pattern;
import org.openjdk.jmh.annotations.Param;

/** Faces of a two-dimensional grid. See {@link Pattern#HALO_2D}. */
public class Halo2d extends AcrossRanks {
  /** Bytes of a face. */
  @Param({"8", "1024", "65536", "1048576"})
  public long bytes;

  /** Made by JMH. */
  public Halo2d() {}

  @Override
  public Pattern pattern() {
    return Pattern.HALO_2D;
  }

  @Override
  long bytes() {
    return bytes;
  }
}
