package io.weft.fabric;

import io.weft.launch.MpiVendor;
import io.weft.testing.Variant;
import io.weft.testing.VariantProvider;
import java.util.List;

/** The providers that tests between ranks go over; efa where there is a device. */
public final class RemoteVariants implements VariantProvider {
  private static final List<String> NAMES =
      List.of("libfabric/shm", "libfabric/net", "libfabric/rxm", "libfabric/efa/same");

  /** JUnit's JVM makes one. */
  public RemoteVariants() {}

  @Override
  public List<Variant> variants(MpiVendor mpi) {
    return NAMES.stream().map(Variant::of).toList();
  }

  /** What a variant means. */
  static FabricHints hints(String variant) {
    return switch (variant.split("/")[1]) {
      case "shm" -> FabricHints.provider("shm");
      case "net" -> Peer.hints("net");
      case "rxm" -> Peer.hints("tcp;ofi_rxm");
      default -> FabricHints.provider("efa");
    };
  }
}
