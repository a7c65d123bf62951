package dev.latchkey.application.service.attempt;

import dev.latchkey.domain.session.ClientNetwork;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import java.util.Optional;
import java.util.function.Function;

/**
 * A password that is to prove who somebody is.
 *
 * @param network that it comes from
 */
public record Guess(Claim claim, Password password, ClientNetwork network) {

  /** Whose password it is said to be. */
  public sealed interface Claim {

    /**
     * Somebody who is not known yet.
     *
     * @param login a user name or an e-mail address, as it was typed
     * @param device finds the session that this device has, or had, if it shows one of that user;
     *     is called in a transaction
     */
    record ByLogin(String login, Function<User, Optional<SessionId>> device) implements Claim {}

    /** The user of a session, who is to prove it once more. */
    record BySession(UserId user, SessionId session) implements Claim {}
  }
}
