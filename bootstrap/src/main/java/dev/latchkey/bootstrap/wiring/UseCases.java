package dev.latchkey.bootstrap.wiring;

import dev.latchkey.application.port.in.account.ChangeRole;
import dev.latchkey.application.port.in.account.Register;
import dev.latchkey.application.port.in.account.ShowAccount;
import dev.latchkey.application.port.in.client.AuthenticateClient;
import dev.latchkey.application.port.in.key.ListSigningKeys;
import dev.latchkey.application.port.in.key.MaintainSigningKeys;
import dev.latchkey.application.port.in.key.PrepareSigningKeys;
import dev.latchkey.application.port.in.key.PublishVerificationKeys;
import dev.latchkey.application.port.in.key.RotateSigningKey;
import dev.latchkey.application.port.in.session.AuthenticateBearer;
import dev.latchkey.application.port.in.session.DeleteEndedSessions;
import dev.latchkey.application.port.in.session.ExchangeRefreshToken;
import dev.latchkey.application.port.in.session.ExchangeRefreshTokenForScope;
import dev.latchkey.application.port.in.session.IntrospectToken;
import dev.latchkey.application.port.in.session.IssueNonce;
import dev.latchkey.application.port.in.session.ListSessions;
import dev.latchkey.application.port.in.session.Login;
import dev.latchkey.application.port.in.session.MeasureEndedSessions;
import dev.latchkey.application.port.in.session.PublishEndedSessions;
import dev.latchkey.application.port.in.session.RenewEndedSessions;
import dev.latchkey.application.port.in.session.RevokeOtherSessions;
import dev.latchkey.application.port.in.session.RevokeSession;
import dev.latchkey.application.port.in.session.RevokeToken;
import dev.latchkey.application.port.in.session.VerifyProof;
import dev.latchkey.application.port.out.Identifiers;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.TrustedTime;
import dev.latchkey.application.port.out.account.BreachedPasswords;
import dev.latchkey.application.port.out.account.CommonPasswords;
import dev.latchkey.application.port.out.account.PasswordHasher;
import dev.latchkey.application.port.out.account.Registrations;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.attempt.AttemptCounts;
import dev.latchkey.application.port.out.attempt.Digests;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.port.out.key.SigningKeySeal;
import dev.latchkey.application.port.out.key.SigningKeys;
import dev.latchkey.application.port.out.session.AccessTokens;
import dev.latchkey.application.port.out.session.EndedSessions;
import dev.latchkey.application.port.out.session.EndedSessionsDocuments;
import dev.latchkey.application.port.out.session.KeyProofs;
import dev.latchkey.application.port.out.session.Nonces;
import dev.latchkey.application.port.out.session.RefreshTokens;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.application.service.account.Administrators;
import dev.latchkey.application.service.account.ChangeRoleService;
import dev.latchkey.application.service.account.CodeMails;
import dev.latchkey.application.service.account.PasswordRules;
import dev.latchkey.application.service.account.RegisterService;
import dev.latchkey.application.service.account.ShowAccountService;
import dev.latchkey.application.service.attempt.AttemptCounter;
import dev.latchkey.application.service.attempt.PasswordGate;
import dev.latchkey.application.service.client.AuthenticateClientService;
import dev.latchkey.application.service.key.ListSigningKeysService;
import dev.latchkey.application.service.key.MaintainSigningKeysService;
import dev.latchkey.application.service.key.PrepareSigningKeysService;
import dev.latchkey.application.service.key.PublishVerificationKeysService;
import dev.latchkey.application.service.key.RotateSigningKeyService;
import dev.latchkey.application.service.key.SigningKeyRing;
import dev.latchkey.application.service.mail.MailPolicy;
import dev.latchkey.application.service.mail.MailWriter;
import dev.latchkey.application.service.session.AuthenticateBearerService;
import dev.latchkey.application.service.session.DeleteEndedSessionsService;
import dev.latchkey.application.service.session.EndedSessionsFeed;
import dev.latchkey.application.service.session.ExchangeRefreshTokenForScopeService;
import dev.latchkey.application.service.session.ExchangeRefreshTokenService;
import dev.latchkey.application.service.session.IntrospectTokenService;
import dev.latchkey.application.service.session.IssueNonceService;
import dev.latchkey.application.service.session.ListSessionsService;
import dev.latchkey.application.service.session.LoginService;
import dev.latchkey.application.service.session.MeasureEndedSessionsService;
import dev.latchkey.application.service.session.PresentedTokens;
import dev.latchkey.application.service.session.PublishEndedSessionsService;
import dev.latchkey.application.service.session.RenewEndedSessionsService;
import dev.latchkey.application.service.session.RevokeOtherSessionsService;
import dev.latchkey.application.service.session.RevokeSessionService;
import dev.latchkey.application.service.session.RevokeTokenService;
import dev.latchkey.application.service.session.SessionRevoker;
import dev.latchkey.application.service.session.SessionStarter;
import dev.latchkey.application.service.session.SessionTokens;
import dev.latchkey.application.service.session.VerifyProofService;
import dev.latchkey.bootstrap.observation.UseCase;
import dev.latchkey.bootstrap.settings.LatchkeySettings;
import dev.latchkey.domain.attempt.AttemptPolicy;
import dev.latchkey.domain.key.SigningKeyPolicy;
import dev.latchkey.domain.session.SessionLimit;
import dev.latchkey.domain.session.SessionPolicy;
import dev.latchkey.domain.token.Leeway;
import dev.latchkey.domain.user.ContextWords;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/**
 * Constructs the use cases, at start, so that a wrong setting is found before the first request.
 */
@Factory
final class UseCases {

  @Singleton
  SessionTokens sessionTokens(
      RefreshTokens refreshTokens,
      AccessTokens accessTokens,
      SigningKeyRing keyRing,
      LatchkeySettings settings) {
    return new SessionTokens(
        refreshTokens,
        accessTokens,
        keyRing,
        settings.tokens().clients(),
        settings.tokens().lifetime());
  }

  @Singleton
  PresentedTokens presentedTokens(
      Sessions sessions, RefreshTokens refreshTokens, SessionTokens sessionTokens) {
    return new PresentedTokens(sessions, refreshTokens, sessionTokens);
  }

  @Singleton
  SessionStarter sessionStarter(
      Users users,
      Sessions sessions,
      Identifiers identifiers,
      RefreshTokens refreshTokens,
      SessionPolicy policy,
      SessionLimit limit) {
    return new SessionStarter(users, sessions, identifiers, refreshTokens, policy, limit);
  }

  @Singleton
  AttemptCounter attemptCounter(AttemptCounts counts) {
    return new AttemptCounter(counts);
  }

  @Singleton
  PasswordGate passwordGate(
      Users users,
      Sessions sessions,
      PasswordHasher hasher,
      AttemptCounts counts,
      Digests digests,
      AttemptPolicy policy,
      InstantSource clock) {
    return new PasswordGate(users, sessions, hasher, counts, digests, policy, clock);
  }

  @Singleton
  SessionRevoker sessionRevoker(Sessions sessions, SecurityEvents events) {
    return new SessionRevoker(sessions, events);
  }

  @Singleton
  PasswordRules passwordRules(
      CommonPasswords commonPasswords,
      BreachedPasswords breachedPasswords,
      ContextWords installation) {
    return new PasswordRules(commonPasswords, breachedPasswords, installation);
  }

  @UseCase
  Register register(
      Transactions transactions,
      Users users,
      Identifiers identifiers,
      PasswordRules passwordRules,
      PasswordHasher hasher,
      SessionStarter sessionStarter,
      SessionTokens sessionTokens,
      AttemptCounter attempts,
      AttemptPolicy limits,
      Registrations registrations,
      CodeMails codeMails,
      LatchkeySettings settings,
      MailPolicy mailPolicy,
      SecurityEvents events,
      InstantSource clock) {
    return new RegisterService(
        transactions,
        users,
        identifiers,
        passwordRules,
        hasher,
        sessionStarter,
        sessionTokens,
        attempts,
        limits.registration(),
        registrations,
        codeMails,
        settings.accounts().verificationRequired(),
        events,
        clock);
  }

  @UseCase
  ShowAccount showAccount(Users users) {
    return new ShowAccountService(users);
  }

  @UseCase
  ChangeRole changeRole(
      Transactions transactions,
      Users users,
      Administrators administrators,
      SecurityEvents events,
      InstantSource clock) {
    return new ChangeRoleService(transactions, users, administrators, events, clock);
  }

  @UseCase
  Login login(
      Transactions transactions,
      PasswordGate gate,
      Sessions sessions,
      PresentedTokens presentedTokens,
      SessionStarter sessionStarter,
      SessionTokens sessionTokens,
      MailWriter mail,
      SecurityEvents events,
      InstantSource clock) {
    return new LoginService(
        transactions,
        gate,
        sessions,
        presentedTokens,
        sessionStarter,
        sessionTokens,
        mail,
        events,
        clock);
  }

  /** Of its class alone, as the exchange for a scope is built on it. */
  @Singleton
  @Bean(typed = ExchangeRefreshTokenService.class)
  ExchangeRefreshTokenService exchangeRefreshTokenService(
      Transactions transactions,
      Sessions sessions,
      RefreshTokens refreshTokens,
      SessionTokens sessionTokens,
      SessionPolicy policy,
      LatchkeySettings settings,
      MailWriter mail,
      SecurityEvents events,
      InstantSource clock) {
    return new ExchangeRefreshTokenService(
        transactions,
        sessions,
        refreshTokens,
        sessionTokens,
        policy,
        settings.sessions().onlyAfterExpiry(),
        mail,
        events,
        clock);
  }

  @UseCase
  ExchangeRefreshToken exchangeRefreshToken(ExchangeRefreshTokenService exchange) {
    return exchange;
  }

  @UseCase
  ExchangeRefreshTokenForScope exchangeRefreshTokenForScope(ExchangeRefreshTokenService exchange) {
    return new ExchangeRefreshTokenForScopeService(exchange);
  }

  @UseCase
  RevokeToken revokeToken(
      Transactions transactions,
      PresentedTokens presentedTokens,
      SessionRevoker revoker,
      Leeway leeway,
      SecurityEvents events,
      InstantSource clock) {
    return new RevokeTokenService(transactions, presentedTokens, revoker, leeway, events, clock);
  }

  @UseCase
  RevokeSession revokeSession(
      Transactions transactions, Sessions sessions, SessionRevoker revoker, InstantSource clock) {
    return new RevokeSessionService(transactions, sessions, revoker, clock);
  }

  @UseCase
  RevokeOtherSessions revokeOtherSessions(
      Transactions transactions, Sessions sessions, SessionRevoker revoker, InstantSource clock) {
    return new RevokeOtherSessionsService(transactions, sessions, revoker, clock);
  }

  @UseCase
  ListSessions listSessions(Sessions sessions, InstantSource clock) {
    return new ListSessionsService(sessions, clock);
  }

  @UseCase
  DeleteEndedSessions deleteEndedSessions(
      Transactions transactions,
      EndedSessions sessions,
      LatchkeySettings settings,
      EndedSessionsFeed feed,
      TrustedTime time) {
    return new DeleteEndedSessionsService(
        transactions, sessions, settings.sessions().retention(), feed, time);
  }

  @Singleton
  EndedSessionsFeed endedSessionsFeed(
      EndedSessions sessions,
      EndedSessionsDocuments documents,
      SigningKeyRing keyRing,
      LatchkeySettings settings,
      InstantSource clock) {
    return new EndedSessionsFeed(
        sessions,
        documents,
        keyRing,
        settings.tokens().lifetime().plus(settings.tokens().leeway().duration()),
        EndedSessionsFeed.MOST,
        clock);
  }

  @UseCase
  PublishEndedSessions publishEndedSessions(EndedSessionsFeed feed) {
    return new PublishEndedSessionsService(feed);
  }

  @UseCase
  RenewEndedSessions renewEndedSessions(EndedSessionsFeed feed) {
    return new RenewEndedSessionsService(feed);
  }

  @UseCase
  MeasureEndedSessions measureEndedSessions(EndedSessionsFeed feed) {
    return new MeasureEndedSessionsService(feed);
  }

  @UseCase
  AuthenticateBearer authenticateBearer(
      Sessions sessions, SessionTokens sessionTokens, Leeway leeway, InstantSource clock) {
    return new AuthenticateBearerService(sessions, sessionTokens, leeway, clock);
  }

  @UseCase
  IssueNonce issueNonce(Nonces nonces, InstantSource clock) {
    return new IssueNonceService(nonces, clock);
  }

  @UseCase
  VerifyProof verifyProof(KeyProofs proofs, Nonces nonces, InstantSource clock) {
    return new VerifyProofService(proofs, nonces, clock);
  }

  @UseCase
  IntrospectToken introspectToken(
      PresentedTokens presentedTokens, Leeway leeway, InstantSource clock) {
    return new IntrospectTokenService(presentedTokens, leeway, clock);
  }

  @UseCase
  AuthenticateClient authenticateClient(
      LatchkeySettings settings, SecurityEvents events, InstantSource clock) {
    return new AuthenticateClientService(settings.tokens().clients(), events, clock);
  }

  @Singleton
  SigningKeyRing signingKeyRing(
      SigningKeys signingKeys, SigningKeySeal seal, SecurityEvents events, InstantSource clock) {
    return new SigningKeyRing(signingKeys, seal, events, clock);
  }

  @UseCase
  PrepareSigningKeys prepareSigningKeys(
      SigningKeyRing keyRing,
      SigningKeys signingKeys,
      SigningKeySeal seal,
      MaintainSigningKeys maintain,
      InstantSource clock) {
    return new PrepareSigningKeysService(keyRing, signingKeys, seal, maintain, clock);
  }

  @UseCase
  MaintainSigningKeys maintainSigningKeys(
      SigningKeyRing keyRing,
      SigningKeys signingKeys,
      SigningKeySeal seal,
      SigningKeyPolicy policy,
      SecurityEvents events,
      InstantSource clock,
      TrustedTime time) {
    return new MaintainSigningKeysService(keyRing, signingKeys, seal, policy, events, clock, time);
  }

  @UseCase
  RotateSigningKey rotateSigningKey(
      SigningKeyRing keyRing,
      SigningKeys signingKeys,
      SigningKeySeal seal,
      SigningKeyPolicy policy,
      SecurityEvents events,
      InstantSource clock) {
    return new RotateSigningKeyService(keyRing, signingKeys, seal, policy, events, clock);
  }

  @UseCase
  ListSigningKeys listSigningKeys(SigningKeys signingKeys, InstantSource clock) {
    return new ListSigningKeysService(signingKeys, clock);
  }

  @UseCase
  PublishVerificationKeys publishVerificationKeys(SigningKeyRing keyRing, SigningKeyPolicy policy) {
    return new PublishVerificationKeysService(keyRing, policy);
  }
}
