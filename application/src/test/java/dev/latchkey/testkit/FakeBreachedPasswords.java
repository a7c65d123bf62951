package dev.latchkey.testkit;

import dev.latchkey.application.port.out.account.BreachedPasswords;
import dev.latchkey.domain.user.Password;

/** {@link BreachedPasswords}, of which there is one. */
public final class FakeBreachedPasswords implements BreachedPasswords {

  public static final String BREACHED = "seven herons leaked";

  @Override
  public boolean contains(Password password) {
    return password.reveal().equals(BREACHED);
  }
}
