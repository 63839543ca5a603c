package io.weft.results.webhook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges of IANA's special-purpose registries, by their first and last addresses. */
class PublicAddressesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.0.0",
        "169.254.169.254",
        "169.254.170.2",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.0",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "::10.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2001:1ff:ffff::1",
        "2002:a00:1::1",
        "3fff::1",
        "3fff:fff::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1",
      })
  void refusesWhatMayBeInside(String address) throws UnknownHostException {
    assertFalse(PublicAddresses.contain(InetAddress.getByName(address)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.1",
        "192.0.3.1",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "::ffff:1.1.1.1",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2003::1",
        "2606:4700:4700::1111",
        "3ffe::1",
      })
  void letsThePublicPass(String address) throws UnknownHostException {
    assertTrue(PublicAddresses.contain(InetAddress.getByName(address)));
  }

  @Test
  void refusesANameOfWhoseAddressesOneIsInside() throws UnknownHostException {
    InetAddress outside = InetAddress.getByName("1.1.1.1");
    InetAddress inside = InetAddress.getByName("169.254.169.254");
    CheckedResolver both =
        new CheckedResolver(host -> new InetAddress[] {outside, inside}, PublicAddresses::contain);
    RefusedAddressException refused =
        assertThrows(RefusedAddressException.class, () -> both.resolve("example.com"));
    assertFalse(refused.getMessage().contains("169.254"), refused.getMessage());
    CheckedResolver one =
        new CheckedResolver(host -> new InetAddress[] {outside}, PublicAddresses::contain);
    assertArrayEquals(new InetAddress[] {outside}, one.resolve("example.com"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/",
        "HTTPS//example.com/",
        "ftp://example.com/",
        "https:///path",
        "https://",
        "https:example.com",
        "https://user@example.com/",
        "https://user:word@example.com/",
        "https://example.com:0/",
        "https://example.com:70000/",
        "https://exa mple.com/",
        "https://example.com/#part",
        "https://a_b@c:d/",
        "example.com",
        "",
        "file:///etc/passwd",
      })
  void refusesUrlsThatAreNoneOfOurs(String url) {
    IllegalArgumentException wrong =
        assertThrows(IllegalArgumentException.class, () -> WebhookUrl.parse(url));
    assertTrue(wrong.getMessage().startsWith("its URL "), wrong.getMessage());
    assertFalse(wrong.getMessage().contains("word"), wrong.getMessage());
  }

  @Test
  void readsUrls() {
    assertEquals("example.com", WebhookUrl.parse("https://example.com/a?b=c").getHost());
    assertEquals(8443, WebhookUrl.parse("https://example.com:8443/").getPort());
  }
}
