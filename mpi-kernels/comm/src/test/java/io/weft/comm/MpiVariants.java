package io.weft.comm;

import io.weft.launch.MpiVendor;
import io.weft.testing.Variant;
import io.weft.testing.VariantProvider;
import java.util.List;
import java.util.stream.Stream;

/**
 * The networks over libmpi. What the MPI chooses by itself, which on one host is shared memory too,
 * has cells of its own in long runs only.
 */
public final class MpiVariants implements VariantProvider {
  private static final List<String> NETWORKS = List.of("mpi/shm", "mpi/ena/same");

  /** JUnit's JVM makes one. */
  public MpiVariants() {}

  @Override
  public List<Variant> variants(MpiVendor mpi) {
    Stream<String> chosen =
        Boolean.getBoolean("weft.long") ? Stream.of("mpi/auto") : Stream.empty();
    return Stream.concat(chosen, NETWORKS.stream()).map(Variant::of).toList();
  }
}
