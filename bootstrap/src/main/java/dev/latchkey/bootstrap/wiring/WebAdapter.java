package dev.latchkey.bootstrap.wiring;

import dev.latchkey.adapters.web.browser.AllowedOrigins;
import dev.latchkey.adapters.web.connection.ConnectionLimits;
import dev.latchkey.adapters.web.connection.StrictTransport;
import dev.latchkey.adapters.web.issuer.AuthorizationServer;
import dev.latchkey.adapters.web.management.ManagementPort;
import dev.latchkey.adapters.web.overload.RequestLimits;
import dev.latchkey.adapters.web.page.PageTexts;
import dev.latchkey.adapters.web.request.Patience;
import dev.latchkey.adapters.web.request.TrustedProxies;
import dev.latchkey.adapters.web.tls.Tls;
import dev.latchkey.bootstrap.settings.LatchkeySettings;
import dev.latchkey.bootstrap.settings.StartupException;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
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

  /**
   * @param frameworksOwn whether the framework is configured to speak TLS, which would have no
   *     effect
   */
  @Singleton
  Tls tls(
      LatchkeySettings settings,
      @Property(name = "micronaut.server.ssl.enabled", defaultValue = "false")
          boolean frameworksOwn) {
    if (frameworksOwn) {
      throw new StartupException(
          "Remove micronaut.server.ssl: TLS is set by latchkey.tls.certificate and"
              + " latchkey.tls.key.");
    }
    return settings.http().tls();
  }

  @Singleton
  StrictTransport strictTransport(LatchkeySettings settings) {
    return settings.http().strictTransport();
  }

  @Singleton
  AllowedOrigins allowedOrigins(LatchkeySettings settings) {
    return settings.http().allowedOrigins();
  }

  @Singleton
  ManagementPort managementPort(LatchkeySettings settings) {
    return settings.http().management();
  }

  @Singleton
  TrustedProxies trustedProxies(LatchkeySettings settings) {
    return settings.http().trustedProxies();
  }
}
