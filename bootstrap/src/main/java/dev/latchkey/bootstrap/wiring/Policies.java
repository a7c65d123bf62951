package dev.latchkey.bootstrap.wiring;

import dev.latchkey.bootstrap.settings.LatchkeySettings;
import dev.latchkey.domain.attempt.AttemptPolicy;
import dev.latchkey.domain.key.SigningKeyPolicy;
import dev.latchkey.domain.session.SessionLimit;
import dev.latchkey.domain.session.SessionPolicy;
import dev.latchkey.domain.token.Leeway;
import dev.latchkey.domain.user.ContextWords;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;

/** The settings, and the rules of the domain that they decide. */
@Factory
final class Policies {

  @Singleton
  LatchkeySettings settings(Environment environment) {
    return LatchkeySettings.read(environment);
  }

  @Singleton
  SessionPolicy sessionPolicy(LatchkeySettings settings) {
    return settings.sessions().policy();
  }

  @Singleton
  SessionLimit sessionLimit(LatchkeySettings settings) {
    return settings.sessions().limit();
  }

  @Singleton
  AttemptPolicy attemptPolicy(LatchkeySettings settings) {
    return settings.accounts().attempts();
  }

  @Singleton
  Leeway leeway(LatchkeySettings settings) {
    return settings.tokens().leeway();
  }

  @Singleton
  ContextWords contextWords(LatchkeySettings settings) {
    return settings.passwords().contextWords();
  }

  @Singleton
  SigningKeyPolicy signingKeyPolicy(LatchkeySettings settings) {
    return settings.tokens().signingKeys();
  }
}
