package dev.latchkey.examples.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.examples.tasks.problem.Problem.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of a request that adds or changes a task: what is left out is {@code null}. */
record TaskRequest(@Nullable String title, @Nullable Boolean done) {

  /** In characters as Unicode counts them. */
  static final int LONGEST_TITLE = 200;

  TaskRequest {
    title = title == null ? null : title.strip();
  }

  List<FieldError> errorsOfNew() {
    if (title == null) {
      return List.of(new FieldError("title", "required", "is required"));
    }
    return done == null
        ? errorsOfTitle(title)
        : List.of(new FieldError("done", "unknown", "is not a property of a new task"));
  }

  List<FieldError> errorsOfChange() {
    if (title == null) {
      return done == null
          ? List.of(new FieldError("title", "required", "is required, or else done"))
          : List.of();
    }
    return errorsOfTitle(title);
  }

  private static List<FieldError> errorsOfTitle(String title) {
    int length = title.codePointCount(0, title.length());
    if (length == 0 || length > LONGEST_TITLE) {
      return List.of(
          new FieldError(
              "title", "wrong_length", "must have 1 to " + LONGEST_TITLE + " characters"));
    }
    // Half of a surrogate pair has no encoding, and PostgreSQL stores no NUL.
    return title.chars().anyMatch(Character::isISOControl) || !UTF_8.newEncoder().canEncode(title)
        ? List.of(new FieldError("title", "wrong_character", "must not have control characters"))
        : List.of();
  }
}
