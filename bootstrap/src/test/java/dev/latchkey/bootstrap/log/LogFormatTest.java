package dev.latchkey.bootstrap.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of the log, and what somebody who writes into their values cannot do. */
final class LogFormatTest {

  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  /** The start of a line that never happened. */
  private static final String FORGED = "2026-01-01T00:00:00.000Z INFO  security - security event";

  @Test
  void asTextALineHasTimeLevelLoggerTextAndPairs() {
    var log = new Written(LogFormat.TEXT);
    log.about("requestId", "r-1");

    log.logger("dev.latchkey.security")
        .atWarn()
        .addKeyValue("event", "account_closed")
        .addKeyValue("clientAddress", "2001:db8::1")
        .log("security event");

    assertThat(log.text())
        .matches(
            TIME
                + " WARN  security - security event event=account_closed clientAddress=2001:db8::1"
                + " requestId=r-1\\R");
  }

  @Test
  void asJsonALineIsOneObjectWithAMemberForEach() {
    var log = new Written(LogFormat.JSON);
    log.about("requestId", "r-1");

    log.logger("dev.latchkey.security")
        .atWarn()
        .addKeyValue("event", "account_closed")
        .log("security {}", "event");

    JsonNode line = onlyObject(log);
    assertThat(line.path("time").asText()).matches(TIME);
    assertThat(line.path("level").asText()).isEqualTo("WARN");
    assertThat(line.path("loggerName").asText()).isEqualTo("dev.latchkey.security");
    assertThat(line.path("formattedMessage").asText()).isEqualTo("security event");
    assertThat(line.path("event").asText()).isEqualTo("account_closed");
    assertThat(line.path("requestId").asText()).isEqualTo("r-1");
  }

  @ParameterizedTest
  @EnumSource(LogFormat.class)
  void nobodyBeginsALineByWhatTheyWriteIntoAValue(LogFormat format) {
    for (String lineBreak : List.of("\r\n", "\n", "\r", "\u000b", "\f", "\u0085", "\u2028")) {
      var log = new Written(format);
      String attack = "x" + lineBreak + FORGED;

      log.about("requestId", attack);
      log.logger("dev.latchkey.a").atInfo().addKeyValue("client", attack).log("from {}", attack);

      assertThat(log.text()).matches("\\V+\\R");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\n", "\u0085", "\u2028"})
  void nobodyBeginsALineByTheMessageOfAnException(String lineBreak) {
    var log = new Written(LogFormat.TEXT);
    var exception =
        new IllegalStateException("a" + lineBreak + FORGED, new RuntimeException("\u001b[2J"));
    exception.addSuppressed(new RuntimeException("b" + lineBreak + FORGED));

    log.logger("dev.latchkey.a").error("failed", exception);

    List<String> lines = List.of(log.text().split("\\R", -1));
    assertThat(lines).filteredOn(line -> line.matches("^" + TIME + " .*")).hasSize(1);
    assertThat(lines)
        .contains("Caused by: java.lang.RuntimeException: \\u001b[2J")
        .anyMatch(line -> line.startsWith("java.lang.IllegalStateException: a\\"))
        .anyMatch(line -> line.startsWith("\tSuppressed: java.lang.RuntimeException: b\\"))
        .anyMatch(line -> line.contains("at dev.latchkey.bootstrap.log.LogFormatTest."));
  }

  @Test
  void asJsonAnExceptionIsPartOfTheOneLine() {
    var log = new Written(LogFormat.JSON);

    log.logger("dev.latchkey.a").error("failed", new IllegalStateException("a\r\nb\u2028\u001b"));

    assertThat(onlyObject(log).at("/throwable/message").asText()).isEqualTo("a\r\nb\u2028\u001b");
  }

  /** Control sequences of terminals, and characters that turn the order of others around. */
  @ParameterizedTest
  @ValueSource(strings = {"\u001b", "\u009b", "\u007f", "\u0000", "\b", "\u202e", "\u2066"})
  void nothingReachesTheTerminalThatActsOnIt(String control) {
    for (LogFormat format : LogFormat.values()) {
      var log = new Written(format);

      log.logger("dev.latchkey.a").atInfo().addKeyValue("user", control).log("{}[2J", control);

      assertThat(log.text()).doesNotContain(control);
    }
  }

  @Test
  void nobodyAddsAPairByWhatTheyWriteIntoAValue() {
    var log = new Written(LogFormat.TEXT);

    log.logger("dev.latchkey.a")
        .atInfo()
        .addKeyValue("client", "x event=logged_in user=\"ada\"")
        .addKeyValue("other", "\\\" event=logged_in")
        .addKeyValue("empty", "")
        .log("refused");

    assertThat(log.text())
        .endsWith(
            "refused client=\"x event=logged_in user=\\\"ada\\\"\" other=\"\\\\\\\""
                + " event=logged_in\" empty=\"\""
                + System.lineSeparator());
  }

  @ParameterizedTest
  @EnumSource(LogFormat.class)
  void lettersOfAllLanguagesStayAsTheyAre(LogFormat format) {
    var log = new Written(format);

    log.logger("dev.latchkey.a").info("Zoë, Ωμέγα, 田中, 🦊, C:\\data");

    assertThat(log.text()).contains("Zoë, Ωμέγα, 田中, 🦊, C:\\");
  }

  private static JsonNode onlyObject(Written log) {
    try {
      assertThat(log.text()).matches("\\V+\\R");
      return new JsonMapper().readTree(log.text());
    } catch (JsonProcessingException e) {
      throw new AssertionError(log.text(), e);
    }
  }
}
