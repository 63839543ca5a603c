package io.weft.comm.fabric;

import io.weft.comm.Bootstrap;
import io.weft.comm.CommunicatorException;
import io.weft.fabric.AddressVector;
import io.weft.fabric.CompletionQueue;
import io.weft.fabric.Discovery;
import io.weft.fabric.Domain;
import io.weft.fabric.Endpoint;
import io.weft.fabric.Fabric;
import io.weft.fabric.FabricInfo;

/** An open endpoint with the addresses of all ranks. Confined to the thread that opened it. */
final class Link implements AutoCloseable {
  private final int rank;
  private final int size;
  private final FabricInfo info;
  private final Fabric fabric;
  private final Domain domain;
  private final CompletionQueue completions;
  private final Endpoint endpoint;
  private final long[] addresses;

  private Link(Bootstrap bootstrap, Discovery discovery) {
    rank = bootstrap.rank();
    size = bootstrap.size();
    info = discovery.first();
    fabric = Fabric.open(info);
    try {
      domain = fabric.openDomain(info);
      // Room for everything that may be outstanding: a full queue stalls some providers.
      completions =
          domain.openCompletionQueue(info.sendQueueEntries() + info.receiveQueueEntries());
      AddressVector vector = domain.openAddressVector(size);
      endpoint = domain.openEndpoint(info, vector, completions);
      byte[][] names = Agreement.exchange(bootstrap, endpoint.name());
      addresses = new long[size];
      for (int peer = 0; peer < size; peer++) {
        addresses[peer] = vector.insert(names[peer]);
      }
      Agreement.exchange(bootstrap, new byte[0]); // Everybody has everybody's address.
    } catch (RuntimeException failure) {
      fabric.close();
      throw failure;
    }
  }

  /** Opens one; collective. What fails on one rank fails on all, with that rank's reason. */
  static Link open(Bootstrap bootstrap, FabricSettings settings) {
    try (Discovery discovery = ProviderChoice.discover(settings)) {
      return new Link(bootstrap, discovery);
    } catch (Agreement.RefusedException elsewhere) {
      throw new CommunicatorException(elsewhere.getMessage());
    } catch (RuntimeException here) {
      String reason = here.getMessage() == null ? here.toString() : here.getMessage();
      Agreement.refuse(bootstrap, reason);
      throw new CommunicatorException("rank " + bootstrap.rank() + ": " + reason, here);
    }
  }

  int rank() {
    return rank;
  }

  int size() {
    return size;
  }

  FabricInfo info() {
    return info;
  }

  Domain domain() {
    return domain;
  }

  CompletionQueue completions() {
    return completions;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** What the endpoint's operations take for each rank. */
  long[] addresses() {
    return addresses;
  }

  @Override
  public void close() {
    fabric.close();
  }
}
