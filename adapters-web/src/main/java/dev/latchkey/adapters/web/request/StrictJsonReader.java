package dev.latchkey.adapters.web.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.latchkey.adapters.web.problem.FieldError;
import dev.latchkey.adapters.web.problem.ProblemCode;
import io.micronaut.core.type.Argument;
import io.micronaut.core.type.Headers;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.body.MessageBodyReader;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies of requests strictly: no unknown or repeated members, no numbers for strings,
 * nothing after the object, no encoding but UTF-8 (RFC 8259 §8.1).
 */
@Singleton
@Consumes(MediaType.APPLICATION_JSON)
final class StrictJsonReader<T extends JsonRequest> implements MessageBodyReader<T> {

  private static final int MAX_SHOWN_FIELD = 64;

  private static final ObjectReader JSON =
      JsonMapper.builder(
              // Which is UTF-8, and nothing that looks like another encoding.
              JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .withCoercionConfig(
              LogicalType.Textual,
              textual -> {
                for (CoercionInputShape shape : CoercionInputShape.values()) {
                  textual.setCoercion(shape, CoercionAction.Fail);
                }
              })
          .build()
          .reader();

  @Override
  public boolean isReadable(Argument<T> type, @Nullable MediaType mediaType) {
    return JsonRequest.class.isAssignableFrom(type.getType());
  }

  /**
   * @throws ProblemException if the body is not a JSON object with the members of {@code type}
   */
  @Override
  public T read(
      Argument<T> type, @Nullable MediaType mediaType, Headers headers, InputStream body) {
    if (mediaType == null && headers.contains(HttpHeaders.CONTENT_TYPE)) {
      // The framework passes over a media type that it cannot read.
      throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE, List.of());
    }
    try {
      byte[] json = body.readAllBytes();
      requireUtf8(json);
      T request = JSON.forType(type.getType()).readValue(json);
      if (request == null) {
        throw new ProblemException(ProblemCode.MALFORMED_JSON, List.of());
      }
      return request;
    } catch (UnrecognizedPropertyException e) {
      throw new ProblemException(
          ProblemCode.VALIDATION_FAILED, List.of(FieldError.unknown(fieldOf(e))));
    } catch (MismatchedInputException e) {
      throw e.getPath().isEmpty()
          ? new ProblemException(ProblemCode.MALFORMED_JSON, List.of())
          : ProblemException.ofField(fieldOf(e), "wrong_type", "must be a string");
    } catch (JsonProcessingException | CharacterCodingException e) {
      throw new ProblemException(ProblemCode.MALFORMED_JSON, List.of());
    } catch (IOException e) {
      throw new ProblemException(ProblemCode.BAD_REQUEST, List.of());
    }
  }

  /**
   * Jackson's own decoder accepts several spellings of one character. Given characters instead of
   * bytes, it accepts some that are no hexadecimal digits as digits of an escape.
   */
  private static void requireUtf8(byte[] json) throws CharacterCodingException {
    var _ = UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
  }

  /**
   * The name of a member is the sender's text: what is shown of it is short, and any half of a
   * surrogate pair, which UTF-8 does not have, becomes a question mark.
   */
  private static String fieldOf(JsonMappingException e) {
    String name = e.getPath().getFirst().getFieldName();
    if (name == null) {
      return "";
    }
    String shown = name.length() > MAX_SHOWN_FIELD ? name.substring(0, MAX_SHOWN_FIELD) : name;
    return new String(shown.getBytes(UTF_8), UTF_8);
  }
}
