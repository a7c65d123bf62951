package dev.latchkey.adapters.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.application.port.Actor;
import dev.latchkey.application.port.in.account.ChangeRole;
import dev.latchkey.application.port.in.account.ChangeRole.Change;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.Username;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Calls that need a role (RFC 6750 §3.1), shown by the signing keys as administrators see them.
 * They have a storage of their own, as a key is rotated.
 */
class SigningKeysHttpTest extends HttpTest {

  private static final String SIGNING_KEYS = "/api/signing-keys";

  private static final Node NODE = Node.start(Node.storage().another(), Map.of());

  SigningKeysHttpTest() {
    super(NODE);
  }

  @Test
  void whoLacksTheRoleIsToldWhichOneIsNeeded() {
    String token = client.newcomer().access();

    for (Answer answer : new Answer[] {list(token), rotate(token)}) {
      answer.isProblem(403, "forbidden");
      assertThat(answer.headers("WWW-Authenticate"))
          .containsExactly(
              "Bearer error=\"insufficient_scope\", error_description=\"The access token does not"
                  + " allow this\", scope=\"admin\"");
    }
  }

  @Test
  void whoBringsNoGoodTokenIsAskedForOneBeforeAnyRole() {
    Answer none = client.get(SIGNING_KEYS).isProblem(401, "access_token_required");
    Answer bad = list("x").isProblem(401, "invalid_access_token");

    assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(bad.header("WWW-Authenticate")).startsWith("Bearer error=\"invalid_token\"");
  }

  @Test
  void aRoleHoldsFromTheNextAccessTokenOnAndUntilItIsTakenAway() {
    String username = Client.someone();
    Tokens before = Tokens.of(client.register(username).hasStatus(201).json().at("/tokens"));
    change(username, Change.GRANT);

    list(before.access()).hasStatus(403);
    Answer with = client.refresh(before.refresh()).hasStatus(200);
    list(with.accessToken()).hasStatus(200);

    Tokens _ = admin(); // without whom the last one could not lose the role
    change(username, Change.WITHDRAW);
    list(client.refresh(with.refreshToken()).hasStatus(200).accessToken()).hasStatus(403);
  }

  /** A token may be asked for with less than its user may. */
  @Test
  void aTokenThatIsLimitedToAnotherScopeLacksTheRole() {
    Tokens admin = admin();
    String limited =
        client
            .formText(
                "/oauth2/token",
                "grant_type=refresh_token&client_id=latchkey&scope=user&refresh_token="
                    + admin.refresh())
            .hasStatus(200)
            .text("/access_token");

    list(limited).hasStatus(403);
    list(admin.access()).hasStatus(200);
  }

  @Test
  void administratorsSeeTheKeysAndLetTheNextOneTakeOver() {
    String token = admin().access();

    Answer rotated = rotate(token).hasStatus(202);
    Answer again = rotate(token).hasStatus(202);

    assertThat(again.json()).isEqualTo(rotated.json());
    assertThat(rotated.text("/state")).isEqualTo("pending");
    assertThat(Instant.parse(rotated.text("/signsFrom"))).isAfter(clock.instant());
    JsonNode keys = list(token).hasStatus(200).json().at("/keys");
    assertThat(keys.get(keys.size() - 1)).isEqualTo(rotated.json());
    assertThat(keys).filteredOn(key -> key.at("/state").asText().equals("active")).hasSize(1);
    assertThat(keys.toString())
        .doesNotContainIgnoringCase("private")
        .doesNotContainIgnoringCase("sealed");
  }

  private Tokens admin() {
    String username = Client.someone();
    client.register(username).hasStatus(201);
    change(username, Change.GRANT);
    return Tokens.of(client.login(username, Client.PASSWORD).hasStatus(200).json());
  }

  private void change(String username, Change change) {
    assertThat(
            node.bean(ChangeRole.class)
                .execute(
                    new ChangeRole.Command(
                        Username.of(username), Role.of("admin"), change, new Actor.Operator())))
        .isInstanceOf(ChangeRole.Result.Changed.class);
  }

  private Answer list(String token) {
    return client.get(SIGNING_KEYS, "Authorization", "Bearer " + token);
  }

  private Answer rotate(String token) {
    return client.post(SIGNING_KEYS, Map.of(), "Authorization", "Bearer " + token);
  }
}
