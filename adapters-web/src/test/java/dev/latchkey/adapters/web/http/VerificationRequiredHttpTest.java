package dev.latchkey.adapters.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.mail.MailKind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Accounts that are opened once their address is verified. */
class VerificationRequiredHttpTest extends HttpTest {

  private static final String VERIFICATION = "/api/accounts/email-verification";

  private final String username = Client.someone();
  private final String email = username + "@example.org";

  VerificationRequiredHttpTest() {
    super(Map.of("latchkey.email-verification.required", "true"));
  }

  @Test
  void anAccountIsOpenedByTheCode() {
    Answer accepted = register(username, email).hasStatus(202);
    assertThat(accepted.body()).isEmpty();
    client.login(username, Client.PASSWORD).isProblem(401, "invalid_credentials");

    client.put(VERIFICATION, Map.of("code", node.codeTo(email))).hasStatus(204);

    Tokens tokens = Tokens.of(client.login(username, Client.PASSWORD).hasStatus(200).json());
    assertThat(client.me(tokens.access()).json().get("emailVerified").asBoolean()).isTrue();
  }

  @Test
  void whoeverRegistersDoesNotLearnWhetherTheAddressIsTaken() {
    opened(username, email);
    String rival = Client.someone();
    String free = Client.someone();

    Answer taken = register(rival, email);
    Answer fresh = register(free, free + "@example.org");

    assertThat(taken.status()).isEqualTo(fresh.status()).isEqualTo(202);
    assertThat(taken.body()).isEqualTo(fresh.body());
    assertThat(taken.http().headers().map().keySet())
        .isEqualTo(fresh.http().headers().map().keySet());
    assertThat(node.mailTo(email).kind()).isEqualTo(MailKind.ADDRESS_IN_USE);
    // Neither can log in, and neither name can be taken by somebody else.
    client.login(rival, Client.PASSWORD).isProblem(401, "invalid_credentials");
    client.login(free, Client.PASSWORD).isProblem(401, "invalid_credentials");
    register(rival, Client.someone() + "@example.org").isProblem(409, "username_taken");
    register(free, Client.someone() + "@example.org").isProblem(409, "username_taken");
  }

  @Test
  void ofTwoWhoWantAnAddressTheOneWhoProvesItGetsIt() {
    String rival = Client.someone();
    register(rival, email).hasStatus(202);
    String codeOfRival = node.codeTo(email);
    register(username, email).hasStatus(202);

    client.put(VERIFICATION, Map.of("code", node.codeTo(email))).hasStatus(204);
    client.put(VERIFICATION, Map.of("code", codeOfRival)).isProblem(400, "invalid_code");

    client.login(email, Client.PASSWORD).hasStatus(200);
    client.login(rival, Client.PASSWORD).isProblem(401, "invalid_credentials");
  }

  @Test
  void anotherCodeIsMailedToWhoeverAsks() {
    register(username, email).hasStatus(202);
    client.post(VERIFICATION, Map.of("email", email)).hasStatus(202);

    client.put(VERIFICATION, Map.of("code", node.codeTo(email))).hasStatus(204);
  }

  @Test
  void aRegistrationExpiresAfterADay() {
    register(username, email).hasStatus(202);
    String code = node.codeTo(email);
    clock.advance(Duration.ofDays(1));

    client.put(VERIFICATION, Map.of("code", code)).isProblem(400, "invalid_code");
    register(username, email).hasStatus(202);
  }

  private void opened(String name, String address) {
    register(name, address).hasStatus(202);
    client.put(VERIFICATION, Map.of("code", node.codeTo(address))).hasStatus(204);
  }

  private Answer register(String name, String address) {
    return client.post(
        "/api/accounts", Map.of("username", name, "email", address, "password", Client.PASSWORD));
  }
}
