package io.weft.cli.doctor;

import io.weft.cli.EfaHere;
import io.weft.fabric.Fabric;
import io.weft.fabric.FabricUnavailableException;
import io.weft.launch.LaunchException;
import io.weft.launch.MpiInstallation;
import io.weft.launch.MpiSearch;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The native libraries of this machine, each asked itself.
 *
 * @param mpis installations, the preferred one first
 * @param mpiMissing why there is none; null if there is
 * @param fabric name, version and file of libfabric; null if it does not load
 * @param providers of libfabric that have something to offer
 * @param fabricMissing why libfabric does not load; null if it does
 * @param efa what libfabric's efa provider has
 */
record Libraries(
    List<MpiInstallation> mpis,
    String mpiMissing,
    String fabric,
    Set<String> providers,
    String fabricMissing,
    EfaHere efa) {

  static Libraries here(Map<String, String> environment) {
    List<MpiInstallation> mpis = List.of();
    String mpiMissing = null;
    try {
      MpiSearch search = new MpiSearch(environment);
      mpis = search.all();
      if (mpis.isEmpty()) {
        search.find(null);
      }
    } catch (LaunchException none) {
      mpiMissing = none.getMessage();
    }
    try {
      String version = Fabric.libraryVersion();
      return new Libraries(mpis, mpiMissing, version, Fabric.providers(), null, EfaHere.look());
    } catch (FabricUnavailableException none) {
      String said = none.getMessage();
      return new Libraries(
          mpis, mpiMissing, null, Set.of(), said, new EfaHere("no libfabric", false, null));
    }
  }
}
