package dev.latchkey.bootstrap.wiring;

import static dev.latchkey.bootstrap.settings.Setting.valid;

import dev.latchkey.adapters.security.SecureIdentifiers;
import dev.latchkey.adapters.security.blocklist.BreachFilter;
import dev.latchkey.adapters.security.blocklist.CommonPasswordList;
import dev.latchkey.adapters.security.key.AesGcmSigningKeySeal;
import dev.latchkey.adapters.security.key.KeyedDigests;
import dev.latchkey.adapters.security.key.MasterKeys;
import dev.latchkey.adapters.security.key.SignatureProvider;
import dev.latchkey.adapters.security.password.Argon2Parameters;
import dev.latchkey.adapters.security.password.Argon2idPasswordHasher;
import dev.latchkey.adapters.security.password.HashingLimits;
import dev.latchkey.adapters.security.token.DerivedRefreshTokens;
import dev.latchkey.adapters.security.token.JwtAccessTokens;
import dev.latchkey.application.port.out.Identifiers;
import dev.latchkey.application.port.out.account.BreachedPasswords;
import dev.latchkey.application.port.out.account.CommonPasswords;
import dev.latchkey.application.port.out.attempt.Digests;
import dev.latchkey.application.port.out.key.SigningKeySeal;
import dev.latchkey.application.port.out.session.AccessTokens;
import dev.latchkey.application.port.out.session.RefreshTokens;
import dev.latchkey.bootstrap.settings.LatchkeySettings;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;

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
  BreachedPasswords breachedPasswords(LatchkeySettings.Passwords settings) {
    return settings.breachFilter().isEmpty()
        ? BreachedPasswords.NONE
        : valid(
            "latchkey.password.breach-filter",
            () -> BreachFilter.open(Path.of(settings.breachFilter())));
  }

  @Singleton
  Argon2idPasswordHasher passwordHasher(
      LatchkeySettings.PasswordHashing settings, SecureRandom random) {
    int concurrency =
        settings.concurrency() == 0
            ? Runtime.getRuntime().availableProcessors()
            : settings.concurrency();
    return valid(
        "latchkey.password-hashing.*",
        () ->
            new Argon2idPasswordHasher(
                new Argon2Parameters(
                    settings.memory(), settings.iterations(), settings.parallelism()),
                new HashingLimits(concurrency, settings.queue(), settings.maxWait()),
                random));
  }

  @Singleton
  MasterKeys masterKeys(@Property(name = "latchkey.master-key") String setting) {
    return valid("latchkey.master-key", () -> MasterKeys.parse(setting));
  }

  @Singleton
  RefreshTokens refreshTokens(MasterKeys masterKeys) {
    return new DerivedRefreshTokens(masterKeys);
  }

  @Singleton
  Digests digests(MasterKeys masterKeys) {
    return new KeyedDigests(masterKeys);
  }

  @Singleton
  SignatureProvider signatureProvider() {
    return SignatureProvider.fastest();
  }

  @Singleton
  SigningKeySeal signingKeySeal(
      MasterKeys masterKeys, SignatureProvider signatures, SecureRandom random) {
    return new AesGcmSigningKeySeal(masterKeys, signatures, random);
  }

  @Singleton
  AccessTokens accessTokens(LatchkeySettings settings, SecureRandom random) {
    return new JwtAccessTokens(settings.issuer(), settings.audience(), random);
  }
}
