package io.weft.testing;

import io.weft.launch.MpiVendor;
import java.util.List;

/** Names the variants of a {@link MultiRank} class. */
@FunctionalInterface
public interface VariantProvider {
  /**
   * The variants that run under an MPI.
   *
   * @param mpi the family of the launcher
   * @return none if there is nothing to run under it
   */
  List<Variant> variants(MpiVendor mpi);

  /** Stands for no provider. */
  final class None implements VariantProvider {
    /** JUnit's JVM makes one. */
    public None() {}

    @Override
    public List<Variant> variants(MpiVendor mpi) {
      return List.of(Variant.of(""));
    }
  }
}
