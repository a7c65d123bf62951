package dev.latchkey.bootstrap.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.adapters.security.blocklist.BreachFilterBuilder;
import dev.latchkey.application.port.Actor;
import dev.latchkey.application.port.in.account.ChangeRole;
import dev.latchkey.application.port.in.account.ChangeRole.Change;
import dev.latchkey.application.port.in.key.RotateSigningKey;
import dev.latchkey.bootstrap.settings.StartupFailure;
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
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The commands that an operator can run instead of the service. Commands that concern accounts and
 * keys work on the database that the settings name, which must be those of the service; it learns
 * of the change by itself.
 */
public final class CommandLine {

  private static final int DONE = 0;
  private static final int REFUSED = 1;
  private static final int NOT_UNDERSTOOD = 2;

  private static final String USAGE =
      """
      Without a command the service runs. Commands:
        grant-role USERNAME ROLE      give a user a role
        withdraw-role USERNAME ROLE   take it away
        show-account USERNAME         show what is known of an account
        disable-account USERNAME      end all its sessions, and let its user log in no more
        enable-account USERNAME       let its user log in again
        reopen-account USERNAME       let unknown devices log in again after too many wrong passwords
        end-sessions USERNAME         log its user out everywhere
        start-password-reset USERNAME mail its user a code that resets the password
        rotate-signing-key            let the next signing key take over as soon as everybody can know it
        new-client-secret             make a secret for a confidential client, and its hash for latchkey.clients
        build-password-filter INPUT OUTPUT
                                      make a filter for latchkey.password.breach-filter of a file of leaked
                                      passwords, or of their SHA-1 hashes, one in each line
        build-start-cache FILE        make a file with which the JVM starts the service in less than half of the time
        hash-client-secret            read a secret of your own from standard input, and print its hash
        help                          print this\
      """;

  private static final int SECRET_BYTES = 32;

  private final Class<?> service;
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param service whose {@code main} runs the service
   */
  public CommandLine(Class<?> service, InputStream in, PrintStream out, PrintStream err) {
    this.service = service;
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /** The words of a command, which may come as one argument. */
  public static List<String> words(String... arguments) {
    return Arrays.stream(String.join(" ", arguments).split(" "))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /**
   * Does what the words say.
   *
   * @return 0 if it is done, 1 if it is refused, 2 if the words are no command
   */
  public int run(List<String> words) {
    try {
      return execute(words);
    } catch (RuntimeException e) {
      return refuse("Latchkey cannot do that: " + StartupFailure.explain(e));
    }
  }

  private int execute(List<String> words) {
    List<String> arguments = words.subList(1, words.size());
    return switch (words.getFirst() + "/" + arguments.size()) {
      case "grant-role/2" -> changeRole(arguments.getFirst(), arguments.getLast(), Change.GRANT);
      case "withdraw-role/2" ->
          changeRole(arguments.getFirst(), arguments.getLast(), Change.WITHDRAW);
      case "show-account/1" -> account(arguments.getFirst(), AccountCommands::show);
      case "disable-account/1" -> account(arguments.getFirst(), AccountCommands::disable);
      case "enable-account/1" -> account(arguments.getFirst(), AccountCommands::enable);
      case "reopen-account/1" -> account(arguments.getFirst(), AccountCommands::reopen);
      case "end-sessions/1" -> account(arguments.getFirst(), AccountCommands::endSessions);
      case "start-password-reset/1" ->
          account(arguments.getFirst(), AccountCommands::startPasswordReset);
      case "rotate-signing-key/0" -> rotateSigningKey();
      case "new-client-secret/0" -> newClientSecret();
      case "hash-client-secret/0" -> hashClientSecret();
      case "build-password-filter/2" ->
          buildPasswordFilter(arguments.getFirst(), arguments.getLast());
      case "build-start-cache/1" -> buildStartCache(arguments.getFirst());
      case "help/0" -> {
        out.println(USAGE);
        yield DONE;
      }
      default -> {
        err.println(USAGE);
        yield NOT_UNDERSTOOD;
      }
    };
  }

  private int account(String text, Function<AccountCommands, Said> command) {
    Optional<Username> username = Username.parse(text).valid();
    if (username.isEmpty()) {
      return refuse(text + " is no user name.");
    }
    try (Storage storage = Storage.openOrJoin();
        ApplicationContext context = ServiceContext.forCommandOn(storage.properties())) {
      Said said = command.apply(new AccountCommands(context, username.get()));
      return said.done() ? done(said.text()) : refuse(said.text());
    }
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
    try (Storage storage = Storage.openOrJoin();
        ApplicationContext context = ServiceContext.forCommandOn(storage.properties())) {
      var command = new ChangeRole.Command(username, role, change, new Actor.Operator());
      return switch (context.getBean(ChangeRole.class).execute(command)) {
        case ChangeRole.Result.Changed(Set<Role> roles) ->
            done(
                "%s now has the roles: %s. A resource server learns of it by the next access token."
                    .formatted(
                        username,
                        roles.stream().map(Role::text).sorted().collect(Collectors.joining(" "))));
        case ChangeRole.Result.UnknownUser() -> refuse("There is no user " + username + ".");
        case ChangeRole.Result.LastAdministrator() ->
            refuse(AccountCommands.lastAdministrator(username));
      };
    }
  }

  private int rotateSigningKey() {
    try (Storage storage = Storage.openOrJoin();
        ApplicationContext context = ServiceContext.forCommandOn(storage.properties())) {
      var command = new RotateSigningKey.Command(new Actor.Operator());
      return switch (context.getBean(RotateSigningKey.class).execute(command)) {
        case RotateSigningKey.Result.Added(SigningKey key) -> done(describe(key));
        case RotateSigningKey.Result.AlreadyPending(SigningKey key) ->
            done(describe(key) + " It was there already.");
        case RotateSigningKey.Result.WrongMasterKey(int number, MasterKeyId sealedUnder) ->
            refuse(StartupFailure.wrongMasterKey(number, sealedUnder));
        case RotateSigningKey.Result.Overtaken() ->
            refuse("Another process was faster: try again.");
      };
    }
  }

  private static String describe(SigningKey key) {
    return "Signing key %d (%s, %s) is published, and signs from %s."
        .formatted(key.number(), key.algorithm().jwsName(), key.id(), key.signsFrom());
  }

  private int newClientSecret() {
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

  private int hashClientSecret() {
    var secret = new ClientSecret(Objects.requireNonNullElse(readLine(), ""));
    return secret.isStrong()
        ? done(secret.hash().text())
        : refuse(
            "The secret is too short: it needs 32 characters or more, and they must be random.");
  }

  private int buildPasswordFilter(String input, String output) {
    try {
      BreachFilterBuilder.Built built = BreachFilterBuilder.build(Path.of(input), Path.of(output));
      return done(
          "%s has %d passwords in %d bytes. Set latchkey.password.breach-filter to its path."
              .formatted(output, built.passwords(), built.bytes()));
    } catch (IllegalArgumentException e) {
      return refuse("No filter is built: " + e.getMessage() + ".");
    } catch (IOException e) {
      return refuse("No filter is built: a file cannot be read or written (" + e + ").");
    }
  }

  private int buildStartCache(String file) {
    try {
      return switch (new StartCache(service, Path.of(file)).build()) {
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

  private int done(String message) {
    out.println(message);
    return DONE;
  }

  private int refuse(String message) {
    err.println(message);
    return REFUSED;
  }
}
