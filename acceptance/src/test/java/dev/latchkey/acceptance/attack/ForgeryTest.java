package dev.latchkey.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.acceptance.postgres.TestDatabase;
import dev.latchkey.adapters.security.key.MasterKeys;
import dev.latchkey.adapters.security.token.DerivedRefreshTokens;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.Node;
import dev.latchkey.adapters.web.http.TokenBytes;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.session.Generation;
import dev.latchkey.domain.session.RefreshToken;
import dev.latchkey.domain.session.Salt;
import dev.latchkey.domain.session.SessionId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tokens that nobody issued. None of them is accepted, tells anything, or ends the session it
 * names.
 */
@Timeout(120)
final class ForgeryTest {

  private final Client client = Target.client();
  private String spent = "";
  private String current = "";

  @BeforeEach
  void startASession() {
    spent = client.newcomer().refresh();
    current = client.refresh(spent).hasStatus(200).refreshToken();
  }

  @AfterEach
  void theSessionGoesOnAsIfNothingHadHappened() {
    String successor = client.refresh(current).hasStatus(200).refreshToken();
    assertThat(TokenBytes.generationOf(successor)).isEqualTo(2);
  }

  /**
   * One bit of each of its parts; that all the others count too is shown where tokens are derived.
   */
  @ParameterizedTest
  @ValueSource(
      ints = {
        TokenBytes.VERSION,
        TokenBytes.KEY_ID,
        TokenBytes.SESSION_ID,
        TokenBytes.GENERATION,
        TokenBytes.TAG,
        TokenBytes.LENGTH - 1
      })
  void everyPartCounts(int position) {
    for (String genuine : new String[] {current, spent}) {
      byte[] flipped = TokenBytes.of(genuine);
      assertThat(flipped).hasSize(TokenBytes.LENGTH);
      flipped[position] ^= 1;
      isUnknown(flipped);
    }
  }

  @Test
  void aTruncatedTokenIsUnknown() {
    isUnknown(current.substring(0, current.length() - 1));
    isUnknown(current.substring(1));
    isUnknown("lkr_");
  }

  @Test
  void anExtendedTokenIsUnknown() {
    byte[] genuine = TokenBytes.of(current);
    isUnknown(Arrays.copyOf(genuine, genuine.length + 1));
    for (String end : new String[] {"A", "=", " ", "\n", ".", current, "\0"}) {
      isUnknown(current + end);
      isUnknown(end + current);
    }
  }

  @Test
  void partsOfTwoTokensAreNoToken() {
    byte[] other =
        TokenBytes.of(client.refresh(client.newcomer().refresh()).hasStatus(200).refreshToken());
    int[] bounds = {
      0, TokenBytes.SESSION_ID, TokenBytes.GENERATION, TokenBytes.TAG, TokenBytes.LENGTH
    };
    for (byte[] theirs : new byte[][] {other, TokenBytes.of(spent)}) {
      byte[] mine = TokenBytes.of(current);
      for (int part = 0; part < bounds.length - 1; part++) {
        byte[] mixed = mine.clone();
        System.arraycopy(
            theirs, bounds[part], mixed, bounds[part], bounds[part + 1] - bounds[part]);
        if (!Arrays.equals(mixed, mine) && !Arrays.equals(mixed, theirs)) {
          isUnknown(mixed);
        }
      }
    }
  }

  @Test
  void noGenerationCanBeMadeUp() {
    int[] madeUp = {
      0, 2, 3, 10, Integer.MAX_VALUE - 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -2, 0xFFFFFFFF
    };
    for (int generation : madeUp) {
      isUnknown(
          ByteBuffer.wrap(TokenBytes.of(current))
              .putInt(TokenBytes.GENERATION, generation)
              .array());
    }
  }

  @Test
  void aGuessedTagIsUnknown() {
    byte[] guess = TokenBytes.of(current);
    byte[] tag = new byte[TokenBytes.LENGTH - TokenBytes.TAG];
    new SecureRandom().nextBytes(tag);
    System.arraycopy(tag, 0, guess, TokenBytes.TAG, tag.length);
    isUnknown(guess);
  }

  /** Whoever has the whole database, salts included, lacks the master key. */
  @Test
  @Tag(Target.NEEDS_OWN_SERVICE)
  void theDatabaseAloneMakesNoToken() throws SQLException {
    UUID session = TokenBytes.sessionIdOf(current);
    Salt salt = saltOf(session);
    MasterKeys another = MasterKeys.generate(new SecureRandom());
    for (int generation = 0; generation < 4; generation++) {
      isUnknown(derive(another, session, generation, salt));
    }
    MasterKeys ours = MasterKeys.parse(Node.masterKey());
    assertThat(derive(ours, session, 1, salt)).isEqualTo(current);
  }

  /** And whoever has the master key lacks the salt. */
  @Test
  @Tag(Target.NEEDS_OWN_SERVICE)
  void theMasterKeyAloneMakesNoToken() {
    MasterKeys ours = MasterKeys.parse(Node.masterKey());
    isUnknown(derive(ours, TokenBytes.sessionIdOf(current), 1, new Salt(new byte[16])));
  }

  private static String derive(MasterKeys keys, UUID session, int generation, Salt salt) {
    var token =
        new RefreshToken(new SessionId(session), new Generation(generation), new MasterKeyId(1));
    return new DerivedRefreshTokens(keys).derive(token, salt).reveal();
  }

  private static Salt saltOf(UUID session) throws SQLException {
    try (var connection = TestDatabase.connect();
        var statement = connection.prepareStatement("SELECT salt FROM sessions WHERE id = ?")) {
      statement.setObject(1, session);
      try (var rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        return new Salt(rows.getBytes(1));
      }
    }
  }

  private void isUnknown(byte[] bytes) {
    isUnknown(TokenBytes.toText(bytes));
  }

  private void isUnknown(String token) {
    client.refresh(token).isProblem(401, "invalid_refresh_token");
  }
}
