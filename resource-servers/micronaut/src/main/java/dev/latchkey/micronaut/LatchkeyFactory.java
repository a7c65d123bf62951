package dev.latchkey.micronaut;

import dev.latchkey.resourceserver.ResourceServer;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.exceptions.ConfigurationException;
import java.time.Duration;

@Factory
final class LatchkeyFactory {

  /** From the start on, so that the first call already knows what ended before it. */
  @Context
  @Bean(preDestroy = "close")
  ResourceServer resourceServer(LatchkeySettings settings, LatchkeySettings.Feed feed) {
    if (settings.issuer() == null) {
      throw new ConfigurationException(
          "The setting latchkey.issuer is missing: the address of Latchkey, as it is in tokens.");
    }
    ResourceServer.Builder builder =
        ResourceServer.builder(settings.issuer())
            .audience(settings.audience())
            .algorithms(settings.algorithms())
            .endedSessions(Duration.ofSeconds(feed.maxAge()), feed.stale());
    if (settings.publicAddress() != null) {
      builder.publicAddress(settings.publicAddress());
    }
    if (settings.jwks() != null) {
      builder.jwks(settings.jwks());
    }
    if (feed.address() != null) {
      builder.endedSessions(feed.address());
    }
    if (!feed.enabled()) {
      builder.ignoreEndedSessions();
    }
    return builder.start();
  }
}
