package dev.latchkey.adapters.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testkit.Race;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountsHttpTest extends HttpTest {

  @Test
  void registeringOpensAnAccountAndASession() {
    String name = Client.someone();
    Object before = Node.storage().contents();
    Answer answer =
        client.post(
            "/api/accounts",
            Map.of(
                "username",
                name,
                "email",
                name + "@Example.org",
                "password",
                Client.PASSWORD,
                "firstName",
                "Ada",
                "lastName",
                "Lovelace"));

    answer.hasStatus(201);
    assertThat(answer.header("Location")).isEqualTo("/api/accounts/me");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.text("/account/username")).isEqualTo(name);
    assertThat(answer.text("/account/email")).isEqualTo(name + "@Example.org");
    assertThat(answer.text("/account/firstName")).isEqualTo("Ada");
    assertThat(answer.text("/account/roles/0")).isEqualTo("user");
    assertThat(answer.body()).doesNotContain(Client.PASSWORD, "argon2");
    Answer account = client.me(answer.text("/tokens/accessToken")).hasStatus(200);
    assertThat(account.json()).isEqualTo(answer.json().at("/account"));
    assertThat(Node.storage().contents()).isNotEqualTo(before);
  }

  @Test
  void userNamesAndAddressesAreUniqueWithoutRegardToCase() {
    String name = Client.someone();
    client.register(name).hasStatus(201);

    client
        .post(
            "/api/accounts",
            Map.of(
                "username",
                name.toUpperCase(Locale.ROOT),
                "email",
                "x" + name + "@example.org",
                "password",
                Client.PASSWORD))
        .isProblem(409, "username_taken");
    client
        .post(
            "/api/accounts",
            Map.of(
                "username", "x" + name,
                "email", name.toUpperCase(Locale.ROOT) + "@EXAMPLE.ORG",
                "password", Client.PASSWORD))
        .isProblem(409, "email_taken");
  }

  @Test
  void ofManyWhoRegisterOneNameAtOnceOneGetsIt() {
    String name = Client.someone();

    var answers =
        Race.run(
            16,
            i ->
                client.post(
                    "/api/accounts",
                    Map.of(
                        "username",
                        i % 2 == 0 ? name : name.toUpperCase(Locale.ROOT),
                        "email",
                        name + i + "@example.org",
                        "password",
                        Client.PASSWORD)));

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .allSatisfy(answer -> answer.isProblem(409, "username_taken"));
  }

  @Test
  void commonPasswordsAreRefused() {
    client
        .post(
            "/api/accounts",
            Map.of(
                "username", Client.someone(), "email", "p@example.org", "password", "Password123"))
        .isProblem(400, "validation_failed")
        .hasFieldError("password", "too_common");
  }

  /** ASVS 5.0 6.2.8: normalized, but neither trimmed nor cut off, and its case remains. */
  @Test
  void aPasswordInAnotherNormalizationFormIsTheSameAndInAnotherCaseOrWithoutASpaceAnother() {
    String name = Client.someone();
    client
        .post(
            "/api/accounts",
            Map.of(
                "username",
                name,
                "email",
                name + "@example.org",
                "password",
                " cre\u0300me bru\u0302le\u0301e, \uff11\uff12 \ufb01ngers"))
        .hasStatus(201);

    client.login(name, " cr\u00e8me br\u00fbl\u00e9e, 12 fingers").hasStatus(200);
    client.login(name, " cre\u0300me br\u00fble\u0301e,\u300012 \ufb01ngers").hasStatus(200);
    for (String other :
        List.of(
            " Cr\u00e8me br\u00fbl\u00e9e, 12 fingers",
            "cr\u00e8me br\u00fbl\u00e9e, 12 fingers",
            " cr\u00e8me br\u00fbl\u00e9e, 12 finger",
            " creme brulee, 12 fingers")) {
      client.login(name, other).isProblem(401, "invalid_credentials");
    }
  }

  @Test
  void littleMoreThanTheUserNameTheAddressOrTheServiceIsRefusedAsThePassword() {
    String name = Client.someone() + "-long-enough";
    for (String password :
        List.of(
            name,
            name.toUpperCase(Locale.ROOT),
            name + "@example.org",
            " " + name,
            name + "1815",
            "Latchkey-2026")) {
      client
          .post(
              "/api/accounts",
              Map.of("username", name, "email", name + "@example.org", "password", password))
          .isProblem(400, "validation_failed")
          .hasFieldError("password", "too_similar");
    }
  }

  @Test
  void namesThatChangeTheDirectionOfTextAreRefused() {
    String name = Client.someone();

    client
        .post(
            "/api/accounts",
            Map.of(
                "username",
                name,
                "email",
                name + "@example.org",
                "password",
                Client.PASSWORD,
                "firstName",
                "\u202eada",
                "lastName",
                "Love\u2066lace"))
        .isProblem(400, "validation_failed")
        .hasFieldError("firstName", "forbidden_character")
        .hasFieldError("lastName", "forbidden_character");
  }
}
