package dev.latchkey.bootstrap.settings;

import io.micronaut.context.env.Environment;
import java.util.SequencedSet;

/**
 * All settings, typed and checked. Their defaults stand in {@code application.yml}, and what they
 * mean in the README.
 */
public record LatchkeySettings(
    StorageSettings storage,
    TokenSettings tokens,
    SessionSettings sessions,
    AccountSettings accounts,
    PasswordSettings passwords,
    HttpSettings http,
    MailSettings mail,
    StopSettings stop,
    ObservationSettings observation) {

  /**
   * Reads them.
   *
   * @throws InvalidSettingsException if there is any mistake, with all of them
   */
  public static LatchkeySettings read(Environment environment) {
    return Read.from(environment).settings();
  }

  /**
   * The same for an operator, before anything is constructed: also refuses names that look like
   * settings and are none, and what needs mail where there is none.
   *
   * @throws InvalidSettingsException if there is any mistake, with all of them
   */
  public static LatchkeySettings readStrictly(Environment environment) {
    Read read = Read.from(environment);
    SettingsReader settings = read.reader();
    var _ =
        settings.valid(
            "latchkey.email-verification.required", () -> read.reading().get().withMailIfNeeded());
    new UnknownSettings(settings.names())
        .in(environment.getPropertySources())
        .forEach(settings::mistake);
    return read.settings();
  }

  /** The names of all settings. */
  static SequencedSet<String> names(Environment environment) {
    return Read.from(environment).reader().names();
  }

  private record Read(SettingsReader reader, Reading<LatchkeySettings> reading) {

    static Read from(Environment environment) {
      var settings = new SettingsReader(environment);
      var storage = StorageSettings.read(settings);
      var self = TokenSettings.self(settings);
      var tokens = TokenSettings.read(settings, self);
      var sessions = SessionSettings.read(settings);
      var accounts = AccountSettings.read(settings);
      var passwords = PasswordSettings.read(settings, self);
      var http = HttpSettings.read(settings, self);
      var mail = MailSettings.read(settings);
      var stop = StopSettings.read(settings);
      var observation = ObservationSettings.read(settings);
      // The framework reads these where the jobs are.
      var _ = settings.positiveDuration("latchkey.mail.check-interval");
      var _ = settings.positiveDuration("latchkey.signing-keys.check-interval");
      var _ = settings.positiveDuration("latchkey.clean-up.interval");
      var _ = settings.positiveDuration("latchkey.tls.check-interval");
      var _ = settings.positiveDuration("latchkey.ended-sessions.check-interval");
      return new Read(
          settings,
          settings.together(
              () ->
                  new LatchkeySettings(
                      storage.get(),
                      tokens.get(),
                      sessions.get(),
                      accounts.get(),
                      passwords.get(),
                      http.get(),
                      mail.get(),
                      stop.get(),
                      observation.get())));
    }

    LatchkeySettings settings() {
      if (!reader.mistakes().isEmpty()) {
        throw new InvalidSettingsException(reader.mistakes());
      }
      return reading.get();
    }
  }

  private LatchkeySettings withMailIfNeeded() {
    // Mails of the embedded database are written to files beside it.
    if (accounts.verificationRequired() && !mail.on() && storage.database().isPresent()) {
      throw new IllegalArgumentException(
          "addresses cannot be verified without mail; set latchkey.mail.smtp.host and"
              + " latchkey.mail.from");
    }
    return this;
  }
}
