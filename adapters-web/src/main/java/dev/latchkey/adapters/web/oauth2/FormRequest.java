package dev.latchkey.adapters.web.oauth2;

import dev.latchkey.adapters.web.problem.FieldError;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.request.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a request, each at most once. One without a value counts as left out (RFC 6749
 * §3.2); those that nobody asks for are ignored.
 */
public final class FormRequest {

  private final Map<String, String> parameters;

  FormRequest(Map<String, String> parameters) {
    this.parameters = Map.copyOf(parameters);
  }

  /** The value, or an empty text if there is none. */
  String get(String name) {
    return parameters.getOrDefault(name, "");
  }

  boolean has(String name) {
    return !get(name).isEmpty();
  }

  /**
   * @throws ProblemException if there is no value
   */
  String require(String name) {
    if (!has(name)) {
      throw new ProblemException(ProblemCode.VALIDATION_FAILED, List.of(missing(name)));
    }
    return get(name);
  }

  public static FieldError missing(String name) {
    return new FieldError(name, "required", "must be given once");
  }

  /**
   * The id that a public client states; may be empty.
   *
   * @throws ProblemException if there is a secret in the body: confidential clients send it in the
   *     header, and never in both (RFC 6749 §2.3)
   */
  String clientId(HttpRequest<?> request) {
    if (has("client_secret")) {
      boolean twice = request.getHeaders().contains(HttpHeaders.AUTHORIZATION);
      throw new ProblemException(
          twice ? ProblemCode.BAD_REQUEST : ProblemCode.INVALID_CLIENT, List.of());
    }
    return get("client_id");
  }

  /** Redacted: parameters are tokens and secrets. */
  @Override
  public String toString() {
    return "FormRequest[redacted]";
  }
}
