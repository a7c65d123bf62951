package dev.latchkey.adapters.web.ended;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WaitTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wait=5|5",
        "WAIT = 5|5",
        "wait=\"5\"|5",
        "respond-async, wait=10|10",
        "wait=10;foo=bar, handling=lenient|10",
        "wait=1, wait=20|1",
        "wait=30|30",
        "wait=31|30",
        "wait=999999999|30"
      })
  void isReadAsTheStandardWritesIt(String header, int seconds) {
    assertThat(Wait.of(List.of(header))).contains(new Wait(Duration.ofSeconds(seconds)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "wait",
        "wait=",
        "wait=0",
        "wait=-1",
        "wait=1.5",
        "wait=5s",
        "await=5",
        "wait=1 2",
        "wait=9999999999",
        "foo; wait=5"
      })
  void isNothingElse(String header) {
    assertThat(Wait.of(List.of(header))).isEmpty();
  }

  @Test
  void isFoundInAnyHeaderAndSaysWhatIsApplied() {
    assertThat(Wait.of(List.of("respond-async", "wait=40")).map(Wait::applied)).contains("wait=30");
    assertThat(Wait.of(List.of())).isEmpty();
  }
}
