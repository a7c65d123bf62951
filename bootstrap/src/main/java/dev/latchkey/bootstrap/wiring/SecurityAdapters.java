package dev.latchkey.bootstrap.wiring;

import dev.latchkey.adapters.security.SecureIdentifiers;
import dev.latchkey.adapters.security.key.MasterKeys;
import dev.latchkey.adapters.security.key.SigningKeyRing;
import dev.latchkey.adapters.security.password.Argon2Parameters;
import dev.latchkey.adapters.security.password.Argon2idPasswordHasher;
import dev.latchkey.adapters.security.password.CommonPasswordList;
import dev.latchkey.adapters.security.password.HashingLimits;
import dev.latchkey.adapters.security.token.DerivedRefreshTokens;
import dev.latchkey.adapters.security.token.JwtAccessTokens;
import dev.latchkey.application.port.out.Identifiers;
import dev.latchkey.application.port.out.account.CommonPasswords;
import dev.latchkey.application.port.out.account.PasswordHasher;
import dev.latchkey.application.port.out.key.SigningKeys;
import dev.latchkey.application.port.out.session.AccessTokens;
import dev.latchkey.application.port.out.session.RefreshTokens;
import dev.latchkey.bootstrap.settings.LatchkeySettings;
import dev.latchkey.bootstrap.settings.StartupException;
import dev.latchkey.domain.key.SigningKeyPolicy;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Constructs the adapters that know no framework. */
@Factory
final class SecurityAdapters {

  @Singleton
  SecureRandom random() {
    return new SecureRandom();
  }

  @Singleton
  Identifiers identifiers(SecureRandom random) {
    return new SecureIdentifiers(random);
  }

  @Singleton
  CommonPasswords commonPasswords() {
    return new CommonPasswordList();
  }

  @Singleton
  PasswordHasher passwordHasher(LatchkeySettings.PasswordHashing settings, SecureRandom random) {
    int concurrency =
        settings.concurrency() == 0
            ? Runtime.getRuntime().availableProcessors()
            : settings.concurrency();
    try {
      return new Argon2idPasswordHasher(
          new Argon2Parameters(settings.memory(), settings.iterations(), settings.parallelism()),
          new HashingLimits(concurrency, settings.queue(), settings.maxWait()),
          random);
    } catch (IllegalArgumentException e) {
      throw new StartupException("Change latchkey.password-hashing.*: " + e.getMessage() + ".", e);
    }
  }

  @Singleton
  MasterKeys masterKeys(@Property(name = "latchkey.master-key") String setting) {
    try {
      return MasterKeys.parse(setting);
    } catch (IllegalArgumentException e) {
      throw new StartupException(String.valueOf(e.getMessage()), e);
    }
  }

  @Singleton
  RefreshTokens refreshTokens(MasterKeys masterKeys) {
    return new DerivedRefreshTokens(masterKeys);
  }

  @Singleton
  SigningKeyRing signingKeyRing(
      SigningKeys signingKeys,
      MasterKeys masterKeys,
      SigningKeyPolicy policy,
      InstantSource clock,
      SecureRandom random) {
    return SigningKeyRing.open(signingKeys, masterKeys, policy, clock, random);
  }

  @Singleton
  AccessTokens accessTokens(
      SigningKeyRing keyRing, LatchkeySettings settings, SecureRandom random) {
    return new JwtAccessTokens(keyRing, settings.issuer(), settings.audience(), random);
  }
}
