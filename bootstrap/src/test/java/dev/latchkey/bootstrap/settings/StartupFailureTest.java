package dev.latchkey.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartupFailureTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://h:5432/db?user=ada&password=secret",
        "jdbc:postgresql://one,two/db?password=s%65cret-secret&ssl=true",
        "jdbc:postgresql://ada:secret@h:5432/db",
        "jdbc:postgresql://ada:sec/secret@h/db",
        "postgresql://ada:secret@h/db?sslpassword=secret",
        "jdbc:postgresql:db?password=secret"
      })
  void doesNotRepeatCredentialsOfAUrlWhereverItStands(String url) {
    String sentence = "Driver claims to not accept jdbcUrl, " + url + " (check it)";

    for (Throwable failure :
        new Throwable[] {
          new RuntimeException(sentence),
          new IllegalStateException("outer", new RuntimeException(sentence)),
          new IllegalStateException(sentence, new SQLException(sentence)),
          new RuntimeException("Error\nMessage: " + sentence + "\nPath Taken: x")
        }) {
      assertThat(StartupFailure.explain(failure))
          .contains("claims to not accept", "(check it)")
          .doesNotContain("secret", "s%65cret");
    }
  }

  @Test
  void tellsThatAMigrationHasWaitedTooLong() {
    var failure = new SQLException("ERROR: canceling statement due to lock timeout", "55P03");

    assertThat(StartupFailure.explain(new IllegalStateException("outer", failure)))
        .startsWith("a migration of the database has waited too long")
        .doesNotContain("DATASOURCES_DEFAULT_URL");
  }

  @Test
  void tellsWhichDatabaseCannotBeUsed() {
    var failure = new SQLException("Cannot use jdbc:postgresql://h:5432/db?user=ada now");

    assertThat(StartupFailure.explain(new IllegalStateException("outer", failure)))
        .isEqualTo(
            "the database cannot be used (Cannot use jdbc:postgresql://h:5432/db now);"
                + " check DATASOURCES_DEFAULT_URL, _USERNAME and _PASSWORD.");
  }
}
