package io.weft.bench.ranks;

import io.weft.bench.peer.Pattern;
import org.openjdk.jmh.annotations.Param;

/** Faces of a three-dimensional grid. See {@link Pattern#HALO_3D}. */
public class Halo3d extends AcrossRanks {
  /** Bytes of a face. */
  @Param({"8", "1024", "65536", "1048576"})
  public long bytes;

  /** Made by JMH. */
  public Halo3d() {}

  @Override
  public Pattern pattern() {
    return Pattern.HALO_3D;
  }

  @Override
  long bytes() {
    return bytes;
  }
}
