package dev.latchkey.examples.tasks.problem;

import io.micronaut.http.HttpStatus;
import java.util.Arrays;
import java.util.Locale;

/**
 * Everything that a caller can be refused for beside the access token, which the kit judges. The
 * codes are Latchkey's.
 */
public enum Refusal {
  VALIDATION_FAILED(HttpStatus.BAD_REQUEST, "The request breaks the rules listed in errors."),
  BAD_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be understood."),
  NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such resource."),
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This resource does not support the method."),
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Only application/json is available."),
  BODY_TOO_LARGE(
      HttpStatus.REQUEST_ENTITY_TOO_LARGE, "The request is larger than the server accepts."),
  UNSUPPORTED_MEDIA_TYPE(
      HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be sent as application/json."),
  INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error.");

  private final HttpStatus status;
  private final String detail;

  Refusal(HttpStatus status, String detail) {
    this.status = status;
    this.detail = detail;
  }

  /** What fits a status that the framework has decided on. */
  static Refusal ofStatus(int status) {
    if (status == HttpStatus.BAD_REQUEST.getCode()) {
      return BAD_REQUEST;
    }
    return Arrays.stream(values())
        .filter(refusal -> refusal.status.getCode() == status)
        .findFirst()
        .orElse(status < 500 ? BAD_REQUEST : INTERNAL_ERROR);
  }

  HttpStatus status() {
    return status;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  String detail() {
    return detail;
  }
}
