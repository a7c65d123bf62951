package dev.latchkey.adapters.web.request;

import dev.latchkey.adapters.web.problem.FieldError;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.domain.user.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks the fields of a request against the rules of the domain and collects all that is wrong
 * with them.
 */
public final class Fields {

  private final List<FieldError> errors = new ArrayList<>();

  public Fields require(String field, String text, Function<String, @Nullable Violation> rule) {
    Violation violation = rule.apply(text);
    if (violation != null) {
      errors.add(FieldError.of(field, violation));
    }
    return this;
  }

  /** A field that may be left out, or left empty. */
  public Fields allow(String field, String text, Function<String, @Nullable Violation> rule) {
    return text.isEmpty() ? this : require(field, text, rule);
  }

  /**
   * @throws InvalidRequestException if any field breaks its rule
   */
  public void orRefuse() {
    if (!errors.isEmpty()) {
      throw new InvalidRequestException(ProblemCode.VALIDATION_FAILED, errors);
    }
  }
}
