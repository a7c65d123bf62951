package dev.latchkey.domain.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.user.Role;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientTest {

  private static final String TEXT = "ZFdwYVdGZ2laRmR3WVZkR1oyZw0123456789";
  private static final ClientSecret SECRET = new ClientSecret(TEXT);
  private static final Client CONFIDENTIAL =
      new Client(ClientId.of("partner"), SECRET.hash(), false, null, false);
  private static final Client PUBLIC = Client.publicClient(ClientId.of("app"));

  @Test
  void aConfidentialClientIsProvenByItsSecretAlone() {
    assertThat(CONFIDENTIAL.isAuthenticatedBy(new ClientSecret(TEXT))).isTrue();
    assertThat(CONFIDENTIAL.isAuthenticatedBy(new ClientSecret(TEXT + " "))).isFalse();
    assertThat(CONFIDENTIAL.isAuthenticatedBy(new ClientSecret(""))).isFalse();
    assertThat(CONFIDENTIAL.isAuthenticatedBy(null)).isFalse();
  }

  @Test
  void theHashOfTheSecretIsNotTheSecret() {
    assertThat(CONFIDENTIAL.isAuthenticatedBy(new ClientSecret(SECRET.hash().text()))).isFalse();
  }

  @Test
  void aPublicClientBringsNoSecret() {
    assertThat(PUBLIC.isAuthenticatedBy(null)).isTrue();
    assertThat(PUBLIC.isAuthenticatedBy(new ClientSecret(""))).isFalse();
    assertThat(PUBLIC.isAuthenticatedBy(SECRET)).isFalse();
  }

  @Test
  void aClientIsConfidentialIfItHasASecret() {
    assertThat(CONFIDENTIAL.isConfidential()).isTrue();
    assertThat(Client.publicClient(ClientId.of("app")).isConfidential()).isFalse();
  }

  @Test
  void nobodyIntrospectsUnproven() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Client(ClientId.of("orders"), null, true, null, false));
  }

  @Test
  void theHashIsThatOfSha256() {
    assertThat(new ClientSecret("abc").hash().text())
        .isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void aHashIsReadAsItWasWritten() {
    var read = new ClientSecretHash(SECRET.hash().text());

    assertThat(
            new Client(ClientId.of("partner"), read, true, null, false).isAuthenticatedBy(SECRET))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256:",
        "secret-by-mistake",
        "sha256:BA7816",
        "md5:900150983cd24fb0d6963f7d28e17f72"
      })
  void whatIsNoHashIsRefusedAndNotRepeated(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClientSecretHash(text))
        .withMessage("the hash of a client secret is sha256: and 64 hexadecimal digits");
  }

  @Test
  void aSecretIsStrongIfNobodyCanGuessIt() {
    assertThat(new ClientSecret("x".repeat(32)).isStrong()).isTrue();
    assertThat(new ClientSecret("x".repeat(31)).isStrong()).isFalse();
  }

  @Test
  void neitherSecretNorHashShowsItself() {
    assertThat(SECRET).hasToString("ClientSecret[redacted]");
    assertThat(SECRET.hash()).hasToString("ClientSecretHash[redacted]");
    assertThat(CONFIDENTIAL.toString()).doesNotContain(TEXT, SECRET.hash().text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"latchkey", "a", "Orders API", "0123:/?%&=+~"})
  void aClientIdIsPrintableAscii(String text) {
    assertThat(ClientId.of(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "a\u0000", "jürgen", "\u007f"})
  void anythingElseIsNoClientId(String text) {
    assertThat(ClientId.parse(text)).isInstanceOf(Parsed.Invalid.class);
    assertThatIllegalArgumentException().isThrownBy(() -> ClientId.of(text));
  }

  @Test
  void aClientIdHasAtMostAHundredCharacters() {
    assertThat(ClientId.parse("x".repeat(100))).isInstanceOf(Parsed.Valid.class);
    assertThat(ClientId.parse("x".repeat(101))).isInstanceOf(Parsed.Invalid.class);
  }

  @Test
  void aClientMayBeLimitedToSomeRoles() {
    Role admin = Role.of("admin");
    var limited = new Client(ClientId.of("app"), null, false, Set.of(Role.USER), false);

    assertThat(limited.permitted(Set.of(Role.USER, admin))).containsExactly(Role.USER);
    assertThat(limited.permitted(Set.of(admin))).isEmpty();
    assertThat(PUBLIC.permitted(Set.of(Role.USER, admin)))
        .containsExactlyInAnyOrder(Role.USER, admin);
  }
}
