package dev.latchkey.domain.attempt;

import dev.latchkey.domain.session.ClientNetwork;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.UserId;
import java.util.UUID;

/**
 * What attempts are counted by.
 *
 * @param text unique among all keys
 */
public record AttemptKey(String text) {

  /** What the text of every {@link #account} begins with, and of no other key. */
  public static final String ACCOUNT = "account ";

  /**
   * Wrong passwords for one login from unknown devices; the login is a digest of what was typed.
   */
  public static AttemptKey login(UUID login) {
    return new AttemptKey("login " + login);
  }

  /** The same from a network that is known. */
  public static AttemptKey loginFrom(UUID login, ClientNetwork network) {
    return new AttemptKey("login " + login + " from " + network.text());
  }

  /** Wrong passwords from a device that has, or had, this session. */
  public static AttemptKey device(SessionId session) {
    return new AttemptKey("device " + session);
  }

  /** Wrong passwords for one account from unknown devices, whatever it was called. */
  public static AttemptKey account(UserId user) {
    return new AttemptKey(ACCOUNT + user);
  }

  /** Wrong passwords and codes from unknown devices in one network. */
  public static AttemptKey network(ClientNetwork network) {
    return new AttemptKey("network " + network.text());
  }

  public static AttemptKey registration(ClientNetwork network) {
    return new AttemptKey("registration " + network.text());
  }

  /** Mails that anybody can have sent to one address; it is a digest of that. */
  public static AttemptKey mailTo(UUID address) {
    return new AttemptKey("mail to " + address);
  }

  public static AttemptKey mailFrom(ClientNetwork network) {
    return new AttemptKey("mail from " + network.text());
  }

  /** Whether enough attempts close an account. */
  public boolean closesAccount() {
    return text.startsWith(ACCOUNT);
  }

  @Override
  public String toString() {
    return text;
  }
}
