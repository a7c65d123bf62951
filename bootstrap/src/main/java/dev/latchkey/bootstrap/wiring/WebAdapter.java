package dev.latchkey.bootstrap.wiring;

import static dev.latchkey.bootstrap.settings.Setting.valid;

import dev.latchkey.adapters.web.browser.AllowedOrigins;
import dev.latchkey.adapters.web.connection.ConnectionLimits;
import dev.latchkey.adapters.web.oauth2.AuthorizationServer;
import dev.latchkey.adapters.web.page.PageTexts;
import dev.latchkey.adapters.web.request.Patience;
import dev.latchkey.adapters.web.request.TrustedProxies;
import dev.latchkey.bootstrap.settings.LatchkeySettings;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The settings of the web adapter, read at start, so that a wrong one is found before the first
 * request.
 */
@Factory
final class WebAdapter {

  @Context
  AuthorizationServer authorizationServer(LatchkeySettings settings) {
    return valid(
        "latchkey.issuer", () -> new AuthorizationServer(settings.issuer(), settings.audience()));
  }

  @Context
  PageTexts pageTexts(LatchkeySettings.Pages settings) {
    return valid(
        "latchkey.pages.texts",
        () ->
            settings.texts().isEmpty()
                ? PageTexts.bundled()
                : PageTexts.replacedFrom(Path.of(settings.texts())));
  }

  @Singleton
  Patience patience() {
    return new Patience(Duration.ofMillis(500));
  }

  @Context
  ConnectionLimits connectionLimits(LatchkeySettings.Http settings) {
    return valid(
        "latchkey.http",
        () ->
            new ConnectionLimits(
                settings.headTimeout(),
                settings.bodyTimeout(),
                settings.answerTimeout(),
                settings.idleTimeout(),
                settings.maxConnections()));
  }

  /** After the authorization server, which has found the issuer to be an address. */
  @Context
  AllowedOrigins allowedOrigins(AuthorizationServer self, LatchkeySettings.Http settings) {
    return valid(
        "latchkey.http.allowed-origins",
        () -> AllowedOrigins.of(self.issuer(), settings.allowedOrigins()));
  }

  @Context
  TrustedProxies trustedProxies(LatchkeySettings.Http settings) {
    return valid(
        "latchkey.http.trusted-proxies", () -> new TrustedProxies(settings.trustedProxies()));
  }
}
