package dev.latchkey.bootstrap;

import dev.latchkey.adapters.security.Argon2Parameters;
import dev.latchkey.adapters.security.Argon2idPasswordHasher;
import dev.latchkey.adapters.security.CommonPasswordList;
import dev.latchkey.adapters.security.DerivedRefreshTokens;
import dev.latchkey.adapters.security.HashingLimits;
import dev.latchkey.adapters.security.JwtAccessTokens;
import dev.latchkey.adapters.security.MasterKeys;
import dev.latchkey.adapters.security.SecureIdentifiers;
import dev.latchkey.adapters.security.SigningKeyRing;
import dev.latchkey.application.port.out.AccessTokens;
import dev.latchkey.application.port.out.CommonPasswords;
import dev.latchkey.application.port.out.Identifiers;
import dev.latchkey.application.port.out.PasswordHasher;
import dev.latchkey.application.port.out.RefreshTokens;
import dev.latchkey.application.port.out.SigningKeys;
import dev.latchkey.bootstrap.startup.StartupException;
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
    int concurrency = settings.concurrency() == 0 ? Runtime.getRuntime().availableProcessors() : settings.concurrency();
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
  AccessTokens accessTokens(SigningKeyRing keyRing, LatchkeySettings settings, SecureRandom random) {
    return new JwtAccessTokens(keyRing, settings.issuer(), settings.audience(), random);
  }
}
