package io.weft.fabric;

/** There is no libfabric, or none of its providers is what was asked for. */
public final class FabricUnavailableException extends FabricException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message what was looked for, what was found, and what to do
   */
  public FabricUnavailableException(String message) {
    super(message, 0);
  }
}
