package dev.latchkey.springboot;

import dev.latchkey.resourceserver.ResourceServer.WhenStale;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * The settings {@code latchkey.*}. Only the issuer has no default.
 *
 * @param issuer whose tokens are accepted, in exactly that spelling
 * @param audience of this service's tokens
 * @param algorithms what tokens may be signed with
 * @param publicAddress the start of this service's addresses as callers know them; without it, what
 *     Spring makes of the request
 * @param jwks where the keys are, if the issuer's metadata cannot be reached from here
 * @param feed of the sessions that have ended
 */
@ConfigurationProperties("latchkey")
record LatchkeyProperties(
    @Nullable String issuer,
    @DefaultValue("latchkey") String audience,
    @DefaultValue("ES256") Set<String> algorithms,
    @Nullable URI publicAddress,
    @Nullable URI jwks,
    @DefaultValue Feed feed) {

  /**
   * @param enabled if not, a token is accepted until it expires
   * @param address where it is, if the issuer's metadata cannot be reached from here
   * @param maxAge how old what is known may be; a number without a unit is seconds
   * @param stale what happens to calls when it is older
   */
  record Feed(
      @DefaultValue("true") boolean enabled,
      @Nullable URI address,
      @DefaultValue("60s") @DurationUnit(ChronoUnit.SECONDS) Duration maxAge,
      @DefaultValue("refuse") WhenStale stale) {}
}
