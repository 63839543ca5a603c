package io.weft.fabric;

import io.weft.fabric.ffm.Constants;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What to ask of providers. Of reliable-datagram endpoints this module always asks tagged and
 * untagged messages that arrive in order of sending (fi_getinfo(3)). Immutable.
 *
 * @param provider the provider's full name, such as {@code net} or {@code tcp;ofi_rxm}, or null for
 *     any
 * @param sourceAddress the numeric IP address to bind to, for providers over IP, or null for any
 * @param capabilities what endpoints must be able to do besides; to ask for what is not used may
 *     cost speed, for providers that choose their protocols by it
 * @param endpointType the kind of endpoints
 */
public record FabricHints(
    String provider,
    String sourceAddress,
    Set<Capability> capabilities,
    EndpointType endpointType) {
  /** Copies what could change. */
  public FabricHints {
    capabilities = Set.copyOf(capabilities);
    Objects.requireNonNull(endpointType);
  }

  /**
   * Asks for messages only.
   *
   * @param provider the provider's full name, or null for any
   * @param sourceAddress the numeric IP address to bind to, or null for any
   */
  public FabricHints(String provider, String sourceAddress) {
    this(provider, sourceAddress, Set.of(), EndpointType.RELIABLE_DATAGRAM);
  }

  /** Asks for any provider. */
  public static final FabricHints ANY = new FabricHints(null, null);

  /**
   * Asks for one provider.
   *
   * @param provider its full name
   * @return the hints
   */
  public static FabricHints provider(String provider) {
    return new FabricHints(provider, null);
  }

  /**
   * Asks for more.
   *
   * @param more capabilities besides those asked for already
   * @return the hints
   */
  public FabricHints with(Capability... more) {
    Set<Capability> all = new HashSet<>(capabilities);
    all.addAll(List.of(more));
    return new FabricHints(provider, sourceAddress, all, endpointType);
  }

  /**
   * Asks for other endpoints.
   *
   * @param type their kind
   * @return the hints
   */
  public FabricHints with(EndpointType type) {
    return new FabricHints(provider, sourceAddress, capabilities, type);
  }

  boolean isReliable() {
    return endpointType == EndpointType.RELIABLE_DATAGRAM;
  }

  long capabilityBits() {
    long bits = Constants.FI_MSG | (isReliable() ? Constants.FI_TAGGED : 0);
    for (Capability each : capabilities) {
      bits |= each.bit();
    }
    return bits;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(provider == null ? "any provider" : "provider " + provider);
    text.append(sourceAddress == null ? "" : ", source address " + sourceAddress);
    text.append(isReliable() ? "" : ", FI_EP_DGRAM");
    capabilities.stream().sorted().forEach(each -> text.append(", ").append(each.libraryName()));
    return text.toString();
  }
}
