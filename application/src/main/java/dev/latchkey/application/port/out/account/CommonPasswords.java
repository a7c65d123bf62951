package dev.latchkey.application.port.out.account;

import dev.latchkey.domain.user.Password;

/**
 * The passwords that an attacker tries first, and that nobody may choose (NIST SP 800-63B
 * §3.1.1.2).
 */
public interface CommonPasswords {

  boolean contains(Password password);
}
