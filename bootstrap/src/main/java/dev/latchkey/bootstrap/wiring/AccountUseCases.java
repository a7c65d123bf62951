package dev.latchkey.bootstrap.wiring;

import dev.latchkey.application.port.in.account.ChangeEmail;
import dev.latchkey.application.port.in.account.ChangeNames;
import dev.latchkey.application.port.in.account.ChangePassword;
import dev.latchkey.application.port.in.account.DeleteAccount;
import dev.latchkey.application.port.in.account.DisableAccount;
import dev.latchkey.application.port.in.account.EnableAccount;
import dev.latchkey.application.port.in.account.EndSessions;
import dev.latchkey.application.port.in.account.ForgetExpired;
import dev.latchkey.application.port.in.account.InspectAccount;
import dev.latchkey.application.port.in.account.ReopenAccount;
import dev.latchkey.application.port.in.account.RequestCode;
import dev.latchkey.application.port.in.account.ResetPassword;
import dev.latchkey.application.port.in.account.StartPasswordReset;
import dev.latchkey.application.port.in.account.VerifyEmail;
import dev.latchkey.application.port.in.mail.DeliverMail;
import dev.latchkey.application.port.in.mail.MeasureMailBacklog;
import dev.latchkey.application.port.in.session.ReportAccessRefused;
import dev.latchkey.application.port.out.Identifiers;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.TrustedTime;
import dev.latchkey.application.port.out.account.PasswordHasher;
import dev.latchkey.application.port.out.account.Registrations;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.attempt.AttemptCounts;
import dev.latchkey.application.port.out.attempt.Digests;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.port.out.mail.MailedCodes;
import dev.latchkey.application.port.out.mail.Mailer;
import dev.latchkey.application.port.out.mail.Outbox;
import dev.latchkey.application.port.out.session.EndedSessions;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.application.service.account.Administrators;
import dev.latchkey.application.service.account.ChangeEmailService;
import dev.latchkey.application.service.account.ChangeNamesService;
import dev.latchkey.application.service.account.ChangePasswordService;
import dev.latchkey.application.service.account.CodeMails;
import dev.latchkey.application.service.account.DeleteAccountService;
import dev.latchkey.application.service.account.DisableAccountService;
import dev.latchkey.application.service.account.EnableAccountService;
import dev.latchkey.application.service.account.EndSessionsService;
import dev.latchkey.application.service.account.ForgetExpiredService;
import dev.latchkey.application.service.account.InspectAccountService;
import dev.latchkey.application.service.account.PasswordRules;
import dev.latchkey.application.service.account.PresentedCodes;
import dev.latchkey.application.service.account.ReopenAccountService;
import dev.latchkey.application.service.account.RequestCodeService;
import dev.latchkey.application.service.account.ResetPasswordService;
import dev.latchkey.application.service.account.StartPasswordResetService;
import dev.latchkey.application.service.account.VerifyEmailService;
import dev.latchkey.application.service.attempt.AttemptCounter;
import dev.latchkey.application.service.attempt.PasswordGate;
import dev.latchkey.application.service.mail.DeliverMailService;
import dev.latchkey.application.service.mail.MailPolicy;
import dev.latchkey.application.service.mail.MailWriter;
import dev.latchkey.application.service.mail.MeasureMailBacklogService;
import dev.latchkey.application.service.session.ReportAccessRefusedService;
import dev.latchkey.application.service.session.SessionEnder;
import dev.latchkey.bootstrap.observation.UseCase;
import dev.latchkey.bootstrap.settings.LatchkeySettings;
import dev.latchkey.domain.attempt.AttemptPolicy;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

/** Constructs what an account needs after its registration: the use cases, and mail. */
@Factory
final class AccountUseCases {

  @Singleton
  MailPolicy mailPolicy(Optional<Mailer> mailer, LatchkeySettings settings) {
    return new MailPolicy(mailer.isPresent(), settings.mail().notices());
  }

  @Singleton
  MailWriter mailWriter(Outbox outbox, Identifiers identifiers, MailPolicy policy) {
    return new MailWriter(outbox, identifiers, policy);
  }

  @Singleton
  CodeMails codeMails(
      AttemptCounter attempts, Digests digests, AttemptPolicy policy, MailWriter mail) {
    return new CodeMails(attempts, digests, policy, mail);
  }

  @Singleton
  PresentedCodes presentedCodes(
      Transactions transactions,
      MailedCodes codes,
      AttemptCounter attempts,
      AttemptPolicy policy,
      SecurityEvents events) {
    return new PresentedCodes(transactions, codes, attempts, policy.network(), events);
  }

  @Singleton
  SessionEnder sessionEnder(Sessions sessions) {
    return new SessionEnder(sessions);
  }

  @Singleton
  Administrators administrators(Users users) {
    return new Administrators(users);
  }

  @UseCase
  @Requires(beans = Mailer.class)
  DeliverMail deliverMail(
      Transactions transactions,
      Outbox outbox,
      Mailer mailer,
      Users users,
      Registrations registrations,
      MailedCodes codes,
      Identifiers identifiers,
      SecurityEvents events,
      InstantSource clock) {
    return new DeliverMailService(
        transactions, outbox, mailer, users, registrations, codes, identifiers, events, clock);
  }

  @UseCase
  MeasureMailBacklog measureMailBacklog(Outbox outbox, InstantSource clock) {
    return new MeasureMailBacklogService(outbox, clock);
  }

  @UseCase
  ChangeNames changeNames(Transactions transactions, Users users) {
    return new ChangeNamesService(transactions, users);
  }

  @UseCase
  ChangePassword changePassword(
      Transactions transactions,
      Users users,
      PasswordRules rules,
      PasswordGate gate,
      PasswordHasher hasher,
      SessionEnder ender,
      MailedCodes codes,
      MailWriter mail,
      SecurityEvents events,
      InstantSource clock) {
    return new ChangePasswordService(
        transactions, users, rules, gate, hasher, ender, codes, mail, events, clock);
  }

  @UseCase
  ChangeEmail changeEmail(
      Transactions transactions,
      PasswordGate gate,
      CodeMails codeMails,
      SecurityEvents events,
      InstantSource clock) {
    return new ChangeEmailService(transactions, gate, codeMails, events, clock);
  }

  @UseCase
  VerifyEmail verifyEmail(
      Transactions transactions,
      PresentedCodes presentedCodes,
      Users users,
      Registrations registrations,
      MailedCodes codes,
      MailWriter mail,
      SecurityEvents events,
      InstantSource clock) {
    return new VerifyEmailService(
        transactions, presentedCodes, users, registrations, codes, mail, events, clock);
  }

  @UseCase
  RequestCode requestCode(Transactions transactions, CodeMails codeMails, InstantSource clock) {
    return new RequestCodeService(transactions, codeMails, clock);
  }

  @UseCase
  ResetPassword resetPassword(
      Transactions transactions,
      PresentedCodes presentedCodes,
      Users users,
      PasswordRules rules,
      PasswordHasher hasher,
      PasswordGate gate,
      SessionEnder ender,
      MailedCodes codes,
      MailWriter mail,
      SecurityEvents events,
      InstantSource clock) {
    return new ResetPasswordService(
        transactions,
        presentedCodes,
        users,
        rules,
        hasher,
        gate,
        ender,
        codes,
        mail,
        events,
        clock);
  }

  @UseCase
  DeleteAccount deleteAccount(
      Transactions transactions,
      PasswordGate gate,
      Users users,
      EndedSessions endedSessions,
      Administrators administrators,
      MailedCodes codes,
      Outbox outbox,
      MailWriter mail,
      SecurityEvents events,
      InstantSource clock) {
    return new DeleteAccountService(
        transactions,
        gate,
        users,
        endedSessions,
        administrators,
        codes,
        outbox,
        mail,
        events,
        clock);
  }

  @UseCase
  DisableAccount disableAccount(
      Transactions transactions,
      Users users,
      Administrators administrators,
      SessionEnder ender,
      SecurityEvents events,
      InstantSource clock) {
    return new DisableAccountService(transactions, users, administrators, ender, events, clock);
  }

  @UseCase
  EnableAccount enableAccount(
      Transactions transactions, Users users, SecurityEvents events, InstantSource clock) {
    return new EnableAccountService(transactions, users, events, clock);
  }

  @UseCase
  ReopenAccount reopenAccount(
      Transactions transactions,
      Users users,
      PasswordGate gate,
      SecurityEvents events,
      InstantSource clock) {
    return new ReopenAccountService(transactions, users, gate, events, clock);
  }

  @UseCase
  EndSessions endSessions(
      Transactions transactions,
      Users users,
      SessionEnder ender,
      SecurityEvents events,
      InstantSource clock) {
    return new EndSessionsService(transactions, users, ender, events, clock);
  }

  @UseCase
  StartPasswordReset startPasswordReset(
      Transactions transactions,
      Users users,
      MailWriter mail,
      SecurityEvents events,
      InstantSource clock) {
    return new StartPasswordResetService(transactions, users, mail, events, clock);
  }

  @UseCase
  InspectAccount inspectAccount(
      Transactions transactions,
      Users users,
      Sessions sessions,
      PasswordGate gate,
      InstantSource clock) {
    return new InspectAccountService(transactions, users, sessions, gate, clock);
  }

  @UseCase
  ForgetExpired forgetExpired(
      Transactions transactions,
      AttemptCounts attempts,
      MailedCodes codes,
      Registrations registrations,
      Users users,
      AttemptPolicy policy,
      TrustedTime time) {
    return new ForgetExpiredService(
        transactions, attempts, codes, registrations, users, policy, time);
  }

  @UseCase
  ReportAccessRefused reportAccessRefused(SecurityEvents events, InstantSource clock) {
    return new ReportAccessRefusedService(events, clock);
  }
}
