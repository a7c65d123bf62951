package dev.latchkey.micronaut;

import dev.latchkey.resourceserver.ResourceServer.WhenStale;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings {@code latchkey.*}. Only the issuer has no default.
 *
 * @param issuer whose tokens are accepted, in exactly that spelling
 * @param audience of this service's tokens
 * @param algorithms what tokens may be signed with
 * @param publicAddress the start of this service's addresses as callers know them; without it, what
 *     Micronaut makes of the request
 * @param jwks where the keys are, if the issuer's metadata cannot be reached from here
 */
@ConfigurationProperties("latchkey")
record LatchkeySettings(
    @Nullable String issuer,
    @Bindable(defaultValue = "latchkey") String audience,
    @Bindable(defaultValue = "ES256") Set<String> algorithms,
    @Nullable URI publicAddress,
    @Nullable URI jwks) {

  /**
   * The list of the sessions that have ended.
   *
   * @param enabled if not, a token is accepted until it expires
   * @param address where it is, if the issuer's metadata cannot be reached from here
   * @param maxAge how old what is known may be, in seconds
   * @param stale what happens to calls when it is older
   */
  @ConfigurationProperties("feed")
  record Feed(
      @Bindable(defaultValue = "true") boolean enabled,
      @Nullable URI address,
      @Bindable(defaultValue = "60") long maxAge,
      @Bindable(defaultValue = "REFUSE") WhenStale stale) {}
}
