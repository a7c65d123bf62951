package dev.latchkey.application.port.out;

import dev.latchkey.domain.session.Salt;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.UserId;

/** Fresh random values that nobody can guess and that never come twice. */
public interface Identifiers {

  UserId newUserId();

  SessionId newSessionId();

  Salt newSalt();
}
