package io.weft.results.webhook;

import java.net.UnknownHostException;

/** A subscriber's name leads to an address that is not public. */
final class RefusedAddressException extends UnknownHostException {
  private static final long serialVersionUID = 1L;

  RefusedAddressException(String host) {
    // Not which address: whoever names hosts must not learn by it how a network is made inside.
    super("the host " + host + " has an address that is not public");
  }
}
