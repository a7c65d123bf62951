package dev.latchkey.adapters.web.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.adapters.web.problem.FieldError;
import dev.latchkey.adapters.web.problem.ProblemCode;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.type.Argument;
import io.micronaut.http.MediaType;
import io.micronaut.http.simple.SimpleHttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

final class StrictJsonReaderFuzzTest {

  private static final List<String> MEMBERS = List.of("name", "secret", "note");
  private static final int MAX_SHOWN_FIELD = 64;

  private final StrictJsonReader<Body> reader = new StrictJsonReader<>();
  private final ObjectMapper plain = new ObjectMapper();

  record Body(String name, Secret secret, String note) implements JsonRequest {

    Body {
      name = Objects.requireNonNullElse(name, "");
      secret = Objects.requireNonNullElse(secret, Secret.EMPTY);
      note = Objects.requireNonNullElse(note, "");
    }

    List<String> texts() {
      return List.of(name, secret.reveal(), note);
    }
  }

  @FuzzTest
  void whatItReadsEverybodyReadsTheSame(byte[] input) throws IOException {
    Body body;
    try {
      body = read(input);
    } catch (ProblemException e) {
      assertDescribed(e);
      return;
    }

    JsonNode object = plain.readTree(input);
    assertThat(MEMBERS).containsAll(namesIn(input)).containsAll(object::fieldNames);
    assertThat(namesIn(input)).doesNotHaveDuplicates();
    assertThat(body.texts()).isEqualTo(textsOf(object));
    assertThat(read(plain.writeValueAsBytes(object)).texts()).isEqualTo(body.texts());
    assertThat(UTF_8.newDecoder().decode(ByteBuffer.wrap(input)).toString().strip())
        .startsWith("{")
        .endsWith("}");
  }

  private Body read(byte[] json) {
    return reader.read(
        Argument.of(Body.class),
        MediaType.APPLICATION_JSON_TYPE,
        new SimpleHttpHeaders(ConversionService.SHARED),
        new ByteArrayInputStream(json));
  }

  /** A member that is null is as good as none; any other is a text, and no number for one. */
  private static List<String> textsOf(JsonNode object) {
    return MEMBERS.stream()
        .map(object::path)
        .map(
            member ->
                member.isNull() || member.isMissingNode()
                    ? ""
                    : Objects.requireNonNull(member.textValue()))
        .toList();
  }

  /** The names as they come, also if they come twice. */
  private List<String> namesIn(byte[] json) throws IOException {
    var names = new ArrayList<String>();
    try (var parser = plain.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          names.add(parser.currentName());
        }
      }
    }
    return names;
  }

  private static void assertDescribed(ProblemException e) {
    if (e.code() == ProblemCode.MALFORMED_JSON) {
      assertThat(e.errors()).isEmpty();
      return;
    }
    assertThat(e.code()).isEqualTo(ProblemCode.VALIDATION_FAILED);
    assertThat(e.errors()).hasSize(1);
    FieldError error = e.errors().getFirst();
    assertThat(error.code()).isEqualTo(MEMBERS.contains(error.field()) ? "wrong_type" : "unknown");
    assertThat(error.field()).hasSizeLessThanOrEqualTo(MAX_SHOWN_FIELD);
    assertThat(UTF_8.newEncoder().canEncode(error.field())).as("whole characters").isTrue();
  }
}
