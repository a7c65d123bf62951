package dev.latchkey.application.port.in.account;

import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.Username;
import java.util.List;

/** Shows an operator what is known of an account. */
public interface InspectAccount {

  Result execute(Command command);

  record Command(Username username) {}

  sealed interface Result {

    /**
     * @param sessions that are active, the oldest first
     * @param failures wrong passwords in a row from unknown devices
     * @param closed whether unknown devices cannot log in
     */
    record Found(User user, List<Session> sessions, int failures, boolean closed)
        implements Result {}

    record UnknownUser() implements Result {}
  }
}
