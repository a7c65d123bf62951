package dev.latchkey.examples.tasks.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.util.List;

/**
 * The body of every refusal (RFC 9457 §3), but of those that the kit answers with a challenge
 * alone.
 *
 * @param code stable and meant for programs
 * @param errors what is wrong with which field, if that is the problem
 */
public record Problem(
    String type,
    String title,
    int status,
    String code,
    String detail,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {

  /**
   * @param message the rule, for people; never repeats what was sent
   */
  public record FieldError(String field, String code, String message) {}

  static Problem of(Refusal refusal, List<FieldError> errors) {
    return new Problem(
        "about:blank",
        refusal.status().getReason(),
        refusal.status().getCode(),
        refusal.code(),
        refusal.detail(),
        errors);
  }

  public static MutableHttpResponse<Problem> response(Refusal refusal) {
    return response(refusal, List.of());
  }

  /** Of a request with invalid fields. */
  public static MutableHttpResponse<Problem> invalid(List<FieldError> errors) {
    return response(Refusal.VALIDATION_FAILED, errors);
  }

  private static MutableHttpResponse<Problem> response(Refusal refusal, List<FieldError> errors) {
    return HttpResponse.<Problem>status(refusal.status())
        .contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE)
        .body(of(refusal, errors));
  }
}
