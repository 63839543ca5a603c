package io.weft.testing;

import io.weft.launch.MpiVendor;
import java.util.ArrayList;
import java.util.List;

/**
 * The ways over EFA: over either library, and with messages that overtake each other and receivers
 * that are not ready. In long runs with more faults, and over libfabric 2.1 where the software
 * device's tests have built it.
 */
public final class EfaVariants implements VariantProvider {
  private static final List<String> ALWAYS =
      List.of("mpi/efa/same", "libfabric/efa/same", "libfabric/efa/same with reorder=64,rnr=5%");

  private static final List<String> LONG =
      List.of("libfabric/efa/same with reorder=8,rnr=5%", "mpi/efa/same with reorder=64,rnr=5%");

  private static final List<String> NEWER =
      List.of(
          "mpi/efa/same with libfabric=2.1",
          "libfabric/efa/same with libfabric=2.1",
          "libfabric/efa/same with libfabric=2.1,reorder=64,rnr=5%");

  /** JUnit's JVM makes one. */
  public EfaVariants() {}

  @Override
  public List<Variant> variants(MpiVendor mpi) {
    List<String> names = new ArrayList<>(ALWAYS);
    if (Boolean.getBoolean("weft.long")) {
      names.addAll(LONG);
      if (EmulatedEfa.libfabric("2.1") == null) {
        System.out.println(
            "[skipped] cells over efa on libfabric 2.1: native/efa-emulator/test/build-libfabric2"
                + " makes it, and has not");
      } else {
        names.addAll(NEWER);
      }
    }
    return names.stream().map(Variant::of).toList();
  }

  /** The same without MPI. */
  public static final class Libfabric implements VariantProvider {
    /** JUnit's JVM makes one. */
    public Libfabric() {}

    @Override
    public List<Variant> variants(MpiVendor mpi) {
      return new EfaVariants()
          .variants(mpi).stream().filter(one -> one.name().startsWith("libfabric/")).toList();
    }
  }
}
