package io.weft.results.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import org.apache.http.conn.DnsResolver;

/**
 * Resolves a name and refuses it if any of its addresses is not allowed. The connection is made to
 * the addresses that it gives and to no others: there is no second look-up that could say something
 * else.
 */
final class CheckedResolver implements DnsResolver {
  private final DnsResolver names;
  private final Predicate<InetAddress> allowed;

  CheckedResolver(DnsResolver names, Predicate<InetAddress> allowed) {
    this.names = names;
    this.allowed = allowed;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = names.resolve(host);
    for (InetAddress address : addresses) {
      if (!allowed.test(address)) {
        throw new RefusedAddressException(host);
      }
    }
    return addresses;
  }
}
