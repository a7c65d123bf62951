package dev.latchkey.adapters.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose address a session shows that was started through proxies. The peer is 127.0.0.1. */
class ForwardedForHttpTest extends HttpTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.1",
        "192.0.2.1, 192.0.2.2",
        "192.0.2.1 ; 192.0.2.2",
      })
  void withoutProxiesTheCallerIsThePeerWhateverItSays(String lines) {
    assertThat(addressShown(client, lines)).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 192.0.2.1 | 192.0.2.1",
        "1 | 203.0.113.9, 203.0.113.8, 192.0.2.1 | 192.0.2.1",
        "1 | 203.0.113.9 ; 192.0.2.1 | 192.0.2.1",
        "1 | unknown | 127.0.0.1",
        "1 | 192.0.2.1, | 127.0.0.1",
        "1 | [2001:db8::1]:1234 | 2001:db8:0:0:0:0:0:1",
        "2 | 192.0.2.1, 198.51.100.1 | 192.0.2.1",
        "2 | 192.0.2.1 ; 198.51.100.1 | 192.0.2.1",
        "2 | 203.0.113.9 ; 203.0.113.8, 192.0.2.1 ; 198.51.100.1 | 192.0.2.1",
        "2 | 192.0.2.1:1234, 198.51.100.1:4321 | 192.0.2.1",
        "2 | 203.0.113.9, nobody, 198.51.100.1 | 127.0.0.1",
        "2 | 198.51.100.1 | 127.0.0.1"
      })
  void behindProxiesTheCallerIsWhomTheOutermostOfThemNames(
      int proxies, String lines, String address) {
    Node behind = Node.shared(Map.of("latchkey.http.trusted-proxies", proxies));

    assertThat(addressShown(behind.client(), lines)).isEqualTo(address);
  }

  /** Of the session that is started with these lines of the header. */
  private static String addressShown(Client client, String lines) {
    String name = Client.someone();
    client.register(name).hasStatus(201);
    String[] headers =
        Arrays.stream(lines.split(" ; "))
            .flatMap(line -> Stream.of("X-Forwarded-For", line))
            .toArray(String[]::new);
    Map<String, String> credentials = Map.of("username", name, "password", Client.PASSWORD);
    Tokens tokens =
        Tokens.of(client.post("/api/auth/login", credentials, headers).hasStatus(200).json());
    return client
        .get("/api/sessions", "Authorization", "Bearer " + tokens.access())
        .hasStatus(200)
        .text("/sessions/1/clientAddress");
  }
}
