package dev.latchkey.bootstrap.wiring;

import dev.latchkey.adapters.web.browser.AllowedOrigins;
import dev.latchkey.adapters.web.connection.ConnectionLimits;
import dev.latchkey.adapters.web.oauth2.AuthorizationServer;
import dev.latchkey.adapters.web.overload.RequestLimits;
import dev.latchkey.adapters.web.page.PageTexts;
import dev.latchkey.adapters.web.request.Patience;
import dev.latchkey.adapters.web.request.TrustedProxies;
import dev.latchkey.bootstrap.settings.LatchkeySettings;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What settings decide of the web adapter. */
@Factory
final class WebAdapter {

  @Singleton
  AuthorizationServer authorizationServer(LatchkeySettings settings) {
    return settings.tokens().self();
  }

  @Singleton
  PageTexts pageTexts(LatchkeySettings settings) {
    return settings.http().pageTexts();
  }

  @Singleton
  Patience patience() {
    return new Patience(Duration.ofMillis(500));
  }

  @Singleton
  ConnectionLimits connectionLimits(LatchkeySettings settings) {
    return settings.http().connections();
  }

  @Singleton
  RequestLimits requestLimits(LatchkeySettings settings) {
    return settings.http().requests();
  }

  @Singleton
  AllowedOrigins allowedOrigins(LatchkeySettings settings) {
    return settings.http().allowedOrigins();
  }

  @Singleton
  TrustedProxies trustedProxies(LatchkeySettings settings) {
    return settings.http().trustedProxies();
  }
}
