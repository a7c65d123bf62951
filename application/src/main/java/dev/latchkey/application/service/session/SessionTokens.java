package dev.latchkey.application.service.session;

import dev.latchkey.application.port.StorageUnavailableException;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.IssuedTokens.Outcome;
import dev.latchkey.application.port.out.client.RegisteredClients;
import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.application.port.out.session.AccessTokens;
import dev.latchkey.application.port.out.session.RefreshTokens;
import dev.latchkey.application.service.key.SigningKeyRing;
import dev.latchkey.domain.client.Client;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.RefreshToken;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The tokens of a session: issues the pair that its holder gets, and recognises those that were
 * issued.
 */
public final class SessionTokens {

  private final RefreshTokens refreshTokens;
  private final AccessTokens accessTokens;
  private final SigningKeyRing keyRing;
  private final RegisteredClients clients;
  private final Duration accessTokenLifetime;

  public SessionTokens(
      RefreshTokens refreshTokens,
      AccessTokens accessTokens,
      SigningKeyRing keyRing,
      RegisteredClients clients,
      Duration accessTokenLifetime) {
    if (!accessTokenLifetime.isPositive()) {
      throw new IllegalArgumentException("the lifetime of access tokens must be positive");
    }
    this.refreshTokens = refreshTokens;
    this.accessTokens = accessTokens;
    this.keyRing = keyRing;
    this.clients = clients;
    this.accessTokenLifetime = accessTokenLifetime;
  }

  /**
   * Gets the key that signs now. To be called before a transaction: the key may have to be read,
   * and no connection should wait for that.
   *
   * @throws StorageUnavailableException if the key has to be read, and the store does not answer
   */
  public Issuer issuer() {
    return new Issuer(keyRing.current());
  }

  /**
   * The claims of an access token, whether it has expired or not; nothing if it is none of ours. To
   * be called before a transaction, too.
   *
   * @throws StorageUnavailableException if its key has to be read, and the store does not answer
   */
  Optional<AccessToken> read(TokenText text) {
    return accessTokens.read(text, keyRing::find);
  }

  /** Whether {@code text} is the text of {@code claimed}, and that a token of {@code session}. */
  boolean isAuthentic(TokenText text, RefreshToken claimed, Session session) {
    return claimed.sessionId().equals(session.id())
        && refreshTokens.derive(claimed, session.salt()).equals(text);
  }

  /**
   * Those of the user's roles that tokens of the session may contain; of a client, none if it is
   * not registered.
   */
  Set<Role> permitted(User user, Session session) {
    return clients
        .find(session.clientId())
        .map(client -> client.permitted(user.roles()))
        .orElseGet(Set::of);
  }

  /** Whether the client starts no session that is not bound. */
  public boolean mustBind(ClientId client) {
    return clients.find(client).filter(Client::mustBind).isPresent();
  }

  /** Issues tokens with one key. */
  public final class Issuer {

    private final Optional<OpenedSigningKey> key;

    private Issuer(Optional<OpenedSigningKey> key) {
      this.key = key;
    }

    /**
     * @param roles that the access token is limited to; what its client may not have is left out
     * @throws IllegalStateException if there is no key
     */
    public IssuedTokens issue(
        User user, Session session, Set<Role> roles, Outcome outcome, Instant now) {
      AccessToken accessToken =
          AccessToken.issue(user, session, now, accessTokenLifetime)
              .limitedTo(permitted(user, session))
              .limitedTo(roles);
      return new IssuedTokens(
          accessTokens.sign(accessToken, signingKey()),
          accessToken,
          refreshTokens.derive(session.currentToken(), session.salt()),
          session,
          outcome);
    }

    /** Only whoever issues needs one: a refusal does not, and above all not the one of a reuse. */
    private OpenedSigningKey signingKey() {
      return key.orElseThrow(() -> new IllegalStateException("there is no signing key"));
    }
  }
}
