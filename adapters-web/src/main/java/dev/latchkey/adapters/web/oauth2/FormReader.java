package dev.latchkey.adapters.web.oauth2;

import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.request.FormEncoding;
import dev.latchkey.adapters.web.request.ProblemException;
import io.micronaut.core.type.Argument;
import io.micronaut.core.type.Headers;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.body.MessageBodyReader;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads forms (RFC 6749 Appendix B), and refuses those that name a parameter twice (§3.2). */
@Singleton
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
final class FormReader implements MessageBodyReader<FormRequest> {

  @Override
  public boolean isReadable(Argument<FormRequest> type, @Nullable MediaType mediaType) {
    return type.getType() == FormRequest.class;
  }

  /**
   * @throws ProblemException if the body is no form, or does not say so, or names a parameter twice
   */
  @Override
  public FormRequest read(
      Argument<FormRequest> type,
      @Nullable MediaType mediaType,
      Headers headers,
      InputStream body) {
    if (mediaType == null) {
      throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE, List.of());
    }
    try {
      return new FormRequest(parse(FormEncoding.utf8(body.readAllBytes())));
    } catch (IOException | IllegalArgumentException _) {
      throw new ProblemException(ProblemCode.BAD_REQUEST, List.of());
    }
  }

  private static Map<String, String> parse(String form) throws CharacterCodingException {
    var parameters = new HashMap<String, String>();
    for (String pair : form.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = FormEncoding.decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : FormEncoding.decode(pair.substring(equals + 1));
      if (parameters.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException("a parameter comes twice");
      }
    }
    return parameters;
  }
}
