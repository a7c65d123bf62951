package dev.latchkey.benchmarks.installation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.latchkey.adapters.security.token.DerivedRefreshTokens;
import dev.latchkey.domain.session.Generation;
import dev.latchkey.domain.session.RefreshToken;
import dev.latchkey.domain.session.Salt;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.token.TokenText;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * As many sessions as one likes, written by SQL and numbered from 0. Identifier and salt of a
 * session follow from its number, so that its refresh tokens can be computed, without a log-in.
 */
public final class ManySessions {

  /** Each user has so many devices, and nobody shares one. */
  private static final int SESSIONS_OF_USER = 4;

  private static final String USERS =
      """
      INSERT INTO users (id, username, username_key, email, email_key, password_hash, roles, status, created_at)
      SELECT md5('user' || n)::uuid, 'many' || n, 'many' || n, n || '@example.com', n || '@example.com',
        password_hash, roles, status, created_at
      FROM (SELECT * FROM users LIMIT 1) AS any_user, generate_series(?, ?) AS n
      ON CONFLICT (id) DO NOTHING
      """;

  /** MD5 scatters the identifiers over the index, as random ones are. */
  private static final String SESSIONS =
      """
      INSERT INTO sessions (id, user_id, client_id, generation, master_key_id, salt, started_at, rotated_at,
        idle_expires_at, absolute_expires_at, client_address, client_network, user_agent)
      SELECT md5(n::text)::uuid, md5('user' || n / ?)::uuid, client_id, 0, master_key_id, decode(md5(n::text), 'hex'),
        started_at, rotated_at, idle_expires_at, absolute_expires_at + n * interval '1 millisecond',
        client_address, client_network, 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
      FROM (SELECT * FROM sessions LIMIT 1) AS any_session, generate_series(?, ?) AS n
      """;

  private final Installation installation;
  private final DerivedRefreshTokens refreshTokens;

  /** Of the current refresh token of each session. */
  private final int[] generations;

  private int count;

  /**
   * @param installation at which somebody has logged in before, whose rows are the pattern
   * @param largest that the count will ever be
   */
  public ManySessions(Installation installation, int largest) {
    this.installation = installation;
    this.refreshTokens = new DerivedRefreshTokens(Installation.MASTER_KEYS);
    this.generations = new int[largest];
  }

  /** Adds the sessions that are missing to that count. */
  public void fillUpTo(int newCount) throws SQLException {
    try (Connection connection = installation.connect();
        PreparedStatement users = connection.prepareStatement(USERS);
        PreparedStatement sessions = connection.prepareStatement(SESSIONS);
        Statement vacuum = connection.createStatement()) {
      users.setInt(1, count / SESSIONS_OF_USER);
      users.setInt(2, (newCount - 1) / SESSIONS_OF_USER);
      users.executeUpdate();
      sessions.setInt(1, SESSIONS_OF_USER);
      sessions.setInt(2, count);
      sessions.setInt(3, newCount - 1);
      sessions.executeUpdate();
      vacuum.execute("VACUUM (ANALYZE) users, sessions");
    }
    count = newCount;
  }

  public int count() {
    return count;
  }

  /** The one that an exchange would rotate. */
  public TokenText currentToken(int number) {
    byte[] digest = md5(Integer.toString(number));
    ByteBuffer id = ByteBuffer.wrap(digest);
    return refreshTokens.derive(
        new RefreshToken(
            new SessionId(new UUID(id.getLong(), id.getLong())),
            new Generation(generations[number]),
            refreshTokens.currentKeyId()),
        new Salt(digest));
  }

  /** To be called after each exchange. */
  public void rotated(int number) {
    generations[number]++;
  }

  /** What they take up, in megabytes as PostgreSQL counts them: of 1024 kilobytes. */
  public record Size(double table, double indexes) {}

  public Size size() throws SQLException {
    try (Connection connection = installation.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT pg_table_size('sessions') / 1048576.0, pg_indexes_size('sessions') / 1048576.0
                """)) {
      if (!row.next()) {
        throw new IllegalStateException("PostgreSQL knows no sizes");
      }
      return new Size(row.getDouble(1), row.getDouble(2));
    }
  }

  private static byte[] md5(String text) {
    try {
      return MessageDigest.getInstance("MD5").digest(text.getBytes(US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
