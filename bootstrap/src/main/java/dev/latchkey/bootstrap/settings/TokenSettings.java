package dev.latchkey.bootstrap.settings;

import dev.latchkey.adapters.web.issuer.AuthorizationServer;
import dev.latchkey.domain.key.SigningAlgorithm;
import dev.latchkey.domain.key.SigningKeyPolicy;
import dev.latchkey.domain.token.Leeway;
import java.time.Duration;

/**
 * Who signs access tokens, with which keys, for how long, and for which clients.
 *
 * @param self who this service is: the {@code iss} and the {@code aud} of access tokens
 * @param lifetime of an access token
 * @param leeway how long after its expiry it is still accepted here, for clocks that do not agree
 */
public record TokenSettings(
    AuthorizationServer self,
    Duration lifetime,
    Leeway leeway,
    SigningKeyPolicy signingKeys,
    ConfiguredClients clients) {

  static Reading<AuthorizationServer> self(SettingsReader settings) {
    return settings.valid(
        "latchkey.issuer",
        () ->
            new AuthorizationServer(
                settings.text("latchkey.issuer"), settings.text("latchkey.audience")));
  }

  static Reading<TokenSettings> read(SettingsReader settings, Reading<AuthorizationServer> self) {
    var lifetime =
        settings.valid(
            "latchkey.access-token.lifetime",
            () -> settings.positiveDuration("latchkey.access-token.lifetime"));
    var leeway =
        settings.valid(
            "latchkey.access-token.leeway",
            () -> new Leeway(settings.duration("latchkey.access-token.leeway")));
    var algorithm =
        settings.valid(
            "latchkey.signing-keys.algorithm",
            () ->
                SigningAlgorithm.ofJwsName(settings.text("latchkey.signing-keys.algorithm"))
                    .orElseThrow(
                        () -> new IllegalArgumentException("it must be ES256, RS256 or EdDSA")));
    var signingKeys =
        settings.valid(
            "latchkey.signing-keys.* or latchkey.access-token.lifetime",
            () -> {
              Duration rotationInterval =
                  settings.duration("latchkey.signing-keys.rotation-interval");
              Duration jwksMaxAge = settings.duration("latchkey.signing-keys.jwks-max-age");
              return new SigningKeyPolicy(
                  algorithm.get(), rotationInterval, jwksMaxAge, lifetime.get());
            });
    var clients =
        settings.valid(
            "latchkey.clients", () -> ConfiguredClients.parse(settings.list("latchkey.clients")));
    return settings.together(
        () ->
            new TokenSettings(
                self.get(), lifetime.get(), leeway.get(), signingKeys.get(), clients.get()));
  }
}
