package dev.latchkey.bootstrap.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.adapters.persistence.schema.Schema;
import dev.latchkey.adapters.security.blocklist.BreachFilterBuilder;
import dev.latchkey.application.port.Actor;
import dev.latchkey.application.port.in.account.ChangeRole;
import dev.latchkey.application.port.in.account.ChangeRole.Change;
import dev.latchkey.application.port.in.key.RotateSigningKey;
import dev.latchkey.bootstrap.settings.InvalidSettingsException;
import dev.latchkey.bootstrap.settings.StartupFailure;
import dev.latchkey.bootstrap.wiring.Migration;
import dev.latchkey.bootstrap.wiring.ServiceContext;
import dev.latchkey.bootstrap.wiring.Storage;
import dev.latchkey.domain.client.ClientSecret;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.key.SigningKey;
import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.text.Violation;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.Username;
import io.micronaut.context.ApplicationContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The commands that an operator can run instead of the service. Commands that concern accounts and
 * keys work on the database that the settings name, which must be those of the service; it learns
 * of the change by itself.
 */
@Command(
    name = "latchkey",
    description = "Without a command, runs the service.",
    synopsisSubcommandLabel = "[COMMAND]",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = HelpCommand.class,
    sortOptions = false,
    usageHelpAutoWidth = true)
public final class Commands implements Callable<Integer> {

  /** The service was started, and goes on. */
  public static final int RUNNING = -1;

  public static final int REFUSED = 1;

  private static final int DONE = 0;

  private static final String USER = "USERNAME";

  /** The framework's name for the files that settings are in. */
  private static final String CONFIG_FILES = "micronaut.config.files";

  private static final int SECRET_BYTES = 32;

  private final Class<?> service;
  private final IntSupplier run;
  private final InputStream in;

  @Spec private CommandSpec spec;

  /**
   * @param service whose {@code main} runs the service
   * @param run starts it, and returns {@link #RUNNING} or what is the exit status otherwise
   */
  public Commands(Class<?> service, IntSupplier run, InputStream in) {
    this.service = service;
    this.run = run;
    this.in = in;
    this.spec = CommandSpec.create();
  }

  /**
   * Does what the words say.
   *
   * @param words of a command, which may come as one argument
   * @return 0 if it is done, 1 if it is refused, 2 if the words are no command, {@link #RUNNING} if
   *     the service is running
   */
  public int execute(PrintStream out, PrintStream err, String... words) {
    return new CommandLine(this)
        .setOut(new PrintWriter(out, true, UTF_8))
        .setErr(new PrintWriter(err, true, UTF_8))
        .setExecutionExceptionHandler(
            (failure, _, _) ->
                refuse("Latchkey cannot do that: " + StartupFailure.explain(failure)))
        .execute(separated(words));
  }

  private static String[] separated(String... arguments) {
    return arguments.length == 1
        ? Arrays.stream(arguments[0].split(" "))
            .filter(word -> !word.isEmpty())
            .toArray(String[]::new)
        : arguments;
  }

  /** Comes before every command, so that its settings are read from there as well. */
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "A file of settings: YAML, or .properties.")
  void config(Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new ParameterException(spec.commandLine(), file + " is no file that can be read.");
    }
    System.setProperty(CONFIG_FILES, file.toAbsolutePath().toString());
  }

  @Override
  public Integer call() {
    return run.getAsInt();
  }

  @Command(
      name = "check-config",
      description = "Check all settings, without a database, and say what is wrong.")
  int checkConfig() {
    try {
      var _ = ServiceContext.settings();
      return done("All settings are right.");
    } catch (InvalidSettingsException e) {
      e.sentences().forEach(this::refuse);
      return REFUSED;
    }
  }

  @Command(
      name = "migrate",
      description = "Bring the database to what this version needs; a service goes on meanwhile.")
  int migrate() {
    try (Storage storage = Storage.openOrJoin(ServiceContext.settings())) {
      Schema.Migrated migrated = Migration.run(storage.properties());
      return done(
          "Migrations executed: %d. The schema is at version %s."
              .formatted(migrated.executed(), migrated.version()));
    }
  }

  @Command(name = "grant-role", description = "Give a user a role.")
  int grantRole(
      @Parameters(paramLabel = USER) String username,
      @Parameters(paramLabel = "ROLE") String role) {
    return changeRole(username, role, Change.GRANT);
  }

  @Command(name = "withdraw-role", description = "Take it away.")
  int withdrawRole(
      @Parameters(paramLabel = USER) String username,
      @Parameters(paramLabel = "ROLE") String role) {
    return changeRole(username, role, Change.WITHDRAW);
  }

  @Command(name = "show-account", description = "Show what is known of an account.")
  int showAccount(@Parameters(paramLabel = USER) String username) {
    return account(username, AccountCommands::show);
  }

  @Command(
      name = "disable-account",
      description = "End all its sessions, and let its user log in no more.")
  int disableAccount(@Parameters(paramLabel = USER) String username) {
    return account(username, AccountCommands::disable);
  }

  @Command(name = "enable-account", description = "Let its user log in again.")
  int enableAccount(@Parameters(paramLabel = USER) String username) {
    return account(username, AccountCommands::enable);
  }

  @Command(
      name = "reopen-account",
      description = "Let unknown devices log in again after too many wrong passwords.")
  int reopenAccount(@Parameters(paramLabel = USER) String username) {
    return account(username, AccountCommands::reopen);
  }

  @Command(name = "end-sessions", description = "Log its user out everywhere.")
  int endSessions(@Parameters(paramLabel = USER) String username) {
    return account(username, AccountCommands::endSessions);
  }

  @Command(
      name = "start-password-reset",
      description = "Mail its user a code that resets the password.")
  int startPasswordReset(@Parameters(paramLabel = USER) String username) {
    return account(username, AccountCommands::startPasswordReset);
  }

  private int account(String text, Function<AccountCommands, Said> command) {
    Optional<Username> username = Username.parse(text).valid();
    if (username.isEmpty()) {
      return refuse(text + " is no user name.");
    }
    return inContext(
        context -> {
          Said said = command.apply(new AccountCommands(context, username.get()));
          return said.done() ? done(said.text()) : refuse(said.text());
        });
  }

  /**
   * What a command has to say.
   *
   * @param done whether it did what it was asked for
   */
  record Said(boolean done, String text) {

    static Said done(String text) {
      return new Said(true, text);
    }

    static Said refused(String text) {
      return new Said(false, text);
    }
  }

  private int changeRole(String username, String role, Change change) {
    Optional<Username> user = Username.parse(username).valid();
    if (user.isEmpty()) {
      return refuse(username + " is no user name.");
    }
    return switch (Role.parse(role)) {
      case Parsed.Valid<Role>(Role valid) -> changeRole(user.get(), valid, change);
      case Parsed.Invalid<Role>(Violation violation) ->
          refuse("A role " + violation.message() + ".");
    };
  }

  private int changeRole(Username username, Role role, Change change) {
    var command = new ChangeRole.Command(username, role, change, new Actor.Operator());
    return inContext(
        context ->
            switch (context.getBean(ChangeRole.class).execute(command)) {
              case ChangeRole.Result.Changed(Set<Role> roles) ->
                  done(
                      "%s now has the roles: %s. A resource server learns of it by the next access token."
                          .formatted(
                              username,
                              roles.stream()
                                  .map(Role::text)
                                  .sorted()
                                  .collect(Collectors.joining(" "))));
              case ChangeRole.Result.UnknownUser() -> refuse("There is no user " + username + ".");
              case ChangeRole.Result.LastAdministrator() ->
                  refuse(AccountCommands.lastAdministrator(username));
            });
  }

  @Command(
      name = "rotate-signing-key",
      description = "Let the next signing key take over as soon as everybody can know it.")
  int rotateSigningKey() {
    var command = new RotateSigningKey.Command(new Actor.Operator());
    return inContext(
        context ->
            switch (context.getBean(RotateSigningKey.class).execute(command)) {
              case RotateSigningKey.Result.Added(SigningKey key) -> done(describe(key));
              case RotateSigningKey.Result.AlreadyPending(SigningKey key) ->
                  done(describe(key) + " It was there already.");
              case RotateSigningKey.Result.WrongMasterKey(int number, MasterKeyId sealedUnder) ->
                  refuse(StartupFailure.wrongMasterKey(number, sealedUnder));
              case RotateSigningKey.Result.Overtaken() ->
                  refuse("Another process was faster: try again.");
            });
  }

  private static String describe(SigningKey key) {
    return "Signing key %d (%s, %s) is published, and signs from %s."
        .formatted(key.number(), key.algorithm().jwsName(), key.id(), key.signsFrom());
  }

  @Command(
      name = "new-client-secret",
      description = "Make a secret for a confidential client, and its hash for latchkey.clients.")
  int newClientSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return done(
        """
        secret  %s   (for the client alone; it is not shown again)
        hash    %s   (for latchkey.clients)\
        """
            .formatted(secret, new ClientSecret(secret).hash().text()));
  }

  @Command(
      name = "hash-client-secret",
      description = "Read a secret of your own from standard input, and print its hash.")
  int hashClientSecret() {
    var secret = new ClientSecret(Objects.requireNonNullElse(readLine(), ""));
    return secret.isStrong()
        ? done(secret.hash().text())
        : refuse(
            "The secret is too short: it needs 32 characters or more, and they must be random.");
  }

  @Command(
      name = "build-password-filter",
      description =
          "Make a filter for latchkey.password.breach-filter of a file of leaked passwords, or of"
              + " their SHA-1 hashes, one in each line.")
  int buildPasswordFilter(
      @Parameters(paramLabel = "INPUT") Path input,
      @Parameters(paramLabel = "OUTPUT") Path output) {
    try {
      BreachFilterBuilder.Built built = BreachFilterBuilder.build(input, output);
      return done(
          "%s has %d passwords in %d bytes. Set latchkey.password.breach-filter to its path."
              .formatted(output, built.passwords(), built.bytes()));
    } catch (IllegalArgumentException e) {
      return refuse("No filter is built: " + e.getMessage() + ".");
    } catch (IOException e) {
      return refuse("No filter is built: a file cannot be read or written (" + e + ").");
    }
  }

  @Command(
      name = "build-start-cache",
      description =
          "Make a file with which the JVM starts the service in less than half of the time.")
  int buildStartCache(@Parameters(paramLabel = "FILE") Path file) {
    try {
      return switch (new StartCache(service, file).build()) {
        case BUILT -> done(file + " is built. Start the service with -XX:AOTCache=" + file + ".");
        case FITS_ALREADY -> done(file + " is there already, and fits.");
      };
    } catch (IOException e) {
      return refuse("No start cache is built: " + e.getMessage() + ".");
    }
  }

  private String readLine() {
    try {
      return new BufferedReader(new InputStreamReader(in, UTF_8)).readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int inContext(Function<ApplicationContext, Integer> command) {
    try (Storage storage = Storage.openOrJoin(ServiceContext.settings());
        ApplicationContext context = ServiceContext.forCommandOn(storage)) {
      return command.apply(context);
    }
  }

  private int done(String message) {
    spec.commandLine().getOut().println(message);
    return DONE;
  }

  private int refuse(String message) {
    spec.commandLine().getErr().println(message);
    return REFUSED;
  }
}
