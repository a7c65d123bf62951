package dev.latchkey.adapters.web.oauth2;

import dev.latchkey.adapters.web.problem.ProblemCode;
import io.micronaut.http.HttpStatus;
import java.util.Locale;

/** The errors of RFC 6749 §5.2 and RFC 9449, and for faults of the server those of §4.1.2.1. */
enum OAuth2ErrorCode {
  INVALID_REQUEST(HttpStatus.BAD_REQUEST),
  INVALID_CLIENT(HttpStatus.UNAUTHORIZED),
  INVALID_GRANT(HttpStatus.BAD_REQUEST),
  INVALID_SCOPE(HttpStatus.BAD_REQUEST),
  UNAUTHORIZED_CLIENT(HttpStatus.FORBIDDEN),
  UNSUPPORTED_GRANT_TYPE(HttpStatus.BAD_REQUEST),
  /** RFC 9449 §5. */
  INVALID_DPOP_PROOF(HttpStatus.BAD_REQUEST),
  /** RFC 9449 §8. */
  USE_DPOP_NONCE(HttpStatus.BAD_REQUEST),
  SERVER_ERROR(HttpStatus.INTERNAL_SERVER_ERROR),
  TEMPORARILY_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE);

  private final HttpStatus status;

  OAuth2ErrorCode(HttpStatus status) {
    this.status = status;
  }

  HttpStatus status() {
    return status;
  }

  /** As the member {@code error} spells it. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a refusal by another part of the service is called here. */
  static OAuth2ErrorCode of(ProblemCode problem) {
    return switch (problem) {
      case INVALID_DPOP_PROOF -> INVALID_DPOP_PROOF;
      case USE_DPOP_NONCE -> USE_DPOP_NONCE;
      default -> ofStatus(problem.status());
    };
  }

  private static OAuth2ErrorCode ofStatus(HttpStatus status) {
    return switch (status) {
      case INTERNAL_SERVER_ERROR -> SERVER_ERROR;
      case SERVICE_UNAVAILABLE -> TEMPORARILY_UNAVAILABLE;
      case UNAUTHORIZED -> INVALID_CLIENT;
      default -> INVALID_REQUEST;
    };
  }
}
