package dev.latchkey.adapters.web.oauth2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.type.Argument;
import io.micronaut.http.MediaType;
import io.micronaut.http.simple.SimpleHttpHeaders;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormReaderTest {

  private final FormReader reader = new FormReader();

  @ParameterizedTest
  @ValueSource(strings = {"scope=a+b", "&&sc%6fpe=a%20b&", "scope=a+b&=x", "&=x&scope=a+b&y"})
  void readsParametersWhateverElseThereIs(String form) {
    assertThat(read(form).get("scope")).isEqualTo("a b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"scope=a&scope=a", "scope=&scope", "scope=a&sc%6fpe=b", "=&="})
  void refusesAParameterThatComesTwice(String form) {
    assertThatThrownBy(() -> read(form)).hasMessage("bad_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%ff", "%ff=a", "a=\u00ff", "a=\u00dd%bd", "a=%c0%80", "a=%4", "a=%+1"})
  void refusesWhatIsNoText(String form) {
    assertThatThrownBy(() -> read(form)).hasMessage("bad_request");
  }

  private FormRequest read(String form) {
    return reader.read(
        Argument.of(FormRequest.class),
        MediaType.APPLICATION_FORM_URLENCODED_TYPE,
        new SimpleHttpHeaders(ConversionService.SHARED),
        new ByteArrayInputStream(form.getBytes(ISO_8859_1)));
  }
}
