/**
 * The domain: what a user, a session, a refresh token and a signing key are, and the rules that hold for them.
 *
 * <p>Here belong immutable types and pure functions. Here do not belong: time (it is passed in), randomness,
 * storage, HTTP, cryptographic keys, frameworks.
 */
module dev.latchkey.domain {
  requires static transitive org.jspecify;

  exports dev.latchkey.domain.client;
  exports dev.latchkey.domain.key;
  exports dev.latchkey.domain.session;
  exports dev.latchkey.domain.user;
}
