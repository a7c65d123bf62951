package dev.latchkey.adapters.web.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.adapters.web.correlation.RequestId;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of every refusal (RFC 9457 §3), with the extension members {@code code}, {@code errors}
 * and {@code requestId}.
 *
 * @param type always {@code about:blank}: the code, not an address, tells problems apart
 * @param title the words of the status (RFC 9457 §4.2.1)
 * @param code stable and meant for programs
 * @param errors what is wrong with which field, if that is the problem
 * @param requestId what whoever runs the service can find the request by; null until the answer is
 *     about to leave. It is no {@code instance} (RFC 9457 §3.1.5): that is a URI, and a proxy may
 *     have chosen an id that makes none
 */
@Schema(name = "Problem")
public record Problem(
    String type,
    String title,
    int status,
    @Schema(implementation = String.class) ProblemCode code,
    String detail,
    @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<FieldError> errors,
    @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED, example = RequestId.EXAMPLE)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String requestId) {

  private static final String BEARER = "Bearer";

  /** For clients, which authenticate by {@code client_secret_basic} (RFC 6749 §5.2). */
  private static final String BASIC = "Basic realm=\"latchkey\", charset=\"UTF-8\"";

  public static Problem of(ProblemCode code, List<FieldError> errors) {
    return of(code.status(), code, errors);
  }

  private static Problem of(HttpStatus status, ProblemCode code, List<FieldError> errors) {
    return new Problem(
        "about:blank", status.getReason(), status.getCode(), code, code.detail(), errors, null);
  }

  /** The same, as the answer to this request. */
  public Problem answering(HttpRequest<?> request) {
    String id = RequestId.of(request);
    return new Problem(type, title, status, code, detail, errors, id.isEmpty() ? null : id);
  }

  public static MutableHttpResponse<Problem> response(ProblemCode code) {
    return response(code, List.of());
  }

  public static MutableHttpResponse<Problem> response(ProblemCode code, List<FieldError> errors) {
    MutableHttpResponse<Problem> response =
        HttpResponse.<Problem>status(code.status())
            .contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE)
            .body(of(code, errors));
    // Every 401 names a way in (RFC 9110 §15.5.2).
    return code.status() == HttpStatus.UNAUTHORIZED
        ? response.header(
            HttpHeaders.WWW_AUTHENTICATE, code == ProblemCode.INVALID_CLIENT ? BASIC : BEARER)
        : response;
  }

  /** A refusal of access to a resource: 401, whatever the code's status is elsewhere. */
  public static MutableHttpResponse<Problem> unauthorized(ProblemCode code, String challenge) {
    return HttpResponse.<Problem>status(HttpStatus.UNAUTHORIZED)
        .contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE)
        .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
        .body(of(HttpStatus.UNAUTHORIZED, code, List.of()));
  }

  /** A refusal that passes by itself in a moment. */
  public static MutableHttpResponse<Problem> retryLater(ProblemCode code) {
    return retryLater(code, Duration.ofSeconds(1));
  }

  /** One that passes in that time: says when to try again (RFC 9110 §10.2.3), in whole seconds. */
  public static MutableHttpResponse<Problem> retryLater(ProblemCode code, Duration delay) {
    long seconds = Math.max(1, delay.plusNanos(999_999_999).toSeconds());
    return response(code).header(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
  }
}
