package dev.latchkey.bootstrap.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.security.blocklist.BreachFilter;
import dev.latchkey.bootstrap.settings.ConfiguredClients;
import dev.latchkey.domain.client.Client;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.client.ClientSecret;
import dev.latchkey.domain.user.Password;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that need no database; the others are tried on a service that runs. */
class CommandsTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void makesASecretWhoseHashProvesAClient() {
    assertThat(run("", "new-client-secret")).isZero();

    Matcher said =
        Pattern.compile("secret +(\\S{43}) .*\nhash +(\\S+) .*\n").matcher(out.toString(UTF_8));
    assertThat(said.matches()).as(out.toString(UTF_8)).isTrue();
    Client client =
        ConfiguredClients.parse(List.of("orders " + said.group(2) + " introspect"))
            .find(ClientId.of("orders"))
            .orElseThrow();
    assertThat(client.isAuthenticatedBy(new ClientSecret(said.group(1)))).isTrue();
  }

  @Test
  void makesAnotherSecretEachTime() {
    assertThat(run("", "new-client-secret")).isZero();
    String first = out.toString(UTF_8);
    out.reset();
    assertThat(run("", "new-client-secret")).isZero();

    assertThat(out.toString(UTF_8)).isNotEqualTo(first);
  }

  @Test
  void hashesASecretFromStandardInput() {
    String secret = "0123456789abcdef0123456789abcdef";

    assertThat(run(secret + "\nmore", "hash-client-secret")).isZero();

    assertThat(out.toString(UTF_8).strip()).isEqualTo(new ClientSecret(secret).hash().text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "short-secret\n"})
  void hashesNoSecretThatCanBeGuessed(String input) {
    assertThat(run(input, "hash-client-secret")).isEqualTo(1);

    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8)).contains("32 characters").doesNotContain("short-secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grant-role",
        "disable-account",
        "end-sessions ada now",
        "grant-role ada",
        "grant-role ada admin now",
        "hepl",
        "new-client-secret x",
        "build-password-filter leaked.txt",
        "build-start-cache"
      })
  void explainsItselfToWhoIsNotUnderstood(String command) {
    assertThat(run("", command)).isEqualTo(2);

    assertThat(err.toString(UTF_8)).containsAnyOf("Usage: latchkey", "Did you mean: latchkey help");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"grant-role a@b admin", "grant-role ada ADMIN", "withdraw-role ada admin,user"})
  void refusesWhatIsNoUserNameOrNoRole(String command) {
    assertThat(run("", command)).isEqualTo(1);

    assertThat(err.toString(UTF_8)).isNotEmpty();
  }

  @Test
  void buildsAFilterOfLeakedPasswords(@TempDir Path folder) throws IOException {
    Path leaked = Files.writeString(folder.resolve("leaked"), "four herons\nand a fifth\nshort\n");
    Path filter = folder.resolve("filter");

    assertThat(run("", "build-password-filter " + leaked + " " + filter)).isZero();

    assertThat(out.toString(UTF_8)).contains("2 passwords", "latchkey.password.breach-filter");
    BreachFilter built = BreachFilter.open(filter);
    assertThat(built.contains(Password.of("four herons"))).isTrue();
    assertThat(built.contains(Password.of("four otters"))).isFalse();
  }

  @Test
  void buildsNoFilterOutOfNothingNorOverAnother(@TempDir Path folder) throws IOException {
    Path leaked = Files.writeString(folder.resolve("leaked"), "four herons\n");
    Path filter = Files.writeString(folder.resolve("filter"), "mine");

    assertThat(run("", "build-password-filter " + leaked + " " + filter)).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains(filter + " is there already");
    assertThat(filter).hasContent("mine");

    assertThat(run("", "build-password-filter " + leaked + "x " + filter + "2")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("there is no file " + leaked + "x");

    assertThat(run("", "build-password-filter " + leaked + " " + folder + "/none/filter"))
        .isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("none");
  }

  @Test
  void explainsEachCommand() {
    assertThat(run("", "help grant-role")).isZero();

    assertThat(out.toString(UTF_8)).contains("grant-role USERNAME ROLE", "Give a user a role.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h"})
  void listsAllCommands(String option) {
    assertThat(run("", option)).isZero();

    assertThat(out.toString(UTF_8)).contains("check-config", "grant-role", "--config=FILE");
  }

  @Test
  void saysWhichVersionItIs() {
    assertThat(run("", "--version")).isZero();

    assertThat(out.toString(UTF_8))
        .containsPattern("\\ALatchkey \\d+\\.\\d+\\S*\\R")
        .contains("Java " + Runtime.version());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void runsTheServiceWithoutACommand(String nothing) {
    assertThat(run("", nothing)).isEqualTo(Commands.RUNNING);
  }

  @Test
  void takesACommandAsSeveralArguments() {
    assertThat(run("", "grant-role", "a b", "admin")).isEqualTo(1);

    assertThat(err.toString(UTF_8)).isEqualToIgnoringNewLines("a b is no user name.");
  }

  @Test
  void refusesAFileOfSettingsThatIsNotThere(@TempDir Path folder) {
    Path file = folder.resolve("latchkey.yml");

    assertThat(run("", "--config", file.toString(), "check-config")).isEqualTo(2);

    assertThat(err.toString(UTF_8)).contains(file + " is no file that can be read.");
  }

  private int run(String input, String... words) {
    return new Commands(
            Object.class, () -> Commands.RUNNING, new ByteArrayInputStream(input.getBytes(UTF_8)))
        .execute(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), words);
  }
}
