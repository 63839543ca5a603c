package io.weft.fabric;

import io.weft.fabric.ffm.Operations;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What an endpoint is to be bound to before it is enabled, fi_endpoint(3). Made by {@link
 * Domain#prepareEndpoint}; each call adds to it, {@link #open} opens the endpoint. Confined to the
 * domain's thread.
 */
public final class EndpointSetup {
  private record Binding(FabricObject to, long flags, String what) {}

  private final Domain domain;
  private final FabricInfo info;
  private final AddressVector addresses;
  private final CompletionQueue completions;
  private final Map<EndpointOption, Long> options = new EnumMap<>(EndpointOption.class);
  private final List<Binding> bindings = new ArrayList<>();

  EndpointSetup(
      Domain domain, FabricInfo info, AddressVector addresses, CompletionQueue completions) {
    this.domain = domain;
    this.info = info;
    this.addresses = addresses;
    this.completions = completions;
  }

  /**
   * Has a counter count events of the endpoint.
   *
   * @param counter which; it may count several endpoints
   * @param first what it counts
   * @param more what it counts besides
   * @return this
   * @throws UnsupportedOperationException if endpoints of this provider, or as it was asked for, do
   *     not have such events: names both
   */
  public EndpointSetup count(Counter counter, CounterEvent first, CounterEvent... more) {
    first.check(info);
    long flags = first.bit();
    for (CounterEvent each : more) {
      each.check(info);
      flags |= each.bit();
    }
    bindings.add(new Binding(counter, flags, "counters of " + first + List.of(more)));
    return this;
  }

  /**
   * Has the endpoint take its receives from a context that it shares with others; none is posted to
   * the endpoint itself then. Their completions come to the queue of the endpoint that the message
   * was sent to.
   *
   * @param context where receives are posted
   * @return this
   * @throws UnsupportedOperationException if the endpoint was not asked for with {@link
   *     Capability#SHARED_RECEIVE}
   */
  public EndpointSetup receiveFrom(SharedReceiveContext context) {
    info.require(Capability.SHARED_RECEIVE);
    bindings.add(new Binding(context, 0, "shared receive contexts"));
    return this;
  }

  /**
   * Has the endpoint report events, fi_endpoint(3) at {@code fi_ep_bind}.
   *
   * @param events where
   * @return this
   */
  public EndpointSetup report(EventQueue events) {
    bindings.add(new Binding(events, 0, "event queues of endpoints"));
    return this;
  }

  /**
   * Changes a setting while the endpoint is opened, before or after enabling it as the option
   * wants.
   *
   * @param option which
   * @param value in the option's unit
   * @return this
   */
  public EndpointSetup option(EndpointOption option, long value) {
    options.put(option, value);
    return this;
  }

  /**
   * Opens and enables the endpoint.
   *
   * @return the endpoint
   * @throws UnsupportedOperationException if the provider does not know something that was asked
   *     for: names both
   * @throws FabricException if the provider refuses
   */
  public Endpoint open() {
    return Endpoint.open(domain, this);
  }

  /** Says whether the endpoint has an event queue. */
  boolean reports() {
    return bindings.stream().anyMatch(each -> each.to instanceof EventQueue);
  }

  Domain domain() {
    return domain;
  }

  FabricInfo info() {
    return info;
  }

  AddressVector addresses() {
    return addresses;
  }

  CompletionQueue completions() {
    return completions;
  }

  /** Changes the settings that are early, or the others. */
  void set(long endpoint, boolean early) {
    for (Map.Entry<EndpointOption, Long> each : options.entrySet()) {
      if (each.getKey().isEarly() == early) {
        EndpointOptions.set(info, endpoint, each.getKey(), each.getValue());
      }
    }
  }

  /** Binds all but addresses and completions. */
  void bind(long endpoint) {
    for (Binding each : bindings) {
      info.checkOffered(
          Operations.FI_EP_BIND.name(),
          Operations.fi_ep_bind(endpoint, each.to.address(), each.flags),
          each.what);
    }
  }

  void use() {
    addresses.use();
    completions.use();
    bindings.forEach(each -> each.to.use());
  }

  /** How often a counter is bound. */
  int usesOf(Counter counter) {
    return (int) bindings.stream().filter(each -> each.to == counter).count();
  }

  void release() {
    addresses.release();
    completions.release();
    bindings.forEach(each -> each.to.release());
  }
}
