package dev.latchkey.domain.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientNetworkTest {

  @Test
  void isOneAddressOfIpv4() {
    assertThat(ClientNetwork.of("192.0.2.1").text()).isEqualTo("192.0.2.1/32");
    assertThat(ClientNetwork.of("192.0.2.1")).isNotEqualTo(ClientNetwork.of("192.0.2.2"));
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
    "2001:DB8:1:2::, 2001:db8:1:2::/64",
    "2001:0db8:0001:0002:0:0:0:1, 2001:db8:1:2::/64",
    "2001:db8::1, 2001:db8:0:0::/64",
    "::1, 0:0:0:0::/64",
    "::, 0:0:0:0::/64",
    "fe80:0:0:0:1:2:3:4%eth0, fe80:0:0:0::/64",
  })
  void isTheFirst64BitsOfIpv6(String address, String network) {
    assertThat(ClientNetwork.of(address).text()).isEqualTo(network);
  }

  @ParameterizedTest
  @ValueSource(strings = {"::ffff:192.0.2.1", "0:0:0:0:0:ffff:192.0.2.1"})
  void isTheIpv4AddressThatAnIpv6AddressNames(String address) {
    assertThat(ClientNetwork.of(address)).isEqualTo(ClientNetwork.of("192.0.2.1"));
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "example.org",
        "1.2.3",
        "1.2.3.256",
        "1.2.3.4.5",
        "1.2.3.x",
        "1:2:3",
        "1::2::3",
        "g::",
        "1:2:3:4:5:6:7:8:9",
        "12345::",
        "1:2:3:4::5:6:7:8:9",
        ":"
      })
  void isUnknownForWhatIsNoAddress(String text) {
    assertThat(ClientNetwork.of(text)).isSameAs(ClientNetwork.UNKNOWN);
  }

  @Test
  void isThatOfADevice() {
    assertThat(new Device("192.0.2.1", null).network()).isEqualTo(ClientNetwork.of("192.0.2.1"));
    assertThat(new Device(null, null).network()).isSameAs(ClientNetwork.UNKNOWN);
  }

  @Test
  void isShownByItsText() {
    assertThat(ClientNetwork.of("192.0.2.1")).hasToString("192.0.2.1/32");
    assertThat(ClientNetwork.of("192.0.2.1")).hasSameHashCodeAs(ClientNetwork.of("192.0.2.1"));
  }
}
