package dev.latchkey.application.port.out;

import dev.latchkey.application.port.out.mail.MailId;
import dev.latchkey.domain.code.Code;
import dev.latchkey.domain.session.Salt;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.UserId;

/** Fresh random values that nobody can guess and that never come twice. */
public interface Identifiers {

  UserId newUserId();

  SessionId newSessionId();

  Salt newSalt();

  Code newCode();

  MailId newMailId();
}
