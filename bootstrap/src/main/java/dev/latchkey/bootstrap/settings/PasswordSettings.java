package dev.latchkey.bootstrap.settings;

import dev.latchkey.adapters.security.blocklist.BreachFilter;
import dev.latchkey.adapters.security.password.Argon2Parameters;
import dev.latchkey.adapters.security.password.HashingLimits;
import dev.latchkey.adapters.web.issuer.AuthorizationServer;
import dev.latchkey.application.port.out.account.BreachedPasswords;
import dev.latchkey.domain.user.ContextWords;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * Which passwords are refused, and how they are hashed.
 *
 * @param contextWords that a new password may not be little more than
 * @param breached those that the operator knows to have leaked
 */
public record PasswordSettings(
    ContextWords contextWords,
    BreachedPasswords breached,
    Argon2Parameters argon2,
    HashingLimits hashing) {

  static Reading<PasswordSettings> read(
      SettingsReader settings, Reading<AuthorizationServer> self) {
    List<String> words = settings.list("latchkey.password.context-words");
    var contextWords =
        settings.valid(
            "latchkey.password.context-words",
            () -> ContextWords.ofInstallation(hostOf(self.get().issuer()), words));
    var breached =
        settings.valid(
            "latchkey.password.breach-filter",
            () ->
                settings
                    .path("latchkey.password.breach-filter")
                    .<BreachedPasswords>map(BreachFilter::open)
                    .orElse(BreachedPasswords.NONE));
    var argon2 =
        settings.valid(
            "latchkey.password-hashing.*",
            () ->
                new Argon2Parameters(
                    settings.number("latchkey.password-hashing.memory"),
                    settings.number("latchkey.password-hashing.iterations"),
                    settings.number("latchkey.password-hashing.parallelism")));
    var hashing =
        settings.valid(
            "latchkey.password-hashing.*",
            () ->
                new HashingLimits(
                    orProcessors(settings.number("latchkey.password-hashing.concurrency")),
                    settings.number("latchkey.password-hashing.queue"),
                    settings.duration("latchkey.password-hashing.max-wait")));
    return settings.together(
        () ->
            new PasswordSettings(contextWords.get(), breached.get(), argon2.get(), hashing.get()));
  }

  private static String hostOf(String issuer) {
    return Objects.requireNonNullElse(URI.create(issuer).getHost(), "");
  }

  private static int orProcessors(int concurrency) {
    return concurrency == 0 ? Runtime.getRuntime().availableProcessors() : concurrency;
  }
}
