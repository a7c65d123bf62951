package dev.latchkey.bootstrap.wiring;

import dev.latchkey.adapters.web.connection.ConnectionLimits;
import dev.latchkey.adapters.web.oauth2.AuthorizationServer;
import dev.latchkey.bootstrap.settings.LatchkeySettings;
import dev.latchkey.bootstrap.settings.StartupException;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;

/**
 * What the web adapter must be told, at start, so that a wrong setting is found before the first
 * request.
 */
@Factory
public final class WebAdapter {

  @Context
  AuthorizationServer authorizationServer(LatchkeySettings settings) {
    try {
      return new AuthorizationServer(settings.issuer(), settings.audience());
    } catch (IllegalArgumentException e) {
      throw new StartupException(
          "Change latchkey.issuer: it must be an http or https address without query and fragment.",
          e);
    }
  }

  @Context
  public ConnectionLimits connectionLimits(LatchkeySettings.Http settings) {
    try {
      return new ConnectionLimits(
          settings.headTimeout(),
          settings.bodyTimeout(),
          settings.answerTimeout(),
          settings.idleTimeout(),
          settings.maxConnections());
    } catch (IllegalArgumentException e) {
      throw new StartupException(
          "Change latchkey.http: its times must be above zero, and max-connections must be 1 or"
              + " more.",
          e);
    }
  }
}
