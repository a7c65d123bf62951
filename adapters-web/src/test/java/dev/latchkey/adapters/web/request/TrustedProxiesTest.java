package dev.latchkey.adapters.web.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a proxy writes is read in every spelling it may have, and nothing else is an address. */
final class TrustedProxiesTest {

  private static final TrustedProxies ONE = new TrustedProxies(1);

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "192.0.2.1:1234, 192.0.2.1",
    "2001:db8::1, 2001:db8:0:0:0:0:0:1",
    "[2001:db8::1], 2001:db8:0:0:0:0:0:1",
    "[2001:DB8::1]:1234, 2001:db8:0:0:0:0:0:1",
    "::1, 0:0:0:0:0:0:0:1",
    "::ffff:192.0.2.1, 192.0.2.1",
    "::ffff:c000:0201, 192.0.2.1",
    "[::ffff:192.0.2.1]:1234, 192.0.2.1"
  })
  void anAddressIsReadWithAndWithoutItsPort(String entry, String address) {
    assertThat(ONE.client(List.of(entry)))
        .map(InetAddress::getHostAddress)
        .as(entry)
        .contains(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "unknown",
        "localhost",
        "example.org",
        "_hidden",
        "12",
        "192.0.2",
        "192.0.2.256",
        "192.0.2.1.1",
        "192.0.2.1:",
        "192.0.2.1:port",
        "[192.0.2.1]",
        "for=192.0.2.1",
        "\"192.0.2.1\"",
        "192.0.2.1 192.0.2.2",
        "[2001:db8::1",
        "2001:db8::1]",
        "[2001:db8::1]1234",
        "2001:db8::1::",
        "2001:db8",
        ":::",
        "fe80::1%lo",
        "١٩٢.0.2.1"
      })
  void whatIsNoAddressNamesNobody(String entry) {
    assertThat(ONE.client(List.of("192.0.2.9, " + entry))).as(entry).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 192.0.2.4", "2, 192.0.2.3", "3, 192.0.2.2", "4, 192.0.2.1"})
  void linesAreReadAsOneListFromItsEnd(int hops, String address) {
    List<String> lines = List.of("192.0.2.1,192.0.2.2", " 192.0.2.3\t,\t192.0.2.4 ");

    assertThat(new TrustedProxies(hops).client(lines))
        .map(InetAddress::getHostAddress)
        .contains(address);
  }

  @Test
  void fewerEntriesThanProxiesNameNobody() {
    assertThat(ONE.client(List.of())).isEmpty();
    assertThat(new TrustedProxies(3).client(List.of("192.0.2.1, 192.0.2.2"))).isEmpty();
  }

  @Test
  void withoutProxiesNothingIsBelieved() {
    assertThat(new TrustedProxies(0).client(List.of("192.0.2.1"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 11})
  void thereAreNeitherFewerThanNoneNorMoreThanTen(int hops) {
    assertThatIllegalArgumentException().isThrownBy(() -> new TrustedProxies(hops));
  }
}
