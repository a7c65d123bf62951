package dev.latchkey.bootstrap.wiring;

import static dev.latchkey.bootstrap.settings.Setting.valid;

import dev.latchkey.bootstrap.settings.LatchkeySettings;
import dev.latchkey.bootstrap.settings.StartupException;
import dev.latchkey.domain.attempt.AttemptPolicy;
import dev.latchkey.domain.key.SigningAlgorithm;
import dev.latchkey.domain.key.SigningKeyPolicy;
import dev.latchkey.domain.session.SessionLimit;
import dev.latchkey.domain.session.SessionPolicy;
import dev.latchkey.domain.token.Leeway;
import dev.latchkey.domain.user.ContextWords;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Objects;

/** The rules of the domain that settings decide. */
@Factory
final class Policies {

  @Singleton
  SessionPolicy sessionPolicy(
      LatchkeySettings.Sessions sessions, LatchkeySettings.Refresh refresh) {
    return valid(
        "latchkey.session.* or latchkey.refresh.*",
        () ->
            new SessionPolicy(
                sessions.idle(),
                sessions.absolute(),
                refresh.retryWindow(),
                refresh.keyedRetryWindow()));
  }

  @Singleton
  SessionLimit sessionLimit(LatchkeySettings.Sessions sessions) {
    return valid("latchkey.session.max-per-user", () -> new SessionLimit(sessions.maxPerUser()));
  }

  @Singleton
  AttemptPolicy attemptPolicy(LatchkeySettings.Limits limits) {
    return valid(
        "latchkey.limits.*",
        () ->
            AttemptPolicy.of(
                limits.failuresPerLogin(),
                limits.failuresPerNetwork(),
                limits.failuresToClose(),
                limits.knownNetwork(),
                limits.registrationsPerNetwork(),
                limits.mailsPerAddress(),
                limits.mailsPerNetwork()));
  }

  @Singleton
  Leeway leeway(LatchkeySettings.AccessTokens accessTokens) {
    return valid("latchkey.access-token.leeway", () -> new Leeway(accessTokens.leeway()));
  }

  @Singleton
  ContextWords contextWords(LatchkeySettings service, LatchkeySettings.Passwords passwords) {
    URI issuer = valid("latchkey.issuer", () -> URI.create(service.issuer()));
    return valid(
        "latchkey.password.context-words",
        () ->
            ContextWords.ofInstallation(
                Objects.requireNonNullElse(issuer.getHost(), ""), passwords.contextWords()));
  }

  @Singleton
  SigningKeyPolicy signingKeyPolicy(
      LatchkeySettings.SigningKeys signingKeys, LatchkeySettings.AccessTokens accessTokens) {
    SigningAlgorithm algorithm =
        SigningAlgorithm.ofJwsName(signingKeys.algorithm())
            .orElseThrow(
                () ->
                    new StartupException(
                        "Change latchkey.signing-keys.algorithm: it must be ES256, RS256 or"
                            + " EdDSA."));
    return valid(
        "latchkey.signing-keys.* or latchkey.access-token.lifetime",
        () ->
            new SigningKeyPolicy(
                algorithm,
                signingKeys.rotationInterval(),
                signingKeys.jwksMaxAge(),
                accessTokens.lifetime()));
  }
}
