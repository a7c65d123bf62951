package dev.latchkey.bootstrap.wiring;

import dev.latchkey.application.port.in.account.ChangeRole;
import dev.latchkey.application.port.in.account.Register;
import dev.latchkey.application.port.in.account.ShowAccount;
import dev.latchkey.application.port.in.client.AuthenticateClient;
import dev.latchkey.application.port.in.key.ListSigningKeys;
import dev.latchkey.application.port.in.key.PublishVerificationKeys;
import dev.latchkey.application.port.in.key.RotateSigningKeys;
import dev.latchkey.application.port.in.session.AuthenticateBearer;
import dev.latchkey.application.port.in.session.DeleteEndedSessions;
import dev.latchkey.application.port.in.session.ExchangeRefreshToken;
import dev.latchkey.application.port.in.session.IntrospectToken;
import dev.latchkey.application.port.in.session.ListSessions;
import dev.latchkey.application.port.in.session.Login;
import dev.latchkey.application.port.in.session.Revoke;
import dev.latchkey.application.port.out.Identifiers;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.TrustedTime;
import dev.latchkey.application.port.out.account.CommonPasswords;
import dev.latchkey.application.port.out.account.PasswordHasher;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.port.out.key.SigningKeyFactory;
import dev.latchkey.application.port.out.key.SigningKeys;
import dev.latchkey.application.port.out.key.VerificationKeys;
import dev.latchkey.application.port.out.session.AccessTokens;
import dev.latchkey.application.port.out.session.EndedSessions;
import dev.latchkey.application.port.out.session.RefreshTokens;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.application.service.account.ChangeRoleService;
import dev.latchkey.application.service.account.RegisterService;
import dev.latchkey.application.service.account.ShowAccountService;
import dev.latchkey.application.service.client.AuthenticateClientService;
import dev.latchkey.application.service.key.ListSigningKeysService;
import dev.latchkey.application.service.key.PublishVerificationKeysService;
import dev.latchkey.application.service.key.RotateSigningKeysService;
import dev.latchkey.application.service.session.AuthenticateBearerService;
import dev.latchkey.application.service.session.DeleteEndedSessionsService;
import dev.latchkey.application.service.session.ExchangeRefreshTokenService;
import dev.latchkey.application.service.session.IntrospectTokenService;
import dev.latchkey.application.service.session.ListSessionsService;
import dev.latchkey.application.service.session.LoginService;
import dev.latchkey.application.service.session.PresentedTokens;
import dev.latchkey.application.service.session.RevokeService;
import dev.latchkey.application.service.session.SessionStarter;
import dev.latchkey.application.service.session.SessionTokens;
import dev.latchkey.bootstrap.settings.ConfiguredClients;
import dev.latchkey.bootstrap.settings.LatchkeySettings;
import dev.latchkey.bootstrap.settings.StartupException;
import dev.latchkey.domain.key.SigningAlgorithm;
import dev.latchkey.domain.key.SigningKeyPolicy;
import dev.latchkey.domain.session.SessionLimit;
import dev.latchkey.domain.session.SessionPolicy;
import dev.latchkey.domain.token.Leeway;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/**
 * Constructs the use cases, at start, so that a wrong setting is found before the first request.
 */
@Factory
public final class UseCases {

  @Singleton
  SessionPolicy sessionPolicy(
      LatchkeySettings.Sessions sessions, LatchkeySettings.Refresh refresh) {
    try {
      return new SessionPolicy(
          sessions.idle(), sessions.absolute(), refresh.retryWindow(), refresh.keyedRetryWindow());
    } catch (IllegalArgumentException e) {
      throw new StartupException(
          "Change latchkey.session.* or latchkey.refresh.*: " + e.getMessage() + ".", e);
    }
  }

  @Singleton
  public SigningKeyPolicy signingKeyPolicy(
      LatchkeySettings.SigningKeys signingKeys, LatchkeySettings.AccessTokens accessTokens) {
    SigningAlgorithm algorithm =
        SigningAlgorithm.ofJwsName(signingKeys.algorithm())
            .orElseThrow(
                () ->
                    new StartupException(
                        "Change latchkey.signing-keys.algorithm: it must be ES256, RS256 or"
                            + " EdDSA."));
    try {
      return new SigningKeyPolicy(
          algorithm,
          signingKeys.rotationInterval(),
          signingKeys.jwksMaxAge(),
          accessTokens.lifetime());
    } catch (IllegalArgumentException e) {
      throw new StartupException(
          "Change latchkey.signing-keys.* or latchkey.access-token.lifetime: "
              + e.getMessage()
              + ".",
          e);
    }
  }

  @Singleton
  SessionTokens sessionTokens(
      RefreshTokens refreshTokens,
      AccessTokens accessTokens,
      LatchkeySettings.AccessTokens settings) {
    try {
      return new SessionTokens(refreshTokens, accessTokens, settings.lifetime());
    } catch (IllegalArgumentException e) {
      throw new StartupException(
          "Change latchkey.access-token.lifetime: " + e.getMessage() + ".", e);
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
      Sessions sessions,
      RefreshTokens refreshTokens,
      AccessTokens accessTokens,
      SessionTokens sessionTokens) {
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
          users,
          sessions,
          identifiers,
          refreshTokens,
          policy,
          new SessionLimit(settings.maxPerUser()));
    } catch (IllegalArgumentException e) {
      throw new StartupException(
          "Change latchkey.session.max-per-user: " + e.getMessage() + ".", e);
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
        transactions,
        users,
        identifiers,
        commonPasswords,
        hasher,
        sessionStarter,
        sessionTokens,
        events,
        clock);
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
    return new LoginService(
        transactions, users, hasher, sessionStarter, sessionTokens, events, clock);
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
    return new AuthenticateBearerService(
        transactions, sessions, users, accessTokens, leeway, clock);
  }

  @Context
  AuthenticateClient authenticateClient(
      LatchkeySettings settings, SecurityEvents events, InstantSource clock) {
    try {
      return new AuthenticateClientService(
          ConfiguredClients.parse(settings.clients()), events, clock);
    } catch (IllegalArgumentException e) {
      throw new StartupException("Change latchkey.clients: " + e.getMessage() + ".", e);
    }
  }

  @Context
  IntrospectToken introspectToken(
      Transactions transactions,
      Users users,
      PresentedTokens presentedTokens,
      Leeway leeway,
      InstantSource clock) {
    return new IntrospectTokenService(transactions, users, presentedTokens, leeway, clock);
  }

  @Context
  ChangeRole changeRole(
      Transactions transactions, Users users, SecurityEvents events, InstantSource clock) {
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
  PublishVerificationKeys publishVerificationKeys(
      VerificationKeys verificationKeys, SigningKeyPolicy policy) {
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
