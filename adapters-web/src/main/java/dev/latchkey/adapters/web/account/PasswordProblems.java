package dev.latchkey.adapters.web.account;

import dev.latchkey.adapters.web.problem.FieldError;
import dev.latchkey.adapters.web.problem.Problem;
import dev.latchkey.adapters.web.problem.ProblemCode;
import io.micronaut.http.HttpResponse;
import java.util.List;

/** What is wrong with a new password that is one; the same wherever one is set. */
final class PasswordProblems {

  private PasswordProblems() {}

  static HttpResponse<?> tooCommon(String field) {
    return invalid(field, "too_common", "is one of the passwords that attackers try first");
  }

  static HttpResponse<?> breached(String field) {
    return invalid(
        field, "breached", "is in a list of leaked passwords, which attackers try; choose another");
  }

  static HttpResponse<?> tooSimilar(String field) {
    return invalid(
        field,
        "too_similar",
        "says little more than the user name, the e-mail address or the name of the service;"
            + " add words that have nothing to do with them");
  }

  private static HttpResponse<?> invalid(String field, String code, String message) {
    return Problem.response(
        ProblemCode.VALIDATION_FAILED, List.of(new FieldError(field, code, message)));
  }
}
