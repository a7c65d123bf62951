package dev.latchkey.resourceserver;

/** What is known of an access token after it was checked by itself. */
sealed interface Verification {

  record Valid(AccessToken token) implements Verification {}

  record Invalid(String why) implements Verification {}

  /** There are no keys to check it with. */
  record Unknown(String why) implements Verification {}
}
