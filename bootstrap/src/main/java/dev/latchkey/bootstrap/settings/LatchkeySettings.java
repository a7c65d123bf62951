package dev.latchkey.bootstrap.settings;

import dev.latchkey.application.port.out.mail.MailKind;
import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The settings {@code latchkey.*}; their defaults stand in {@code application.yml}. The master key
 * is not among them: it goes straight to where it is parsed.
 *
 * @param issuer the {@code iss} of access tokens: the address that clients know this service by
 * @param audience the {@code aud} of access tokens
 * @param clients the clients beside the first-party one, in the form that {@link ConfiguredClients}
 *     reads
 */
@ConfigurationProperties("latchkey")
public record LatchkeySettings(String issuer, String audience, List<String> clients) {

  public LatchkeySettings {
    clients = withoutBlanks(clients);
  }

  private static List<String> withoutBlanks(List<String> entries) {
    return entries.stream().map(String::strip).filter(entry -> !entry.isEmpty()).toList();
  }

  /**
   * @param lifetime of an access token
   * @param leeway how long after its expiry it is still accepted here, for clocks that do not agree
   */
  @ConfigurationProperties("access-token")
  public record AccessTokens(Duration lifetime, Duration leeway) {}

  /**
   * @param algorithm of the next key, by its JWS name: ES256, RS256 or EdDSA
   * @param rotationInterval how long a key signs
   * @param jwksMaxAge how long a resource server may go by the published keys
   */
  @ConfigurationProperties("signing-keys")
  public record SigningKeys(String algorithm, Duration rotationInterval, Duration jwksMaxAge) {}

  /**
   * @param idle a session ends this long after its last exchange
   * @param absolute a session ends this long after log-in
   * @param maxPerUser how many sessions a user may have, the oldest giving way; 0: as many as they
   *     like
   * @param retention how long a session is kept after its end
   */
  @ConfigurationProperties("session")
  public record Sessions(Duration idle, Duration absolute, int maxPerUser, Duration retention) {}

  /**
   * @param retryWindow how long a spent refresh token gets the same answer again
   * @param keyedRetryWindow the same for a retry with the idempotency key of that exchange
   * @param onlyAfterExpiry whether an exchange must bring the session's access token, and that have
   *     expired
   */
  @ConfigurationProperties("refresh")
  public record Refresh(Duration retryWindow, Duration keyedRetryWindow, boolean onlyAfterExpiry) {}

  /**
   * @param from whom mails are from: an address, or a name and an address; empty for none
   * @param templates the directory of the texts that replace those of the service; empty for none
   */
  @ConfigurationProperties("mail")
  public record Mails(String from, String templates) {

    public Mails {
      from = from.strip();
      templates = templates.strip();
    }
  }

  /**
   * Which notices users get by mail.
   *
   * @param passwordChanged that the password was changed or reset
   * @param emailChanged to the old address, that there is a new one
   * @param refreshTokenReused that somebody may have had a copy of a refresh token
   * @param newDevice that there was a log-in from a device and a network that are not known
   * @param accountClosed that too many wrong passwords keep unknown devices from logging in
   * @param accountDeleted that the account is deleted
   */
  @ConfigurationProperties("mail.notices")
  public record Notices(
      boolean passwordChanged,
      boolean emailChanged,
      boolean refreshTokenReused,
      boolean newDevice,
      boolean accountClosed,
      boolean accountDeleted) {

    public Set<MailKind> kinds() {
      return Map.of(
              MailKind.PASSWORD_CHANGED, passwordChanged,
              MailKind.EMAIL_CHANGED, emailChanged,
              MailKind.REFRESH_TOKEN_REUSED, refreshTokenReused,
              MailKind.NEW_DEVICE, newDevice,
              MailKind.ACCOUNT_CLOSED, accountClosed,
              MailKind.ACCOUNT_DELETED, accountDeleted)
          .entrySet()
          .stream()
          .filter(Map.Entry::getValue)
          .map(Map.Entry::getKey)
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  /**
   * @param required whether an account is opened once its address is verified, and not before
   */
  @ConfigurationProperties("email-verification")
  public record EmailVerification(boolean required) {}

  /**
   * The server that mail is handed to, if there is one. The password is not among them: it goes
   * straight to where it is used.
   *
   * @param username empty for none
   * @param tls by name: starttls, implicit or none
   */
  @ConfigurationProperties("mail.smtp")
  public record Smtp(String host, int port, String username, String tls) {}

  /**
   * @param concurrency how many passwords are hashed at a time; 0 stands for the number of
   *     processors
   * @param queue how many may wait for their turn, one network alone about half; more are refused
   *     with 503
   * @param maxWait a request that would wait longer gets 503 at once
   * @param memory KiB for each hash
   * @param iterations passes over the memory
   * @param parallelism lanes
   */
  @ConfigurationProperties("password-hashing")
  public record PasswordHashing(
      int concurrency, int queue, Duration maxWait, int memory, int iterations, int parallelism) {}

  /**
   * @param failuresPerLogin wrong passwords in a row before log-ins are delayed: for strangers
   *     together, and for each known network and device
   * @param failuresPerNetwork wrong passwords and codes from one network, for whichever account
   * @param failuresToClose wrong passwords in a row that close an account to unknown devices
   * @param knownNetwork how long after a log-in its network counts as known to the account
   * @param registrationsPerNetwork registrations before those of the network are delayed
   * @param mailsPerAddress mails with codes that can be asked for before further ones are left out
   * @param mailsPerNetwork the same, from one network, before it is delayed
   */
  @ConfigurationProperties("limits")
  public record Limits(
      int failuresPerLogin,
      int failuresPerNetwork,
      int failuresToClose,
      Duration knownNetwork,
      int registrationsPerNetwork,
      int mailsPerAddress,
      int mailsPerNetwork) {}

  /**
   * @param contextWords that a new password may not be little more than, beside those of the
   *     service and of the user
   * @param breachFilter the file of leaked passwords that build-password-filter made; empty for
   *     none
   */
  @ConfigurationProperties("password")
  public record Passwords(List<String> contextWords, String breachFilter) {

    public Passwords {
      contextWords = withoutBlanks(contextWords);
      breachFilter = breachFilter.strip();
    }
  }

  /**
   * The pages for people.
   *
   * @param texts the file of the texts that replace those of the service; empty for none
   */
  @ConfigurationProperties("pages")
  public record Pages(String texts) {

    public Pages {
      texts = texts.strip();
    }
  }

  /**
   * @param headTimeout until the head of a request is complete
   * @param bodyTimeout until its body is complete
   * @param answerTimeout until the client has read the answer
   * @param idleTimeout until the next request begins
   * @param maxConnections that are open at a time; above, the one that waits longest for its client
   *     gives way
   * @param trustedProxies how many proxies name the client in {@code X-Forwarded-For}; 0: none is
   *     believed
   * @param allowedOrigins the origins of browser applications at other addresses, separated by
   *     commas; empty: there are none
   */
  @ConfigurationProperties("http")
  public record Http(
      Duration headTimeout,
      Duration bodyTimeout,
      Duration answerTimeout,
      Duration idleTimeout,
      int maxConnections,
      int trustedProxies,
      String allowedOrigins) {}
}
