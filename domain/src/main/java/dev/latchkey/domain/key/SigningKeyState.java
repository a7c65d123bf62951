package dev.latchkey.domain.key;

/** Where a signing key is in its life. It only ever goes forward, as long as the time does. */
public enum SigningKeyState {

  /** Published, so that everybody knows it when it begins to sign. */
  PENDING,

  /** Signs. */
  ACTIVE,

  /** Signs no more; published until the last token that it signed has expired. */
  RETIRING,

  /** Neither signs nor verifies any more. */
  RETIRED
}
