package dev.latchkey.bootstrap.settings;

import dev.latchkey.adapters.web.browser.AllowedOrigins;
import dev.latchkey.adapters.web.connection.ConnectionLimits;
import dev.latchkey.adapters.web.connection.StrictTransport;
import dev.latchkey.adapters.web.issuer.AuthorizationServer;
import dev.latchkey.adapters.web.management.ManagementPort;
import dev.latchkey.adapters.web.overload.RequestLimits;
import dev.latchkey.adapters.web.page.PageTexts;
import dev.latchkey.adapters.web.request.TrustedProxies;
import dev.latchkey.adapters.web.tls.Tls;

/**
 * Who may call, how, and what is shown to people.
 *
 * @param tls whether the service speaks TLS
 * @param strictTransport whether browsers shall do nothing else
 * @param pages whether the pages for people are served
 * @param pageTexts what they say
 * @param swaggerUi whether the API can be tried by hand
 * @param management where those who run the service ask
 */
public record HttpSettings(
    ConnectionLimits connections,
    RequestLimits requests,
    Tls tls,
    StrictTransport strictTransport,
    TrustedProxies trustedProxies,
    AllowedOrigins allowedOrigins,
    boolean pages,
    PageTexts pageTexts,
    boolean swaggerUi,
    ManagementPort management) {

  private static final String PORT = "micronaut.server.port";
  private static final int HIGHEST_PORT = 65_535;

  /** Stands for any that is free. */
  private static final int ANY_PORT = -1;

  static Reading<HttpSettings> read(SettingsReader settings, Reading<AuthorizationServer> self) {
    // The framework reads these two, and complains about them on many lines.
    var port = settings.valid(PORT, () -> portOf(settings.number(PORT)));
    var _ = settings.text("micronaut.server.host");
    var connections =
        settings.valid(
            "latchkey.http.*",
            () ->
                new ConnectionLimits(
                    settings.duration("latchkey.http.head-timeout"),
                    settings.duration("latchkey.http.body-timeout"),
                    settings.duration("latchkey.http.answer-timeout"),
                    settings.duration("latchkey.http.idle-timeout"),
                    settings.number("latchkey.http.max-connections")));
    var requests =
        settings.valid(
            "latchkey.requests.*",
            () ->
                new RequestLimits(
                    settings.number("latchkey.requests.concurrency"),
                    settings.duration("latchkey.requests.max-wait")));
    String certificate = settings.text("latchkey.tls.certificate");
    String key = settings.text("latchkey.tls.key");
    var tls =
        settings.valid(
            "latchkey.tls.certificate and latchkey.tls.key", () -> Tls.of(certificate, key));
    boolean subdomains = settings.flag("latchkey.http.hsts-subdomains");
    var strictTransport =
        settings.valid(
            "latchkey.issuer",
            () -> {
              boolean https = self.get().isHttps();
              if (!https && !certificate.isEmpty()) {
                throw new IllegalArgumentException("with latchkey.tls it must be an https address");
              }
              return new StrictTransport(https, subdomains);
            });
    var trustedProxies =
        settings.valid(
            "latchkey.http.trusted-proxies",
            () -> new TrustedProxies(settings.number("latchkey.http.trusted-proxies")));
    String origins = settings.text("latchkey.http.allowed-origins");
    var allowedOrigins =
        settings.valid(
            "latchkey.http.allowed-origins", () -> AllowedOrigins.of(self.get().issuer(), origins));
    boolean pages = settings.flag("latchkey.pages.enabled");
    var pageTexts =
        settings.valid(
            "latchkey.pages.texts",
            () ->
                settings
                    .path("latchkey.pages.texts")
                    .map(PageTexts::replacedFrom)
                    .orElseGet(PageTexts::bundled));
    boolean swaggerUi = settings.flag("latchkey.swagger-ui.enabled");
    String managementPort = settings.text("latchkey.management.port");
    String managementHost = settings.text("latchkey.management.host");
    var management =
        settings.valid(
            "latchkey.management.port",
            () -> ManagementPort.of(managementPort, managementHost, port.get()));
    return settings.together(
        () -> {
          var _ = port.get();
          return new HttpSettings(
              connections.get(),
              requests.get(),
              tls.get(),
              strictTransport.get(),
              trustedProxies.get(),
              allowedOrigins.get(),
              pages,
              pageTexts.get(),
              swaggerUi,
              management.get());
        });
  }

  private static int portOf(int number) {
    if (number < ANY_PORT || number > HIGHEST_PORT) {
      throw new IllegalArgumentException("it must be from 0 to " + HIGHEST_PORT);
    }
    return number;
  }
}
