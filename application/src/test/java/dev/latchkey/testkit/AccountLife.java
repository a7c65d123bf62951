package dev.latchkey.testkit;

import dev.latchkey.application.port.in.account.ChangeEmail;
import dev.latchkey.application.port.in.account.ChangeNames;
import dev.latchkey.application.port.in.account.ChangePassword;
import dev.latchkey.application.port.in.account.DeleteAccount;
import dev.latchkey.application.port.in.account.DisableAccount;
import dev.latchkey.application.port.in.account.EnableAccount;
import dev.latchkey.application.port.in.account.EndSessions;
import dev.latchkey.application.port.in.account.InspectAccount;
import dev.latchkey.application.port.in.account.ReopenAccount;
import dev.latchkey.application.port.in.account.RequestCode;
import dev.latchkey.application.port.in.account.ResetPassword;
import dev.latchkey.application.port.in.account.StartPasswordReset;
import dev.latchkey.application.port.in.account.VerifyEmail;
import dev.latchkey.application.port.in.mail.DeliverMail;
import dev.latchkey.application.port.out.Identifiers;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.PasswordHasher;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.attempt.Digests;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.port.out.mail.Mail;
import dev.latchkey.application.port.out.mail.MailField;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.service.account.Administrators;
import dev.latchkey.application.service.account.ChangeEmailService;
import dev.latchkey.application.service.account.ChangeNamesService;
import dev.latchkey.application.service.account.ChangePasswordService;
import dev.latchkey.application.service.account.CodeMails;
import dev.latchkey.application.service.account.DeleteAccountService;
import dev.latchkey.application.service.account.DisableAccountService;
import dev.latchkey.application.service.account.EnableAccountService;
import dev.latchkey.application.service.account.EndSessionsService;
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
import dev.latchkey.application.service.session.SessionEnder;
import dev.latchkey.domain.attempt.AttemptPolicy;
import dev.latchkey.domain.code.Code;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The use cases of an account's life, and the mails that they have had sent. */
public record AccountLife(
    RecordedMails mails,
    MailWriter mailWriter,
    CodeMails codeMails,
    DeliverMail deliverMail,
    ChangeNames changeNames,
    ChangePassword changePassword,
    ChangeEmail changeEmail,
    VerifyEmail verifyEmail,
    RequestCode requestCode,
    ResetPassword resetPassword,
    DeleteAccount deleteAccount,
    DisableAccount disableAccount,
    EnableAccount enableAccount,
    ReopenAccount reopenAccount,
    EndSessions endSessions,
    StartPasswordReset startPasswordReset,
    InspectAccount inspectAccount) {

  /** All of them, for a container of beans. */
  public List<Object> useCases() {
    return List.of(
        mails,
        deliverMail,
        changeNames,
        changePassword,
        changeEmail,
        verifyEmail,
        requestCode,
        resetPassword,
        deleteAccount,
        disableAccount,
        enableAccount,
        reopenAccount,
        endSessions,
        startPasswordReset,
        inspectAccount);
  }

  /** Wires them; mail is on, and sends all notices. */
  public static AccountLife of(
      Stores stores,
      PasswordGate gate,
      PasswordRules rules,
      PasswordHasher hasher,
      Digests digests,
      AttemptPolicy policy,
      Identifiers identifiers,
      SecurityEvents events,
      InstantSource clock) {
    Transactions transactions = stores.transactions();
    Users users = stores.users();
    var mails = new RecordedMails();
    var mail =
        new MailWriter(
            stores.outbox(), identifiers, new MailPolicy(true, Set.of(MailKind.values())));
    var attempts = new AttemptCounter(stores.attemptCounts());
    var codeMails = new CodeMails(attempts, digests, policy, mail);
    var presentedCodes =
        new PresentedCodes(transactions, stores.mailedCodes(), attempts, policy.network(), events);
    var ender = new SessionEnder(stores.sessions());
    var administrators = new Administrators(users);
    return new AccountLife(
        mails,
        mail,
        codeMails,
        new DeliverMailService(
            transactions,
            stores.outbox(),
            mails,
            users,
            stores.registrations(),
            stores.mailedCodes(),
            identifiers,
            events,
            clock),
        new ChangeNamesService(transactions, users),
        new ChangePasswordService(
            transactions,
            users,
            rules,
            gate,
            hasher,
            ender,
            stores.mailedCodes(),
            mail,
            events,
            clock),
        new ChangeEmailService(transactions, gate, codeMails, events, clock),
        new VerifyEmailService(
            transactions,
            presentedCodes,
            users,
            stores.registrations(),
            stores.mailedCodes(),
            mail,
            events,
            clock),
        new RequestCodeService(transactions, codeMails, clock),
        new ResetPasswordService(
            transactions,
            presentedCodes,
            users,
            rules,
            hasher,
            gate,
            ender,
            stores.mailedCodes(),
            mail,
            events,
            clock),
        new DeleteAccountService(
            transactions,
            gate,
            users,
            stores.endedSessions(),
            administrators,
            stores.mailedCodes(),
            stores.outbox(),
            mail,
            events,
            clock),
        new DisableAccountService(transactions, users, administrators, ender, events, clock),
        new EnableAccountService(transactions, users, events, clock),
        new ReopenAccountService(transactions, users, gate, events, clock),
        new EndSessionsService(transactions, users, ender, events, clock),
        new StartPasswordResetService(transactions, users, mail, events, clock),
        new InspectAccountService(transactions, users, stores.sessions(), gate, clock));
  }

  /** Sends all mail that is due; the last of this kind, as it arrived. */
  public Mail delivered(MailKind kind) {
    deliverDue();
    return mails.all().stream()
        .filter(mail -> mail.kind() == kind)
        .reduce((_, later) -> later)
        .orElseThrow(() -> new AssertionError("no mail of kind " + kind));
  }

  /** The code in that mail. */
  public Code code(MailKind kind) {
    String text = Objects.requireNonNull(delivered(kind).values().get(MailField.CODE));
    return Code.parse(text).orElseThrow();
  }

  /** Sends all mail that is due; the kinds of all that arrived so far, in no particular order. */
  public List<MailKind> deliveredKinds() {
    deliverDue();
    return mails.all().stream().map(Mail::kind).toList();
  }

  /** As often as there is something due. */
  public void deliverDue() {
    while (!(deliverMail.execute() instanceof DeliverMail.Result.NothingDue)) {
      // Sent, dropped, postponed or given up: the next one.
    }
  }
}
