package dev.latchkey.application.port.in.session;

import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.user.UserId;
import java.util.Optional;

/** Announces that a request was refused because of its access token (RFC 6750 §3.1). */
public interface ReportAccessRefused {

  void execute(Command command);

  /**
   * @param userId of the token, if it is valid
   * @param reason the code that the caller was given
   */
  record Command(Optional<UserId> userId, String reason, Device device) {}
}
