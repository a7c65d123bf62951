package dev.latchkey.application.port.out.mail;

import static dev.latchkey.application.port.out.mail.MailField.ADDRESS;
import static dev.latchkey.application.port.out.mail.MailField.CODE;
import static dev.latchkey.application.port.out.mail.MailField.EXPIRES_AT;
import static dev.latchkey.application.port.out.mail.MailField.NEW_EMAIL;
import static dev.latchkey.application.port.out.mail.MailField.TIME;
import static dev.latchkey.application.port.out.mail.MailField.USERNAME;
import static dev.latchkey.application.port.out.mail.MailField.USER_AGENT;

import java.util.Set;

/** What a mail is about, and which fields its text may use. */
public enum MailKind {
  /** The code that resets a password. */
  PASSWORD_RESET(USERNAME, CODE, EXPIRES_AT),

  /** The code that verifies the address of an account. */
  EMAIL_VERIFICATION(USERNAME, CODE, EXPIRES_AT),

  /** The code that opens the account which somebody asked for with this address. */
  REGISTRATION(USERNAME, CODE, EXPIRES_AT),

  /** Somebody asked for an account with this address, or to use it for theirs; it is in use. */
  ADDRESS_IN_USE(TIME),

  /** The code by which an account moves to this, its new address. */
  EMAIL_CHANGE(USERNAME, CODE, EXPIRES_AT),

  /** To the old address: the account has moved to a new one. */
  EMAIL_CHANGED(USERNAME, NEW_EMAIL, TIME),

  PASSWORD_CHANGED(USERNAME, TIME, ADDRESS, USER_AGENT),

  /** A spent refresh token came back; somebody may have had a copy. */
  REFRESH_TOKEN_REUSED(USERNAME, TIME, ADDRESS, USER_AGENT),

  /** A log-in from a device and a network that are not known. */
  NEW_DEVICE(USERNAME, TIME, ADDRESS, USER_AGENT),

  /** After too many wrong passwords, unknown devices cannot log in until a reset. */
  ACCOUNT_CLOSED(USERNAME, TIME),

  ACCOUNT_DELETED(USERNAME, TIME);

  @SuppressWarnings("ImmutableEnumChecker") // a set that nobody can change
  private final Set<MailField> fields;

  MailKind(MailField... fields) {
    this.fields = Set.of(fields);
  }

  /** Those that a mail of this kind has values for. */
  public Set<MailField> fields() {
    return fields;
  }
}
