package dev.latchkey.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.application.port.out.session.RefreshTokens;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.session.Generation;
import dev.latchkey.domain.session.RefreshToken;
import dev.latchkey.domain.session.Salt;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.token.TokenText;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link RefreshTokens} keeps to. */
public abstract class RefreshTokensContract {

  private static final MasterKeyId OLD_KEY = new MasterKeyId(1);
  private static final MasterKeyId CURRENT_KEY = new MasterKeyId(2);
  private static final SessionId SESSION =
      new SessionId(UUID.fromString("89abcdef-0123-4567-89ab-cdef01234567"));
  private static final Salt SALT = new Salt("0123456789abcdef".getBytes(US_ASCII));
  private static final RefreshToken TOKEN =
      new RefreshToken(SESSION, new Generation(7), CURRENT_KEY);

  private RefreshTokens refreshTokens;

  /**
   * Ones that know these master keys; two that know the same ones stand for two nodes, or for a
   * restart.
   */
  protected abstract RefreshTokens refreshTokens(MasterKeyId current, Set<MasterKeyId> older);

  @BeforeEach
  void open() {
    refreshTokens = refreshTokens(CURRENT_KEY, Set.of(OLD_KEY));
  }

  @Test
  void namesTheCurrentMasterKey() {
    assertThat(refreshTokens.currentKeyId()).isEqualTo(CURRENT_KEY);
  }

  @Test
  void derivesTheSameTextAgain() {
    assertThat(refreshTokens.derive(TOKEN, SALT)).isEqualTo(refreshTokens.derive(TOKEN, SALT));
  }

  @Test
  void derivesTheSameTextOnEveryNode() {
    RefreshTokens otherNode = refreshTokens(CURRENT_KEY, Set.of(OLD_KEY));

    assertThat(otherNode.derive(TOKEN, SALT)).isEqualTo(refreshTokens.derive(TOKEN, SALT));
  }

  @Test
  void derivesTheSameTextAfterTheMasterKeyIsNoLongerTheCurrentOne() {
    RefreshTokens afterwards = refreshTokens(new MasterKeyId(3), Set.of(OLD_KEY, CURRENT_KEY));

    assertThat(afterwards.derive(TOKEN, SALT)).isEqualTo(refreshTokens.derive(TOKEN, SALT));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65_536, Integer.MAX_VALUE})
  void readsTheTokenThatATextWasDerivedFrom(int generation) {
    var token = new RefreshToken(SESSION, new Generation(generation), OLD_KEY);

    assertThat(refreshTokens.parse(refreshTokens.derive(token, SALT))).contains(token);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 127, 128, 255})
  void readsEveryMasterKeyId(int value) {
    var key = new MasterKeyId(value);
    RefreshTokens ofThatKey = refreshTokens(key, Set.of());
    var token = new RefreshToken(SESSION, Generation.FIRST, key);

    assertThat(ofThatKey.parse(ofThatKey.derive(token, SALT))).contains(token);
  }

  @Test
  void derivesAnotherTextForAnotherSession() {
    var other = new SessionId(UUID.fromString("89abcdef-0123-4567-89ab-cdef01234568"));

    assertThat(refreshTokens.derive(new RefreshToken(other, TOKEN.generation(), CURRENT_KEY), SALT))
        .isNotEqualTo(refreshTokens.derive(TOKEN, SALT));
  }

  @Test
  void derivesAnotherTextForAnotherGeneration() {
    assertThat(
            refreshTokens.derive(
                new RefreshToken(SESSION, TOKEN.generation().next(), CURRENT_KEY), SALT))
        .isNotEqualTo(refreshTokens.derive(TOKEN, SALT));
  }

  @Test
  void derivesAnotherTextWithAnotherMasterKey() {
    assertThat(refreshTokens.derive(new RefreshToken(SESSION, TOKEN.generation(), OLD_KEY), SALT))
        .isNotEqualTo(refreshTokens.derive(TOKEN, SALT));
  }

  @Test
  void derivesAnotherTextWithAnotherSalt() {
    var other = new Salt("0123456789abcdeF".getBytes(US_ASCII));

    assertThat(refreshTokens.derive(TOKEN, other)).isNotEqualTo(refreshTokens.derive(TOKEN, SALT));
  }

  @Test
  void doesNotReadATextOfAMasterKeyThatIsNotKnown() {
    TokenText text = refreshTokens.derive(TOKEN, SALT);

    assertThat(refreshTokens(OLD_KEY, Set.of()).parse(text)).isEmpty();
  }

  @Test
  void doesNotDeriveWithAMasterKeyThatIsNotKnown() {
    assertThatThrownBy(() -> derived(refreshTokens(OLD_KEY, Set.of()), TOKEN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void recognisesItsOwnText() {
    assertThat(isAuthentic(refreshTokens.derive(TOKEN, SALT).reveal())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "lkr_",
        "lkr_A",
        "lkr_====",
        "lkr_\u0000",
        "lkr_%",
        "lkr_/+/+",
        "lkr_fake",
        "lkr_fake....",
        "lkr_fake.2.x.7.y",
        "garbage",
        "Bearer x",
        "eyJhbGciOiJub25lIn0..",
        "\ud800",
        "lkr_\ud83e\udd86"
      })
  void doesNotReadGarbage(String text) {
    assertThat(refreshTokens.parse(new TokenText(text))).isEmpty();
  }

  @Test
  void doesNotReadAHugeText() {
    assertThat(refreshTokens.parse(new TokenText("lkr_" + "A".repeat(1_000_000)))).isEmpty();
    assertThat(refreshTokens.parse(new TokenText(".".repeat(1_000_000)))).isEmpty();
  }

  @Test
  void recognisesNoTextWithAnyOneCharacterChanged() {
    String text = refreshTokens.derive(TOKEN, SALT).reveal();

    for (int i = 0; i < text.length(); i++) {
      for (char replacement : "ABYZabyz0189-_.+/= \n\0é".toCharArray()) {
        if (replacement != text.charAt(i)) {
          assertNotAuthentic(text.substring(0, i) + replacement + text.substring(i + 1));
        }
      }
    }
  }

  @Test
  void recognisesNoTextThatIsCutAnywhere() {
    String text = refreshTokens.derive(TOKEN, SALT).reveal();

    for (int i = 0; i < text.length(); i++) {
      assertNotAuthentic(text.substring(0, i));
      assertNotAuthentic(text.substring(i + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\n", "\0", "=", "A", "AAAA", "."})
  void recognisesNoTextThatIsLonger(String addition) {
    String text = refreshTokens.derive(TOKEN, SALT).reveal();

    assertNotAuthentic(text + addition);
    assertNotAuthentic(addition + text);
  }

  @Test
  void recognisesNoTextInAnotherCase() {
    String text = refreshTokens.derive(TOKEN, SALT).reveal();

    assertNotAuthentic(text.toUpperCase(Locale.ROOT));
  }

  @Test
  void recognisesNoTextOfAnotherSalt() {
    var other = new Salt("fedcba9876543210".getBytes(US_ASCII));

    assertNotAuthentic(refreshTokens.derive(TOKEN, other).reveal());
  }

  private void assertNotAuthentic(String text) {
    assertThat(isAuthentic(text)).as(text).isFalse();
  }

  /** As the use cases do it. */
  private boolean isAuthentic(String text) {
    var tokenText = new TokenText(text);
    return refreshTokens
        .parse(tokenText)
        .filter(token -> derived(refreshTokens, token).equals(tokenText))
        .isPresent();
  }

  private static TokenText derived(RefreshTokens refreshTokens, RefreshToken token) {
    return refreshTokens.derive(token, SALT);
  }
}
