package io.weft.bench;

import io.weft.fabric.AddressVector;
import io.weft.fabric.CompletionQueue;
import io.weft.fabric.Discovery;
import io.weft.fabric.Domain;
import io.weft.fabric.Endpoint;
import io.weft.fabric.Fabric;
import io.weft.fabric.FabricHints;
import io.weft.fabric.FabricInfo;

/** An endpoint without peers, with everything below it. Confined to the thread that opened it. */
final class LoneEndpoint implements AutoCloseable {
  private final Fabric fabric;
  private final Domain domain;
  private final AddressVector addresses;
  private final CompletionQueue queue;
  private final Endpoint endpoint;

  LoneEndpoint(String provider) {
    try (Discovery discovery = Fabric.discover(FabricHints.provider(provider))) {
      FabricInfo info = discovery.first();
      fabric = Fabric.open(info);
      domain = fabric.openDomain(info);
      addresses = domain.openAddressVector(1);
      queue = domain.openCompletionQueue(0);
      endpoint = domain.openEndpoint(info, addresses, queue);
    }
  }

  CompletionQueue queue() {
    return queue;
  }

  @Override
  public void close() {
    endpoint.close();
    queue.close();
    addresses.close();
    domain.close();
    fabric.close();
  }
}
