package dev.latchkey.application.port.out.account;

import dev.latchkey.domain.user.Password;

/**
 * The passwords that are known to have leaked, whosesoever they were, as far as the operator has a
 * list of them (NIST SP 800-63B-4 §3.1.1.2, OWASP ASVS 5.0 6.2.12).
 */
public interface BreachedPasswords {

  /** No list, no leaked password. */
  BreachedPasswords NONE = _ -> false;

  /** Whether it is one of them; it may also say so of one in a thousand of those that are not. */
  boolean contains(Password password);
}
