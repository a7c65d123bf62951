package dev.latchkey.application.port.out.mail;

/** What the text of a mail can mention. */
public enum MailField {
  USERNAME,

  /** That proves who reads this address; secret. */
  CODE,

  /** When the code expires, in UTC. */
  EXPIRES_AT,

  /** When it happened, in UTC. */
  TIME,

  /** The network address that it was done from. */
  ADDRESS,

  /** What the client called itself. */
  USER_AGENT,

  NEW_EMAIL
}
