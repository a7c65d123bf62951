package dev.latchkey.bootstrap.settings;

import dev.latchkey.adapters.mail.message.MailTemplates;
import dev.latchkey.adapters.mail.message.Sender;
import dev.latchkey.adapters.mail.smtp.SmtpCredentials;
import dev.latchkey.adapters.mail.smtp.SmtpSettings;
import dev.latchkey.adapters.mail.smtp.TransportSecurity;
import dev.latchkey.application.port.out.mail.MailKind;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where mails go, and what they say.
 *
 * @param sender whom they are from
 * @param smtp the server that they are handed to, if there is one
 * @param directory that they are written to without such a server, if there is one
 * @param notices the kinds that tell users of what concerns their security
 */
public record MailSettings(
    Sender sender,
    Optional<SmtpSettings> smtp,
    Optional<Path> directory,
    MailTemplates templates,
    Set<MailKind> notices) {

  public static final String SMTP_HOST = "latchkey.mail.smtp.host";
  public static final String DIRECTORY = "latchkey.mail.directory";

  /** Of mails in files that nobody sends, if none is set. */
  private static final String LOCAL_SENDER = "Latchkey <latchkey@localhost>";

  private static final Map<String, MailKind> NOTICES =
      Map.of(
          "password-changed", MailKind.PASSWORD_CHANGED,
          "email-changed", MailKind.EMAIL_CHANGED,
          "refresh-token-reused", MailKind.REFRESH_TOKEN_REUSED,
          "new-device", MailKind.NEW_DEVICE,
          "account-closed", MailKind.ACCOUNT_CLOSED,
          "account-deleted", MailKind.ACCOUNT_DELETED);

  static Reading<MailSettings> read(SettingsReader settings) {
    Optional<String> host = settings.optional(SMTP_HOST);
    var sender =
        settings.valid(
            "latchkey.mail.from",
            () ->
                Sender.parse(
                    settings
                        .optional("latchkey.mail.from")
                        .orElse(host.isPresent() ? "" : LOCAL_SENDER)));
    var smtp = smtp(settings, host);
    Optional<Path> directory = settings.path(DIRECTORY);
    var templates =
        settings.valid(
            "latchkey.mail.templates",
            () ->
                settings
                    .path("latchkey.mail.templates")
                    .map(MailTemplates::replacedFrom)
                    .orElseGet(MailTemplates::bundled));
    Set<MailKind> notices =
        NOTICES.entrySet().stream()
            .filter(notice -> settings.flag("latchkey.mail.notices." + notice.getKey()))
            .map(Map.Entry::getValue)
            .collect(Collectors.toUnmodifiableSet());
    return settings.together(
        () -> new MailSettings(sender.get(), smtp.get(), directory, templates.get(), notices));
  }

  private static Reading<Optional<SmtpSettings>> smtp(
      SettingsReader settings, Optional<String> host) {
    int port = settings.number("latchkey.mail.smtp.port");
    String username = settings.text("latchkey.mail.smtp.username");
    String password = settings.secret("latchkey.mail.smtp.password").orElse("");
    var tls =
        settings.valid(
            "latchkey.mail.smtp.tls",
            () -> TransportSecurity.parse(settings.text("latchkey.mail.smtp.tls")));
    var credentials =
        settings.valid(
            "latchkey.mail.smtp.username or .password",
            () -> SmtpCredentials.of(username, password));
    return settings.valid(
        "latchkey.mail.smtp.host or .port",
        () -> host.map(name -> new SmtpSettings(name, port, tls.get(), credentials.get())));
  }

  /** Whether anybody gets mails, if only by reading files. */
  public boolean on() {
    return smtp.isPresent() || directory.isPresent();
  }
}
