package dev.latchkey.adapters.web.problem;

import com.fasterxml.jackson.annotation.JsonValue;
import io.micronaut.http.HttpStatus;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every problem of the API: the status, the code for programs, the sentence for people. Codes never
 * change.
 */
public enum ProblemCode {
  MALFORMED_JSON(
      HttpStatus.BAD_REQUEST,
      "The body must be one well-formed JSON object that names each member once."),
  VALIDATION_FAILED(HttpStatus.BAD_REQUEST, "The request breaks the rules listed in errors."),
  BAD_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be understood."),
  INVALID_CODE(
      HttpStatus.BAD_REQUEST,
      "The code is not valid, or was used, or has expired. Ask for another."),
  INVALID_DPOP_PROOF(
      HttpStatus.BAD_REQUEST,
      "The DPoP proof is missing, or not one for this request, or one of another key."),
  USE_DPOP_NONCE(
      HttpStatus.BAD_REQUEST,
      "The DPoP proof must contain the nonce that the header DPoP-Nonce of this answer gives."),
  INVALID_CREDENTIALS(HttpStatus.UNAUTHORIZED, "The user name or the password is wrong."),
  INVALID_CLIENT(HttpStatus.UNAUTHORIZED, "Unknown client, or client authentication failed."),
  INVALID_REFRESH_TOKEN(HttpStatus.UNAUTHORIZED, "The refresh token is not valid."),
  REFRESH_TOKEN_EXPIRED(HttpStatus.UNAUTHORIZED, "The session has expired. Log in again."),
  SESSION_REVOKED(HttpStatus.UNAUTHORIZED, "The session was revoked. Log in again."),
  REFRESH_TOKEN_REUSED(
      HttpStatus.UNAUTHORIZED,
      "The refresh token was used before, so somebody may have a copy of it. The session has been"
          + " revoked. Log in again."),
  ACCESS_TOKEN_MISMATCH(
      HttpStatus.UNAUTHORIZED, "The access token does not belong to the session."),
  ACCESS_TOKEN_NOT_EXPIRED(
      HttpStatus.CONFLICT,
      "Send the session's access token with the request, after it has expired."),
  ACCESS_TOKEN_REQUIRED(HttpStatus.UNAUTHORIZED, "An access token is required."),
  INVALID_ACCESS_TOKEN(HttpStatus.UNAUTHORIZED, "The access token is not valid."),
  ACCESS_TOKEN_EXPIRED(HttpStatus.UNAUTHORIZED, "The access token has expired."),
  FORBIDDEN(HttpStatus.FORBIDDEN, "The access token does not permit this."),
  NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such resource."),
  METHOD_NOT_ALLOWED(
      HttpStatus.METHOD_NOT_ALLOWED,
      "This resource does not support the method; see the Allow header."),
  NOT_ACCEPTABLE(
      HttpStatus.NOT_ACCEPTABLE,
      "No representation is available in a media type that the Accept header allows."),
  WRONG_PASSWORD(HttpStatus.FORBIDDEN, "The password is wrong."),
  ORIGIN_NOT_ALLOWED(
      HttpStatus.FORBIDDEN,
      "A request with the cookie must come from a page of this service, or of an origin and the"
          + " same site that the service allows."),
  MAIL_OFF(HttpStatus.NOT_FOUND, "This service sends no mail, so this is not available."),
  USERNAME_TAKEN(HttpStatus.CONFLICT, "The user name belongs to another account."),
  EMAIL_TAKEN(HttpStatus.CONFLICT, "The e-mail address belongs to another account."),
  LAST_ADMINISTRATOR(
      HttpStatus.CONFLICT, "Nobody else could administer the service. Appoint somebody first."),
  BODY_TOO_LARGE(
      HttpStatus.REQUEST_ENTITY_TOO_LARGE, "The request is larger than the server accepts."),
  UNSUPPORTED_MEDIA_TYPE(
      HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be sent as application/json."),
  TOO_MANY_ATTEMPTS(
      HttpStatus.TOO_MANY_REQUESTS,
      "There were too many attempts. Try again after the time that Retry-After gives, in seconds."),
  INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error."),
  OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE, "The server is busy. Try again in a moment."),
  STORAGE_UNAVAILABLE(
      HttpStatus.SERVICE_UNAVAILABLE,
      "The server cannot reach its database. Try again in a moment.");

  private final HttpStatus status;
  private final String detail;

  ProblemCode(HttpStatus status, String detail) {
    this.status = status;
    this.detail = detail;
  }

  /** What fits a status that the framework, not a controller, has decided on. */
  static ProblemCode ofStatus(HttpStatus status) {
    return switch (status) {
      case BAD_REQUEST -> BAD_REQUEST;
      case UNAUTHORIZED -> ACCESS_TOKEN_REQUIRED;
      case SERVICE_UNAVAILABLE -> OVERLOADED;
      case CONFLICT -> BAD_REQUEST;
      default -> onlyOneOf(status).orElse(status.getCode() < 500 ? BAD_REQUEST : INTERNAL_ERROR);
    };
  }

  private static Optional<ProblemCode> onlyOneOf(HttpStatus status) {
    return Arrays.stream(values()).filter(problem -> problem.status == status).findFirst();
  }

  public HttpStatus status() {
    return status;
  }

  /** The member {@code code} of the problem, for example {@code username_taken}. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String detail() {
    return detail;
  }
}
