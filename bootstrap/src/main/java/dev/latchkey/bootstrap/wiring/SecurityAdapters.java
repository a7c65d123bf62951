package dev.latchkey.bootstrap.wiring;

import dev.latchkey.adapters.security.SecureIdentifiers;
import dev.latchkey.adapters.security.blocklist.CommonPasswordList;
import dev.latchkey.adapters.security.key.AesGcmSigningKeySeal;
import dev.latchkey.adapters.security.key.KeyedDigests;
import dev.latchkey.adapters.security.key.MasterKeys;
import dev.latchkey.adapters.security.key.SignatureProvider;
import dev.latchkey.adapters.security.password.Argon2idPasswordHasher;
import dev.latchkey.adapters.security.token.DerivedRefreshTokens;
import dev.latchkey.adapters.security.token.DpopProofs;
import dev.latchkey.adapters.security.token.JwtAccessTokens;
import dev.latchkey.adapters.security.token.JwtEndedSessions;
import dev.latchkey.adapters.security.token.TimedNonces;
import dev.latchkey.adapters.web.issuer.AuthorizationServer;
import dev.latchkey.application.port.out.Identifiers;
import dev.latchkey.application.port.out.account.BreachedPasswords;
import dev.latchkey.application.port.out.account.CommonPasswords;
import dev.latchkey.application.port.out.attempt.Digests;
import dev.latchkey.application.port.out.key.SigningKeySeal;
import dev.latchkey.application.port.out.session.AccessTokens;
import dev.latchkey.application.port.out.session.EndedSessionsDocuments;
import dev.latchkey.application.port.out.session.KeyProofs;
import dev.latchkey.application.port.out.session.Nonces;
import dev.latchkey.application.port.out.session.RefreshTokens;
import dev.latchkey.bootstrap.settings.LatchkeySettings;
import dev.latchkey.bootstrap.settings.StartupException;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
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
  BreachedPasswords breachedPasswords(LatchkeySettings settings) {
    return settings.passwords().breached();
  }

  @Singleton
  Argon2idPasswordHasher passwordHasher(LatchkeySettings settings, SecureRandom random) {
    return new Argon2idPasswordHasher(
        settings.passwords().argon2(), settings.passwords().hashing(), random);
  }

  @Singleton
  MasterKeys masterKeys(LatchkeySettings settings) {
    return settings
        .storage()
        .masterKeys()
        .orElseThrow(() -> new StartupException("latchkey.master-key is missing."));
  }

  @Singleton
  RefreshTokens refreshTokens(MasterKeys masterKeys) {
    return new DerivedRefreshTokens(masterKeys);
  }

  @Singleton
  KeyProofs keyProofs(SignatureProvider signatures) {
    return new DpopProofs(signatures);
  }

  @Singleton
  Nonces nonces(MasterKeys masterKeys) {
    return new TimedNonces(masterKeys);
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
  AccessTokens accessTokens(AuthorizationServer self, SecureRandom random) {
    return new JwtAccessTokens(self.issuer(), self.audience(), random);
  }

  @Singleton
  EndedSessionsDocuments endedSessionsDocuments(AuthorizationServer self) {
    return new JwtEndedSessions(self.issuer());
  }
}
