package dev.latchkey.adapters.web.problem;

import dev.latchkey.domain.text.Violation;

/**
 * One rule that one field of a request breaks.
 *
 * @param field the JSON property, or the header
 * @param code stable, for programs
 * @param message the rule, for people; never repeats what was sent
 */
public record FieldError(String field, String code, String message) {

  public static FieldError of(String field, Violation violation) {
    return new FieldError(field, violation.code(), violation.message());
  }

  public static FieldError unknown(String field) {
    return new FieldError(field, "unknown", "is not a property of this request");
  }

  public static FieldError otherThan(String field, String onlyValue) {
    return new FieldError(field, "invalid_value", "must be " + onlyValue);
  }
}
