package io.weft.testing;

import io.weft.launch.MpiVendor;

/** What one job of a test class runs on. */
record Cell(MpiVendor mpi, Variant variant, int ranks) {
  String displayName() {
    return mpi.title()
        + (variant.name().isEmpty() ? "" : ", " + variant)
        + ", "
        + ranks
        + (ranks == 1 ? " rank" : " ranks");
  }

  /** A file name. */
  String fileName() {
    String name =
        mpi + (variant.name().isEmpty() ? "" : "-" + variant.name()) + "-" + ranks + "ranks";
    return name.replaceAll("[^A-Za-z0-9._-]", "-");
  }
}
