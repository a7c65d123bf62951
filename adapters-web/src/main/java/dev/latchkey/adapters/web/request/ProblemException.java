package dev.latchkey.adapters.web.request;

import dev.latchkey.adapters.web.problem.FieldError;
import dev.latchkey.adapters.web.problem.ProblemCode;
import java.util.List;

/** A request that is rejected before any use case is called. Its message is the code alone. */
public final class ProblemException extends RuntimeException {

  private final transient ProblemCode code;
  private final transient List<FieldError> errors;

  public ProblemException(ProblemCode code, List<FieldError> errors) {
    super(code.code(), null, false, false);
    this.code = code;
    this.errors = List.copyOf(errors);
  }

  public static ProblemException ofField(String field, String code, String message) {
    return new ProblemException(
        ProblemCode.VALIDATION_FAILED, List.of(new FieldError(field, code, message)));
  }

  ProblemCode code() {
    return code;
  }

  List<FieldError> errors() {
    return errors;
  }
}
