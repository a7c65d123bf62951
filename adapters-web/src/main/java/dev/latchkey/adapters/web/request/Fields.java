package dev.latchkey.adapters.web.request;

import dev.latchkey.adapters.web.problem.FieldError;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.text.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks the fields of a request against the rules of the domain and collects all that is wrong
 * with them.
 */
public final class Fields {

  private final List<FieldError> errors = new ArrayList<>();

  public <T> Parsed<T> require(String field, String text, Function<String, Parsed<T>> parser) {
    Parsed<T> parsed = parser.apply(text);
    if (parsed instanceof Parsed.Invalid<T>(Violation violation)) {
      errors.add(FieldError.of(field, violation));
    }
    return parsed;
  }

  /** A field that may be left out, or left empty. */
  public <T> Optional<Parsed<T>> allow(
      String field, String text, Function<String, Parsed<T>> parser) {
    return text.isEmpty() ? Optional.empty() : Optional.of(require(field, text, parser));
  }

  /**
   * To be called before the values are used.
   *
   * @throws ProblemException if any field breaks its rule
   */
  public void orRefuse() {
    if (!errors.isEmpty()) {
      throw new ProblemException(ProblemCode.VALIDATION_FAILED, errors);
    }
  }
}
