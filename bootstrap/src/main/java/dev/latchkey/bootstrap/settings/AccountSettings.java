package dev.latchkey.bootstrap.settings;

import dev.latchkey.domain.attempt.AttemptPolicy;

/**
 * How accounts are opened, and how often something may be tried.
 *
 * @param verificationRequired whether an account is opened once its address is verified, and not
 *     before
 */
public record AccountSettings(boolean verificationRequired, AttemptPolicy attempts) {

  static Reading<AccountSettings> read(SettingsReader settings) {
    boolean verificationRequired = settings.flag("latchkey.email-verification.required");
    var attempts =
        settings.valid(
            "latchkey.limits.*",
            () ->
                AttemptPolicy.of(
                    settings.number("latchkey.limits.failures-per-login"),
                    settings.number("latchkey.limits.failures-per-network"),
                    settings.number("latchkey.limits.failures-to-close"),
                    settings.duration("latchkey.limits.known-network"),
                    settings.number("latchkey.limits.registrations-per-network"),
                    settings.number("latchkey.limits.mails-per-address"),
                    settings.number("latchkey.limits.mails-per-network")));
    return settings.together(() -> new AccountSettings(verificationRequired, attempts.get()));
  }
}
