package dev.latchkey.adapters.web.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PageTextsTest {

  @TempDir private Path folder;

  @Test
  void aFileReplacesTheTextsThatItHasAndNoOthers() throws IOException {
    PageTexts texts =
        PageTexts.replacedFrom(
            file(
                "\uFEFF{\"nav.sign-in\": \"Anmelden\", \"account.since\": \"Seit {date}\"}",
                UTF_8));

    assertThat(texts.filledInto("{{nav.sign-in}}, {{nav.sign-up}}")).isEqualTo("Anmelden, Sign up");
    assertThat(new String(texts.json(), UTF_8)).contains("\"account.since\":\"Seit {date}\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "\"text\"",
        "{} {}",
        "{\"brand\": 1}",
        "{\"brand\": null}",
        "{\"brand\": \"a\", \"brand\": \"b\"}",
        "{\"brnd\": \"a\"}",
        "{\"br\\nand\": \"a\"}",
        "{\"account.since\": \"{day}\"}",
        "{\"brand\": \"{email}\"}",
        "{\"lang\": \"deutsch, glaube ich\"}"
      })
  void aFileThatReplacesNothingOrCannotIsRefusedByOnePartOfASentence(String json)
      throws IOException {
    Path file = file(json, UTF_8);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PageTexts.replacedFrom(file))
        .withMessageContaining(file.toString())
        .withMessageMatching("[^\\n]+[^.\\n]");
  }

  @ParameterizedTest
  @CsvSource({
    "brnd, a, in %s%s \"brnd\" is the key of no text",
    "account.since, {day}, in %s%s {day} stands for nothing in \"account.since\""
  })
  void theMessageNamesWhatIsWrong(String key, String text, String message) throws IOException {
    Path file = file("{\"" + key + "\": \"" + text + "\"}", UTF_8);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PageTexts.replacedFrom(file))
        .withMessage(message.formatted(file, ","));
  }

  @Test
  void aFileIsThereAndInUtf8() throws IOException {
    Path latin1 = file("{\"brand\": \"Schl\u00fcssel\"}", ISO_8859_1);
    Path none = folder.resolve("none.json");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PageTexts.replacedFrom(latin1))
        .withMessage(latin1 + " is not UTF-8");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PageTexts.replacedFrom(none))
        .withMessage(none + " cannot be read");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PageTexts.replacedFrom(folder))
        .withMessage(folder + " cannot be read");
  }

  @Test
  void aPageThatWantsATextThatIsNotThereIsNoPage() {
    assertThatIllegalStateException()
        .isThrownBy(() -> PageTexts.bundled().filledInto("<p>{{none}}</p>"));
  }

  private Path file(String json, Charset charset) throws IOException {
    return Files.writeString(folder.resolve("texts.json"), json, charset);
  }
}
