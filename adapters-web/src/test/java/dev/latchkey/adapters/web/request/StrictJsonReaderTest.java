package dev.latchkey.adapters.web.request;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.type.Argument;
import io.micronaut.http.MediaType;
import io.micronaut.http.simple.SimpleHttpHeaders;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonReaderTest {

  private final StrictJsonReader<Body> reader = new StrictJsonReader<>();

  record Body(String name) implements JsonRequest {}

  @ParameterizedTest
  @ValueSource(strings = {"{\"name\":\"ä\"}", "{\"n\\u0061me\":\"\\u00e4\"}"})
  void readsCharactersAndEscapes(String json) {
    assertThat(read(json.getBytes(UTF_8)).name()).isEqualTo("ä");
  }

  /** The lowest byte of U+0431 is the digit 1, and that is all Jackson looks at in characters. */
  @ParameterizedTest
  @ValueSource(strings = {"{\"name\":\"\\u004\u0431\"}", "{\"n\\u006\u0431me\":\"ada\"}"})
  void refusesAnEscapeWithoutFourHexadecimalDigits(String json) {
    assertThatThrownBy(() -> read(json.getBytes(UTF_8))).hasMessage("malformed_json");
  }

  @Test
  void guessesNoEncoding() {
    assertThatThrownBy(() -> read("{}".getBytes(UTF_16LE))).hasMessage("malformed_json");
    assertThatThrownBy(() -> read("\ufeff{}".getBytes(UTF_8))).hasMessage("malformed_json");
  }

  /** A surrogate pair that fits, and one that would be cut. */
  @ParameterizedTest
  @CsvSource({"62, \\ud83d\\ude00x, \ud83d\ude00", "63, \\ud83d\\ude00, ?"})
  void showsOnlyWholeCharactersOfANameItDoesNotKnow(int length, String tail, String shown) {
    byte[] json = ("{\"" + "x".repeat(length) + tail + "\":\"\"}").getBytes(UTF_8);

    ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> read(json));
    assertThat(refusal.errors())
        .singleElement()
        .satisfies(error -> assertThat(error.field()).isEqualTo("x".repeat(length) + shown));
  }

  private Body read(byte[] json) {
    return reader.read(
        Argument.of(Body.class),
        MediaType.APPLICATION_JSON_TYPE,
        new SimpleHttpHeaders(ConversionService.SHARED),
        new ByteArrayInputStream(json));
  }
}
