package io.weft.fabric;

/**
 * What to ask of providers beyond what this module always asks: reliable-datagram endpoints with
 * tagged and untagged messages that arrive in order of sending (fi_getinfo(3)).
 *
 * @param provider the provider's full name, such as {@code net} or {@code tcp;ofi_rxm}, or null for
 *     any
 * @param sourceAddress the numeric IP address to bind to, for providers over IP, or null for any
 */
public record FabricHints(String provider, String sourceAddress) {
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

  @Override
  public String toString() {
    return (provider == null ? "any provider" : "provider " + provider)
        + (sourceAddress == null ? "" : ", source address " + sourceAddress);
  }
}
