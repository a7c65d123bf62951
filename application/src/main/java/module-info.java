/**
 * The application: what Latchkey does for its callers, one use case each, and what it needs for that, one port each.
 *
 * <p>Here belongs the order of steps. Here do not belong rules about users and sessions (domain), nor HTTP, SQL,
 * cryptography or a framework (adapters).
 */
module dev.latchkey.application {
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;
  requires transitive dev.latchkey.domain;

  exports dev.latchkey.application.port.in;
  exports dev.latchkey.application.port.out;
  exports dev.latchkey.application.service;
}
