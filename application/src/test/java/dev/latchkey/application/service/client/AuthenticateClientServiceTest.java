package dev.latchkey.application.service.client;

import static dev.latchkey.testkit.FakeRegisteredClients.FIRST_PARTY;
import static dev.latchkey.testkit.FakeRegisteredClients.PARTNER;
import static dev.latchkey.testkit.FakeRegisteredClients.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.client.AuthenticateClient;
import dev.latchkey.application.port.in.client.AuthenticateClient.Result;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.client.ClientSecret;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuthenticateClientServiceTest {

  private final TestApplication latchkey = TestApplication.on(Stores.inMemory());

  @Test
  void takesAPublicClientAtItsWord() {
    assertThat(authenticate(FIRST_PARTY.id(), null))
        .isEqualTo(new Result.Authenticated(FIRST_PARTY));
  }

  @Test
  void takesAConfidentialClientByItsSecretAlone() {
    assertThat(authenticate(PARTNER.id(), SECRET)).isEqualTo(new Result.Authenticated(PARTNER));
    assertThat(authenticate(PARTNER.id(), null)).isEqualTo(new Result.Refused());
    assertThat(authenticate(PARTNER.id(), SECRET + "x")).isEqualTo(new Result.Refused());
  }

  @Test
  void refusesWhoIsNotKnown() {
    assertThat(authenticate(ClientId.of("stranger"), null)).isEqualTo(new Result.Refused());
    assertThat(authenticate(ClientId.of("stranger"), SECRET)).isEqualTo(new Result.Refused());
  }

  @Test
  void tellsOfARefusal() {
    assertThat(authenticate(PARTNER.id(), "wrong")).isEqualTo(new Result.Refused());

    assertThat(latchkey.events().all())
        .containsExactly(
            new SecurityEvent.ClientRefused(
                PARTNER.id(), TestApplication.DEVICE, latchkey.clock().instant()));
  }

  private Result authenticate(ClientId id, @Nullable String secret) {
    return latchkey
        .authenticateClient()
        .execute(
            new AuthenticateClient.Command(
                id, secret == null ? null : new ClientSecret(secret), TestApplication.DEVICE));
  }
}
