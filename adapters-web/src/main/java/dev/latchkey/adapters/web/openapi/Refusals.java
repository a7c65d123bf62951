package dev.latchkey.adapters.web.openapi;

import dev.latchkey.adapters.web.bearer.BearerChallenge;
import dev.latchkey.adapters.web.oauth2.FormRequest;
import dev.latchkey.adapters.web.oauth2.OAuth2ErrorFilter;
import dev.latchkey.adapters.web.problem.FieldError;
import dev.latchkey.adapters.web.problem.Problem;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.domain.text.Violation;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every refusal that a call can meet: those that it names, and those that follow from what it
 * takes. Each is made by the code that refuses.
 */
@Singleton
final class Refusals {

  /** A name that no request has. */
  private static final String UNKNOWN_MEMBER = "unknownMember";

  private final OAuth2ErrorFilter oauth2;

  Refusals(OAuth2ErrorFilter oauth2) {
    this.oauth2 = oauth2;
  }

  /**
   * @param parameters of the call: those it cannot do without, in their order
   */
  List<Refusal> of(Call call, List<Parameter> parameters) {
    Stream<Refusal> problems =
        problems(call).stream()
            .map(code -> new Refusal(code.code(), response(code, call, parameters)));
    Stream<Refusal> oauth2Refusals =
        call.oauth2Refuses().stream()
            .map(refusal -> new Refusal(name(refusal), refusal.response()));
    return Stream.concat(oauth2Refusals, problems).toList();
  }

  private static String name(Enum<?> refusal) {
    return refusal.name().toLowerCase(Locale.ROOT);
  }

  /**
   * @param onlyValue the only one that it can have; empty if there is a choice
   */
  record Parameter(String name, String onlyValue) {}

  private static Set<ProblemCode> problems(Call call) {
    Set<ProblemCode> codes =
        EnumSet.of(ProblemCode.BAD_REQUEST, ProblemCode.NOT_ACCEPTABLE, ProblemCode.INTERNAL_ERROR);
    codes.addAll(call.refuses());
    if (call.usesStorage()) {
      codes.add(ProblemCode.STORAGE_UNAVAILABLE);
      if (!codes.contains(ProblemCode.TOO_MANY_ATTEMPTS)) {
        codes.add(ProblemCode.OVERLOADED);
      }
    }
    if (call.takesJson()) {
      codes.add(ProblemCode.MALFORMED_JSON);
    }
    if (call.takesJson() || call.takesForm()) {
      codes.add(ProblemCode.VALIDATION_FAILED);
      codes.add(ProblemCode.BODY_TOO_LARGE);
      codes.add(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
    }
    if (call.takesBearer()) {
      codes.add(ProblemCode.ACCESS_TOKEN_REQUIRED);
      codes.add(ProblemCode.INVALID_ACCESS_TOKEN);
      codes.add(ProblemCode.ACCESS_TOKEN_EXPIRED);
      codes.add(ProblemCode.INVALID_DPOP_PROOF);
      codes.add(ProblemCode.USE_DPOP_NONCE);
    }
    if (!call.roles().isEmpty()) {
      codes.add(ProblemCode.FORBIDDEN);
    }
    if (call.takesCookie()) {
      codes.add(ProblemCode.ORIGIN_NOT_ALLOWED);
    }
    return codes;
  }

  private MutableHttpResponse<?> response(ProblemCode code, Call call, List<Parameter> parameters) {
    MutableHttpResponse<?> response =
        switch (code) {
          case ACCESS_TOKEN_REQUIRED -> BearerChallenge.NO_TOKEN.response();
          case INVALID_ACCESS_TOKEN -> BearerChallenge.INVALID_TOKEN.response();
          case ACCESS_TOKEN_EXPIRED -> BearerChallenge.EXPIRED_TOKEN.response();
          case INVALID_DPOP_PROOF ->
              call.needsBearer()
                  ? BearerChallenge.INVALID_PROOF.response()
                  : Problem.response(code);
          case USE_DPOP_NONCE ->
              call.needsBearer() ? BearerChallenge.NONCE_NEEDED.response() : Problem.response(code);
          case FORBIDDEN -> BearerChallenge.rolesNeeded(call.roles());
          case TOO_MANY_ATTEMPTS, OVERLOADED, STORAGE_UNAVAILABLE -> Problem.retryLater(code);
          case VALIDATION_FAILED -> Problem.response(code, errors(call, parameters));
          default -> Problem.response(code);
        };
    if (call.isOAuth2()) {
      oauth2.translate(response);
    }
    return response;
  }

  /** What a request gets that has none of these, or one that is unknown if it needs none. */
  private static List<FieldError> errors(Call call, List<Parameter> parameters) {
    return parameters.isEmpty()
        ? List.of(FieldError.unknown(UNKNOWN_MEMBER))
        : parameters.stream().map(parameter -> error(call, parameter)).toList();
  }

  private static FieldError error(Call call, Parameter parameter) {
    if (call.takesForm()) {
      return FormRequest.missing(parameter.name());
    }
    return parameter.onlyValue().isEmpty()
        ? FieldError.of(parameter.name(), Violation.required())
        : FieldError.otherThan(parameter.name(), parameter.onlyValue());
  }
}
