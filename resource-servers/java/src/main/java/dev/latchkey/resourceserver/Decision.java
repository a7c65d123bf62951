package dev.latchkey.resourceserver;

/** What to do with a call. */
public sealed interface Decision {

  /**
   * The call comes with a valid access token. Whether its roles suffice is for the service to say.
   */
  record Accepted(AccessToken token) implements Decision {}

  /**
   * The call is answered with this status and without any effect.
   *
   * @param status 400, 401 or 403
   * @param challenge the value of the header {@code WWW-Authenticate} (RFC 6750 §3, RFC 9449 §7.1)
   */
  record Refused(int status, String challenge) implements Decision {}

  /**
   * Nothing is wrong with the call; it cannot be judged at present, and is answered with 503.
   *
   * @param reason what is missing, for logs
   */
  record Unavailable(String reason) implements Decision {

    /** The value of the header {@code Retry-After}, in seconds. */
    public static final int RETRY_AFTER = 2;
  }
}
