package dev.latchkey.domain.session;

import java.time.Instant;
import java.util.Arrays;

/** The end of a session before its time. */
public record Revocation(Instant at, Reason reason) {

  /** Why a session was ended. */
  public enum Reason {
    /** Its user, or a client of the user, asked for it. */
    LOGGED_OUT,
    /** A spent refresh token came back outside the retry rule: somebody may have a copy. */
    REUSE_DETECTED,
    /** Its user logged in on one device more than is allowed; this was the oldest. */
    SUPERSEDED,
    /** Its device logged in anew. */
    REPLACED,
    /** Its user, or somebody in their place, got another password. */
    PASSWORD_CHANGED,
    /** Its account was disabled. */
    ACCOUNT_DISABLED,
    /** An operator ended it. */
    ENDED_BY_OPERATOR,
    /** One that only a newer version of the service knows. This version never ends one for it. */
    UNKNOWN_HERE;

    /**
     * The reason that was stored: a session that a newer version has ended is ended all the same.
     */
    public static Reason stored(String name) {
      return Arrays.stream(values())
          .filter(reason -> reason.name().equals(name))
          .findFirst()
          .orElse(UNKNOWN_HERE);
    }
  }
}
