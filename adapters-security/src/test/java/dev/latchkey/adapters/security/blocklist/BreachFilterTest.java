package dev.latchkey.adapters.security.blocklist;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.domain.user.Password;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter, built of a corpus and asked. */
final class BreachFilterTest {

  /** Of {@code password1} and of {@code P@ssw0rd}. */
  private static final String[] HASHES = {
    "E38AD214943DAAD1D64C102FAEC29DE4AFE9DA3D", "21BD12DC183F740EE76F27B78EB39C8AD972A757"
  };

  @TempDir private Path folder;

  @Test
  void hasThePasswordsOfAListAndNoOthers() throws IOException {
    BreachFilter filter = built("four herons\nFour Otters\r\n\n  two spaces \nthe last line");

    assertHas(filter, "four herons", "Four Otters", "  two spaces ", "the last line");
    assertHasNot(filter, "Four herons", "four otters", "two spaces", "the last lin", "four heron");
  }

  @Test
  void hasThePasswordsOfAListOfHashesAndNoOthers() throws IOException {
    for (String form : new String[] {"%s:2427158%n%s:0%n", "%s:1\r\n%s:12\r\n", "%s\n%s"}) {
      BreachFilter filter = built(form.formatted((Object[]) HASHES));

      assertHas(filter, "password1", "P@ssw0rd");
      assertHasNot(filter, "password2", "p@ssw0rd", HASHES[0]);
    }
    assertHas(built(HASHES[0].toLowerCase(Locale.ROOT) + ":5\n"), "password1");
  }

  @Test
  void comparesInFormNfkc() throws IOException {
    BreachFilter filter = built("cafe\u0301 au lait\nvin sant\u00e9\n");

    assertHas(
        filter, "caf\u00e9 au lait", "cafe\u0301 au lait", "vin sante\u0301", "\uff56in santé");
  }

  @Test
  void leavesOutWhatNobodyCanChoose() throws IOException {
    Path corpus =
        corpus("short\n" + "x".repeat(129) + "\nfour herons\n\t\t\t\t\t\t\t\t\t\n", UTF_8);

    assertThat(BreachFilterBuilder.build(corpus, folder.resolve("filter")).passwords()).isOne();
  }

  @Test
  void leavesOutWhatIsNotUtf8() throws IOException {
    Path corpus = corpus("four cr\u00e8mes\nfour herons\n", ISO_8859_1);
    Path output = folder.resolve("filter");

    assertThat(BreachFilterBuilder.build(corpus, output).passwords()).isOne();
    assertHas(BreachFilter.open(output), "four herons");
  }

  /** The longest that can be chosen has 512 bytes; what is behind them belongs to no other line. */
  @Test
  void readsLinesOfAnyLength() throws IOException {
    String longest = "🦆".repeat(128);
    BreachFilter filter =
        built(longest + "\r\n" + longest + "🦆\n" + "y".repeat(600_000) + "\nfour herons\n");

    assertHas(filter, longest, "four herons");
    assertHasNot(filter, "y".repeat(128));
  }

  @Test
  void hasEveryPasswordOfALongList() throws IOException {
    var corpus = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      corpus.append("password number ").append(i).append('\n');
    }

    BreachFilter filter = built(corpus.toString());

    for (int i = 0; i < 100_000; i++) {
      assertHas(filter, "password number " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"four herons", "E38AD214", "E38AD214943DAAD1D64C102FAEC29DE4AFE9DA3D:x"})
  void isNotBuiltIfALineIsNoHashAndTheFirstOneIs(String line) throws IOException {
    Path corpus = corpus(HASHES[0] + ":1\n" + HASHES[1] + ":1\n" + line + "\n", UTF_8);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> BreachFilterBuilder.build(corpus, folder.resolve("filter")))
        .withMessageContaining("line 3")
        .withMessageNotContaining(line);
    assertOnlyTheCorpusIsThere();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "short\n"})
  void isNotBuiltOfNothing(String text) throws IOException {
    Path corpus = corpus(text, UTF_8);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> BreachFilterBuilder.build(corpus, folder.resolve("filter")))
        .withMessageContaining("no line");
    assertOnlyTheCorpusIsThere();
  }

  private void assertOnlyTheCorpusIsThere() {
    assertThat(folder).isDirectoryNotContaining(file -> !file.endsWith("corpus"));
  }

  private BreachFilter built(String corpus) throws IOException {
    Path output = folder.resolve("filter");
    Files.deleteIfExists(output);
    BreachFilterBuilder.Built _ = BreachFilterBuilder.build(corpus(corpus, UTF_8), output);
    return BreachFilter.open(output);
  }

  private Path corpus(String text, Charset charset) throws IOException {
    return Files.writeString(folder.resolve("corpus"), text, charset);
  }

  private static void assertHas(BreachFilter filter, String... passwords) {
    for (String password : passwords) {
      assertThat(filter.contains(Password.of(password))).as(password).isTrue();
    }
  }

  private static void assertHasNot(BreachFilter filter, String... passwords) {
    for (String password : passwords) {
      assertThat(filter.contains(Password.of(password))).as(password).isFalse();
    }
  }
}
