package dev.latchkey.bootstrap.command;

import dev.latchkey.application.port.Actor;
import dev.latchkey.application.port.in.account.DisableAccount;
import dev.latchkey.application.port.in.account.EnableAccount;
import dev.latchkey.application.port.in.account.EndSessions;
import dev.latchkey.application.port.in.account.InspectAccount;
import dev.latchkey.application.port.in.account.ReopenAccount;
import dev.latchkey.application.port.in.account.StartPasswordReset;
import dev.latchkey.bootstrap.command.Commands.Said;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.Username;
import io.micronaut.context.ApplicationContext;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The commands that concern one account; each says in a sentence what it has done. */
final class AccountCommands {

  private static final Actor OPERATOR = new Actor.Operator();

  private final ApplicationContext context;
  private final Username username;

  AccountCommands(ApplicationContext context, Username username) {
    this.context = context;
    this.username = username;
  }

  Said disable() {
    var command = new DisableAccount.Command(username, OPERATOR);
    return switch (context.getBean(DisableAccount.class).execute(command)) {
      case DisableAccount.Result.Disabled() ->
          Said.done(username + " is disabled. All sessions have ended, and stay ended.");
      case DisableAccount.Result.LastAdministrator() -> Said.refused(lastAdministrator(username));
      case DisableAccount.Result.UnknownUser() -> unknown();
    };
  }

  static String lastAdministrator(Username username) {
    return username + " is the last active administrator. Grant somebody else the role first.";
  }

  Said enable() {
    var command = new EnableAccount.Command(username, OPERATOR);
    return switch (context.getBean(EnableAccount.class).execute(command)) {
      case EnableAccount.Result.Enabled() -> Said.done(username + " can log in.");
      case EnableAccount.Result.UnknownUser() -> unknown();
    };
  }

  Said reopen() {
    var command = new ReopenAccount.Command(username, OPERATOR);
    return switch (context.getBean(ReopenAccount.class).execute(command)) {
      case ReopenAccount.Result.Reopened() ->
          Said.done(username + " can log in from unknown devices again.");
      case ReopenAccount.Result.UnknownUser() -> unknown();
    };
  }

  Said endSessions() {
    var command = new EndSessions.Command(username, OPERATOR);
    return switch (context.getBean(EndSessions.class).execute(command)) {
      case EndSessions.Result.Ended(int count) ->
          Said.done("Sessions of %s that have ended: %d.".formatted(username, count));
      case EndSessions.Result.UnknownUser() -> unknown();
    };
  }

  Said startPasswordReset() {
    var command = new StartPasswordReset.Command(username, OPERATOR);
    return switch (context.getBean(StartPasswordReset.class).execute(command)) {
      case StartPasswordReset.Result.Started(UserId _) ->
          Said.done("A code is mailed to " + username + " by the running service.");
      case StartPasswordReset.Result.Disabled() ->
          Said.refused(username + " is disabled. Enable the account first.");
      case StartPasswordReset.Result.MailOff() ->
          Said.refused("Mail is off. Set latchkey.mail.smtp.host and latchkey.mail.from.");
      case StartPasswordReset.Result.UnknownUser() -> unknown();
    };
  }

  Said show() {
    return switch (context
        .getBean(InspectAccount.class)
        .execute(new InspectAccount.Command(username))) {
      case InspectAccount.Result.Found(
              User user,
              List<Session> sessions,
              int failures,
              boolean closed) ->
          Said.done(describe(user, sessions, failures, closed));
      case InspectAccount.Result.UnknownUser() -> unknown();
    };
  }

  private static String describe(User user, List<Session> sessions, int failures, boolean closed) {
    return """
    id               %s
    user name        %s
    e-mail address   %s (%s)
    roles            %s
    status           %s
    registered       %s
    wrong passwords  %d in a row from unknown devices%s
    sessions         %d%s\
    """
        .formatted(
            user.id(),
            user.username(),
            user.email(),
            user.isEmailVerified() ? "verified " + user.emailVerifiedAt() : "not verified",
            user.roles().stream().map(Role::text).sorted().collect(Collectors.joining(" ")),
            user.isActive() ? "active" : "disabled",
            user.createdAt(),
            failures,
            closed ? "; closed to them" : "",
            sessions.size(),
            sessions.stream().map(AccountCommands::describe).collect(Collectors.joining()));
  }

  private static String describe(Session session) {
    Device device = session.device();
    return "\n  %s  since %s  until %s  %s  %s"
        .formatted(
            session.id(),
            session.startedAt(),
            session.expiresAt(),
            orUnknown(device.address()),
            orUnknown(device.userAgent()));
  }

  private static String orUnknown(@Nullable String text) {
    return Objects.requireNonNullElse(text, "unknown");
  }

  private Said unknown() {
    return Said.refused("There is no user " + username + ".");
  }
}
