package dev.latchkey.testkit;

import dev.latchkey.application.port.out.account.CommonPasswords;
import dev.latchkey.domain.user.Password;

/** {@link CommonPasswords}, of which there is one. */
public final class FakeCommonPasswords implements CommonPasswords {

  public static final String COMMON = "password123";

  @Override
  public boolean contains(Password password) {
    return password.reveal().equals(COMMON);
  }
}
