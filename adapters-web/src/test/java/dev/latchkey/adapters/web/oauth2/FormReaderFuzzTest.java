package dev.latchkey.adapters.web.oauth2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.adapters.web.request.FormBytes;
import dev.latchkey.adapters.web.request.ProblemException;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.type.Argument;
import io.micronaut.http.MediaType;
import io.micronaut.http.simple.SimpleHttpHeaders;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;

final class FormReaderFuzzTest {

  private final FormReader reader = new FormReader();

  @FuzzTest
  void whatItReadsIsWhatWasSentAndNothingTwice(byte[] input) {
    FormRequest form;
    try {
      form = read(input);
    } catch (ProblemException e) {
      assertThat(e).hasMessage("bad_request");
      return;
    }

    Map<String, String> sent = parametersIn(new String(input, UTF_8));
    assertThat(new String(input, UTF_8).getBytes(UTF_8)).isEqualTo(input);
    assertHasExactly(form, sent);
    assertHasExactly(read(encoded(sent).getBytes(UTF_8)), sent);
  }

  private FormRequest read(byte[] body) {
    return reader.read(
        Argument.of(FormRequest.class),
        MediaType.APPLICATION_FORM_URLENCODED_TYPE,
        new SimpleHttpHeaders(ConversionService.SHARED),
        new ByteArrayInputStream(body));
  }

  private static void assertHasExactly(FormRequest form, Map<String, String> parameters) {
    parameters.forEach((name, value) -> assertThat(form.get(name)).isEqualTo(value));
    for (String name : new String[] {"grant_type", "refresh_token", "client_secret"}) {
      assertThat(form.has(name)).isEqualTo(!parameters.getOrDefault(name, "").isEmpty());
    }
  }

  private static Map<String, String> parametersIn(String form) {
    var parameters = new LinkedHashMap<String, String>();
    for (String pair : form.split("&", -1)) {
      if (!pair.isEmpty()) {
        String[] nameAndValue = pair.split("=", 2);
        String value = nameAndValue.length == 1 ? "" : decoded(nameAndValue[1]);
        assertThat(parameters.put(decoded(nameAndValue[0]), value)).as("comes twice").isNull();
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    byte[] sent = FormBytes.of(text);
    String decoded = new String(sent, UTF_8);
    assertThat(decoded.getBytes(UTF_8)).isEqualTo(sent);
    return decoded;
  }

  private static String encoded(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(
            parameter ->
                URLEncoder.encode(parameter.getKey(), UTF_8)
                    + "="
                    + URLEncoder.encode(parameter.getValue(), UTF_8))
        .collect(joining("&"));
  }
}
