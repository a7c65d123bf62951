package dev.latchkey.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql:latchkey",
        "jdbc:postgresql:",
        "jdbc:postgresql:///latchkey",
        "jdbc:postgresql://db.example.org/latchkey",
        "jdbc:postgresql://db.example.org:5432/",
        "jdbc:postgresql://[2001:db8::1]:5432/latchkey",
        "jdbc:postgresql://one:5432,two,three:5433/latchkey?targetServerType=primary&connectTimeout=2",
        "jdbc:postgresql://?service=latchkey",
        "jdbc:postgresql://h/percent%20encoded?options=-c%20statement_timeout=90000"
      })
  void leavesAUrlWithoutCredentialsAsItIs(String url) {
    assertThat(DatabaseUrl.parse(url).revealSettings())
        .isEqualTo(Map.of("datasources.default.url", url));
  }

  @ParameterizedTest
  @CsvSource({
    "?user=ada&password=se%2Fcr%65t, ''",
    "?password=se/cret&sslmode=require&user=ada, ?sslmode=require",
    "?user=ada&sslmode=require&password=old&password=se/cret&tcpKeepAlive=true,"
        + " ?sslmode=require&tcpKeepAlive=true"
  })
  void takesTheCredentialsOutOfTheParameters(String parameters, String others) {
    String place = "jdbc:postgresql://one:5432,two/latchkey";
    DatabaseUrl url = DatabaseUrl.parse(place + parameters);

    assertThat(url.revealSettings())
        .isEqualTo(
            Map.of(
                "datasources.default.url", place + others,
                "datasources.default.username", "ada",
                "datasources.default.password", "se/cret"));
    assertThat(url.place()).isEqualTo(place);
    assertThat(url).hasToString(place);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://ada:secret@h/latchkey",
        "jdbc:postgresql://ada:secret@h:5432/latchkey",
        "jdbc:postgresql://ada:sec/secret@h/latchkey",
        "jdbc:postgresql://ada:sec?secret@h/latchkey",
        "jdbc:postgresql://ada:secret%40h/latchkey",
        "jdbc:postgresql:ada:secret",
        "jdbc:postgresql://h?password=secret",
        "jdbc:postgresql://h:port/latchkey?password=secret",
        "jdbc:postgresql://h/latchkey/x?password=secret",
        "jdbc:postgresql://h/latchkey&password=secret",
        "jdbc:postgresql://h/latchkey;password=secret",
        "jdbc:postgresql://h/latchkey?password=secret%zz",
        "jdbc:postgresql://h/latchkey?password=a secret",
        "jdbc:mysql://ada:secret@h/latchkey",
        "postgresql://ada:secret@h/latchkey",
        "secret",
        ""
      })
  void refusesWhatTheDriverWouldNotUnderstandAndDoesNotRepeatIt(String url) {
    assertThatThrownBy(() -> DatabaseUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .startsWith("it ")
        .doesNotContain("secret");
  }

  @Test
  void ignoresSpaceAroundIt() {
    assertThat(DatabaseUrl.parse(" jdbc:postgresql://h/latchkey\n").place())
        .isEqualTo("jdbc:postgresql://h/latchkey");
  }
}
