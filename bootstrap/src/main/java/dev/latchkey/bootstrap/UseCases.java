package dev.latchkey.bootstrap;

import dev.latchkey.application.port.in.AuthenticateBearer;
import dev.latchkey.application.port.in.AuthenticateClient;
import dev.latchkey.application.port.in.ChangeRole;
import dev.latchkey.application.port.in.DeleteEndedSessions;
import dev.latchkey.application.port.in.ExchangeRefreshToken;
import dev.latchkey.application.port.in.IntrospectToken;
import dev.latchkey.application.port.in.ListSessions;
import dev.latchkey.application.port.in.ListSigningKeys;
import dev.latchkey.application.port.in.Login;
import dev.latchkey.application.port.in.PublishVerificationKeys;
import dev.latchkey.application.port.in.Register;
import dev.latchkey.application.port.in.Revoke;
import dev.latchkey.application.port.in.RotateSigningKeys;
import dev.latchkey.application.port.in.ShowAccount;
import dev.latchkey.application.port.out.AccessTokens;
import dev.latchkey.application.port.out.CommonPasswords;
import dev.latchkey.application.port.out.EndedSessions;
import dev.latchkey.application.port.out.Identifiers;
import dev.latchkey.application.port.out.PasswordHasher;
import dev.latchkey.application.port.out.RefreshTokens;
import dev.latchkey.application.port.out.SecurityEvents;
import dev.latchkey.application.port.out.Sessions;
import dev.latchkey.application.port.out.SigningKeyFactory;
import dev.latchkey.application.port.out.SigningKeys;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.TrustedTime;
import dev.latchkey.application.port.out.Users;
import dev.latchkey.application.port.out.VerificationKeys;
import dev.latchkey.application.service.AuthenticateBearerService;
import dev.latchkey.application.service.AuthenticateClientService;
import dev.latchkey.application.service.ChangeRoleService;
import dev.latchkey.application.service.DeleteEndedSessionsService;
import dev.latchkey.application.service.ExchangeRefreshTokenService;
import dev.latchkey.application.service.IntrospectTokenService;
import dev.latchkey.application.service.ListSessionsService;
import dev.latchkey.application.service.ListSigningKeysService;
import dev.latchkey.application.service.LoginService;
import dev.latchkey.application.service.PresentedTokens;
import dev.latchkey.application.service.PublishVerificationKeysService;
import dev.latchkey.application.service.RegisterService;
import dev.latchkey.application.service.RevokeService;
import dev.latchkey.application.service.RotateSigningKeysService;
import dev.latchkey.application.service.SessionStarter;
import dev.latchkey.application.service.SessionTokens;
import dev.latchkey.application.service.ShowAccountService;
import dev.latchkey.bootstrap.startup.StartupException;
import dev.latchkey.domain.key.SigningAlgorithm;
import dev.latchkey.domain.key.SigningKeyPolicy;
import dev.latchkey.domain.session.Leeway;
import dev.latchkey.domain.session.SessionLimit;
import dev.latchkey.domain.session.SessionPolicy;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Constructs the use cases, at start, so that a wrong setting is found before the first request. */
@Factory
final class UseCases {

  @Singleton
  SessionPolicy sessionPolicy(LatchkeySettings.Sessions sessions, LatchkeySettings.Refresh refresh) {
    try {
      return new SessionPolicy(
          sessions.idle(), sessions.absolute(), refresh.retryWindow(), refresh.keyedRetryWindow());
    } catch (IllegalArgumentException e) {
      throw new StartupException("Change latchkey.session.* or latchkey.refresh.*: " + e.getMessage() + ".", e);
    }
  }

  @Singleton
  SigningKeyPolicy signingKeyPolicy(
      LatchkeySettings.SigningKeys signingKeys, LatchkeySettings.AccessTokens accessTokens) {
    SigningAlgorithm algorithm =
        SigningAlgorithm.ofJwsName(signingKeys.algorithm())
            .orElseThrow(
                () ->
                    new StartupException(
                        "Change latchkey.signing-keys.algorithm: it must be ES256, RS256 or EdDSA."));
    try {
      return new SigningKeyPolicy(
          algorithm, signingKeys.rotationInterval(), signingKeys.jwksMaxAge(), accessTokens.lifetime());
    } catch (IllegalArgumentException e) {
      throw new StartupException(
          "Change latchkey.signing-keys.* or latchkey.access-token.lifetime: " + e.getMessage() + ".", e);
    }
  }

  @Singleton
  SessionTokens sessionTokens(
      RefreshTokens refreshTokens, AccessTokens accessTokens, LatchkeySettings.AccessTokens settings) {
    try {
      return new SessionTokens(refreshTokens, accessTokens, settings.lifetime());
    } catch (IllegalArgumentException e) {
      throw new StartupException("Change latchkey.access-token.lifetime: " + e.getMessage() + ".", e);
    }
  }

  @Singleton
  Leeway leeway(LatchkeySettings.AccessTokens settings) {
    try {
      return new Leeway(settings.leeway());
    } catch (IllegalArgumentException e) {
      throw new StartupException("Change latchkey.access-token.leeway: " + e.getMessage() + ".", e);
    }
  }

  @Singleton
  PresentedTokens presentedTokens(
      Sessions sessions, RefreshTokens refreshTokens, AccessTokens accessTokens, SessionTokens sessionTokens) {
    return new PresentedTokens(sessions, refreshTokens, accessTokens, sessionTokens);
  }

  @Singleton
  SessionStarter sessionStarter(
      Users users,
      Sessions sessions,
      Identifiers identifiers,
      RefreshTokens refreshTokens,
      SessionPolicy policy,
      LatchkeySettings.Sessions settings) {
    try {
      return new SessionStarter(
          users, sessions, identifiers, refreshTokens, policy, new SessionLimit(settings.maxPerUser()));
    } catch (IllegalArgumentException e) {
      throw new StartupException("Change latchkey.session.max-per-user: " + e.getMessage() + ".", e);
    }
  }

  @Context
  Register register(
      Transactions transactions,
      Users users,
      Identifiers identifiers,
      CommonPasswords commonPasswords,
      PasswordHasher hasher,
      SessionStarter sessionStarter,
      SessionTokens sessionTokens,
      SecurityEvents events,
      InstantSource clock) {
    return new RegisterService(
        transactions, users, identifiers, commonPasswords, hasher, sessionStarter, sessionTokens, events, clock);
  }

  @Context
  Login login(
      Transactions transactions,
      Users users,
      PasswordHasher hasher,
      SessionStarter sessionStarter,
      SessionTokens sessionTokens,
      SecurityEvents events,
      InstantSource clock) {
    return new LoginService(transactions, users, hasher, sessionStarter, sessionTokens, events, clock);
  }

  @Context
  ExchangeRefreshToken exchangeRefreshToken(
      Transactions transactions,
      Sessions sessions,
      Users users,
      RefreshTokens refreshTokens,
      AccessTokens accessTokens,
      SessionTokens sessionTokens,
      SessionPolicy policy,
      LatchkeySettings.Refresh settings,
      SecurityEvents events,
      InstantSource clock) {
    return new ExchangeRefreshTokenService(
        transactions,
        sessions,
        users,
        refreshTokens,
        accessTokens,
        sessionTokens,
        policy,
        settings.onlyAfterExpiry(),
        events,
        clock);
  }

  @Context
  Revoke revoke(
      Transactions transactions,
      Sessions sessions,
      PresentedTokens presentedTokens,
      SecurityEvents events,
      InstantSource clock) {
    return new RevokeService(transactions, sessions, presentedTokens, events, clock);
  }

  @Context
  AuthenticateBearer authenticateBearer(
      Transactions transactions,
      Sessions sessions,
      Users users,
      AccessTokens accessTokens,
      Leeway leeway,
      InstantSource clock) {
    return new AuthenticateBearerService(transactions, sessions, users, accessTokens, leeway, clock);
  }

  @Context
  AuthenticateClient authenticateClient(LatchkeySettings settings, SecurityEvents events, InstantSource clock) {
    try {
      return new AuthenticateClientService(ConfiguredClients.parse(settings.clients()), events, clock);
    } catch (IllegalArgumentException e) {
      throw new StartupException("Change latchkey.clients: " + e.getMessage() + ".", e);
    }
  }

  @Context
  IntrospectToken introspectToken(
      Transactions transactions, Users users, PresentedTokens presentedTokens, Leeway leeway, InstantSource clock) {
    return new IntrospectTokenService(transactions, users, presentedTokens, leeway, clock);
  }

  @Context
  ChangeRole changeRole(Transactions transactions, Users users, SecurityEvents events, InstantSource clock) {
    return new ChangeRoleService(transactions, users, events, clock);
  }

  @Context
  ShowAccount showAccount(Transactions transactions, Users users) {
    return new ShowAccountService(transactions, users);
  }

  @Context
  ListSessions listSessions(Transactions transactions, Sessions sessions, InstantSource clock) {
    return new ListSessionsService(transactions, sessions, clock);
  }

  @Context
  DeleteEndedSessions deleteEndedSessions(
      Transactions transactions,
      EndedSessions sessions,
      LatchkeySettings.Sessions settings,
      TrustedTime time) {
    try {
      return new DeleteEndedSessionsService(transactions, sessions, settings.retention(), time);
    } catch (IllegalArgumentException e) {
      throw new StartupException("Change latchkey.session.retention: " + e.getMessage() + ".", e);
    }
  }

  @Context
  PublishVerificationKeys publishVerificationKeys(VerificationKeys verificationKeys, SigningKeyPolicy policy) {
    return new PublishVerificationKeysService(verificationKeys, policy);
  }

  @Context
  RotateSigningKeys rotateSigningKeys(
      SigningKeys signingKeys,
      SigningKeyFactory factory,
      SigningKeyPolicy policy,
      SecurityEvents events,
      InstantSource clock,
      TrustedTime time) {
    return new RotateSigningKeysService(signingKeys, factory, policy, events, clock, time);
  }

  @Context
  ListSigningKeys listSigningKeys(SigningKeys signingKeys, InstantSource clock) {
    return new ListSigningKeysService(signingKeys, clock);
  }
}
