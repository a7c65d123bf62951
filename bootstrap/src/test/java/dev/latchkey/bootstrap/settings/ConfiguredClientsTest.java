package dev.latchkey.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.domain.client.Client;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.client.ClientSecret;
import dev.latchkey.domain.user.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredClientsTest {

  private static final ClientSecret SECRET = new ClientSecret("0123456789abcdef0123456789abcdef");
  private static final String HASH = SECRET.hash().text();

  @Test
  void withoutConfigurationThereIsOnePublicFirstPartyClient() {
    ConfiguredClients clients = ConfiguredClients.parse(List.of());

    assertThat(clients.find(ClientId.FIRST_PARTY))
        .contains(Client.publicClient(ClientId.FIRST_PARTY));
    assertThat(clients.find(ClientId.of("other"))).isEmpty();
  }

  @Test
  void readsClientsOfEveryKindBesideIt() {
    ConfiguredClients clients =
        ConfiguredClients.parse(
            List.of(
                "phone",
                "partner " + HASH,
                "https://orders.example.org  " + HASH + "  introspect"));

    assertThat(find(clients, "phone").isConfidential()).isFalse();
    assertThat(find(clients, "partner").isAuthenticatedBy(SECRET)).isTrue();
    assertThat(find(clients, "partner").mayIntrospect()).isFalse();
    assertThat(find(clients, "https://orders.example.org").isAuthenticatedBy(SECRET)).isTrue();
    assertThat(find(clients, "https://orders.example.org").mayIntrospect()).isTrue();
    assertThat(find(clients, "latchkey").isConfidential()).isFalse();
  }

  @Test
  void theFirstPartyClientMayBeGivenASecret() {
    ConfiguredClients clients = ConfiguredClients.parse(List.of("latchkey " + HASH));

    assertThat(find(clients, "latchkey").isAuthenticatedBy(null)).isFalse();
    assertThat(find(clients, "latchkey").isAuthenticatedBy(SECRET)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "partner s3cret",
        "partner sha256:00",
        "phone introspect",
        "a b c",
        "phone roles=",
        "phone dpop roles=user",
        "partner md5:0123456789abcdef",
        "\u00fc"
      })
  void saysWhichEntryIsWrongAndRepeatsNothingOfIt(String entry) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConfiguredClients.parse(List.of("phone", entry)))
        .withMessage(
            "entry 2 is not of the form ID, or ID sha256:HASH, or ID sha256:HASH introspect, and"
                + " then roles=ROLE+ROLE or dpop if they are wanted");
  }

  @Test
  void aClientMayBeLimitedToRolesAndToBoundSessions() {
    ConfiguredClients clients =
        ConfiguredClients.parse(
            List.of(
                "phone roles=user+read:reports dpop",
                "orders " + HASH + " introspect roles=user",
                "desk dpop"));

    assertThat(find(clients, "phone").roles())
        .containsExactlyInAnyOrder(Role.USER, Role.of("read:reports"));
    assertThat(find(clients, "phone").mustBind()).isTrue();
    assertThat(find(clients, "orders").roles()).containsExactly(Role.USER);
    assertThat(find(clients, "orders").mustBind()).isFalse();
    assertThat(find(clients, "desk").roles()).isNull();
    assertThat(find(clients, "desk").mustBind()).isTrue();
  }

  @Test
  void whatIsNoRoleIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConfiguredClients.parse(List.of("phone roles=user++admin")))
        .withMessage("entry 1 names something that is no role");
  }

  @Test
  void aClientIsNamedOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ConfiguredClients.parse(List.of("phone", "partner " + HASH, "phone " + HASH)))
        .withMessage("entry 3 names a client again");
  }

  private static Client find(ConfiguredClients clients, String id) {
    return clients.find(ClientId.of(id)).orElseThrow();
  }
}
