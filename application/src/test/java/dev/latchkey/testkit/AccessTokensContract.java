package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.application.port.out.session.AccessTokens;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.Username;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link AccessTokens} keeps to. Its instants are whole seconds, as those of a JWT are.
 */
public abstract class AccessTokensContract {

  private static final String BASE64URL =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private AccessTokens accessTokens;
  private OpenedSigningKey key;

  protected abstract AccessTokens accessTokens();

  /** The key that signs, and the only one that is known. */
  protected abstract OpenedSigningKey key();

  @BeforeEach
  void open() {
    accessTokens = accessTokens();
    key = key();
  }

  @Test
  void readsBackWhatItSigned() {
    AccessToken token = token("Ada.Lovelace", Role.of("user"), Role.of("admin:read"));

    assertThat(read(sign(token))).contains(token);
  }

  @Test
  void keepsTheCaseOfTheUsername() {
    AccessToken token = token("Ada.Lovelace");

    assertThat(read(sign(token))).map(read -> read.username().text()).contains("Ada.Lovelace");
  }

  /** The user may be older than the rules for new user names. */
  @Test
  void readsBackAUserNameThatNobodyMayChooseAnyMore() {
    AccessToken token = token(Username.stored("Ada Lovelace"));

    assertThat(read(sign(token))).contains(token);
  }

  @Test
  void readsBackThatThereAreNoRoles() {
    AccessToken token = token("ada");

    assertThat(read(sign(token))).contains(token);
  }

  @Test
  void readsATokenHoweverLongAgoItExpired() {
    AccessToken token = token("ada");

    assertThat(token.expiresAt()).isBefore(Instant.now());
    assertThat(read(sign(token))).contains(token);
  }

  @Test
  void tellsTheTokensOfTwoUsersApart() {
    TokenText ada = sign(token("ada"));
    TokenText grace = sign(token("grace"));

    assertThat(read(ada)).map(AccessToken::username).contains(Username.of("ada"));
    assertThat(read(grace)).map(AccessToken::username).contains(Username.of("grace"));
  }

  @Test
  void readsNoTextWithAnyOneCharacterChanged() {
    String text = sign(token("ada")).reveal();

    for (int i = 0; i < text.length(); i++) {
      assertUnreadable(text.substring(0, i) + changed(text.charAt(i)) + text.substring(i + 1));
    }
  }

  @Test
  void readsNoTextThatIsCutAnywhere() {
    String text = sign(token("ada")).reveal();

    for (int i = 0; i < text.length(); i++) {
      assertUnreadable(text.substring(0, i));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "..",
        "...",
        "a.b.c",
        "garbage",
        "\0",
        "\ud800",
        "lkr_AAAA",
        // {"alg":"none"}, {"typ":"at+jwt","alg":"none"} and no signature
        "eyJhbGciOiJub25lIn0.e30.",
        "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJub25lIn0.e30.",
        // {"alg":"HS256"} and some signature
        "eyJhbGciOiJIUzI1NiJ9.e30.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void readsNoGarbage(String text) {
    assertUnreadable(text);
  }

  @Test
  void readsNoHugeText() {
    assertUnreadable("A".repeat(1_000_000));
    assertUnreadable(".".repeat(1_000_000));
  }

  private TokenText sign(AccessToken token) {
    return accessTokens.sign(token, key);
  }

  private Optional<AccessToken> read(TokenText text) {
    return accessTokens.read(text, id -> Optional.of(key).filter(known -> known.id().equals(id)));
  }

  private void assertUnreadable(String text) {
    assertThat(read(new TokenText(text)))
        .as(text.substring(0, Math.min(text.length(), 1000)))
        .isEmpty();
  }

  /**
   * Changes the first of the six bits that a base64url character stands for: at the end of a text,
   * the last of them may mean nothing (RFC 4648 §3.5).
   */
  private static char changed(char c) {
    int value = BASE64URL.indexOf(c);
    return value < 0 ? 'A' : BASE64URL.charAt(value ^ 32);
  }

  private static AccessToken token(String username, Role... roles) {
    return token(Username.of(username), roles);
  }

  private static AccessToken token(Username username, Role... roles) {
    Instant issuedAt = Instant.parse("2026-01-02T03:04:05Z");
    return new AccessToken(
        new UserId(UUID.fromString("01234567-89ab-cdef-0123-456789abcdef")),
        new SessionId(UUID.fromString("fedcba98-7654-3210-fedc-ba9876543210")),
        ClientId.FIRST_PARTY,
        username,
        Set.of(roles),
        issuedAt.minusSeconds(3600),
        issuedAt,
        issuedAt.plusSeconds(300),
        null);
  }
}
