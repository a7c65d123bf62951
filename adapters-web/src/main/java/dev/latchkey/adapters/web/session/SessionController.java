package dev.latchkey.adapters.web.session;

import dev.latchkey.adapters.web.bearer.Bearer;
import dev.latchkey.adapters.web.problem.FieldError;
import dev.latchkey.adapters.web.problem.Problem;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.problem.Refuses;
import dev.latchkey.adapters.web.request.Devices;
import dev.latchkey.application.port.in.session.ListSessions;
import dev.latchkey.application.port.in.session.RevokeOtherSessions;
import dev.latchkey.application.port.in.session.RevokeSession;
import dev.latchkey.domain.session.SessionId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/sessions}: see one's devices, and log them out. */
@Controller("/api/sessions")
@Secured(SecurityRule.IS_AUTHENTICATED)
@Tag(name = "Sessions")
final class SessionController {

  private static final String CURRENT = "current";

  private final ListSessions listSessions;
  private final RevokeSession revokeSession;
  private final RevokeOtherSessions revokeOtherSessions;
  private final Devices devices;

  SessionController(
      ListSessions listSessions,
      RevokeSession revokeSession,
      RevokeOtherSessions revokeOtherSessions,
      Devices devices) {
    this.listSessions = listSessions;
    this.revokeSession = revokeSession;
    this.revokeOtherSessions = revokeOtherSessions;
    this.devices = devices;
  }

  @Get
  @Operation(summary = "List the active sessions, oldest first")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = SessionsResponse.class)))
  SessionsResponse list(@Parameter(hidden = true) Bearer bearer) {
    return new SessionsResponse(
        listSessions.execute(bearer.token().userId()).stream()
            .map(session -> SessionResponse.of(session, bearer.token().sessionId()))
            .toList());
  }

  @Delete("/{id}")
  @Operation(summary = "End a session of one's own")
  @ApiResponse(responseCode = "204", description = "The session is ended")
  @Refuses(ProblemCode.NOT_FOUND)
  HttpResponse<?> end(
      @Parameter(example = "018f4e9c-7a52-7c11-b3a4-5d0e2f6c9a10") String id,
      @Parameter(hidden = true) Bearer bearer,
      @Parameter(hidden = true) HttpRequest<?> request) {
    SessionId session = parse(id);
    if (session == null) {
      return Problem.response(ProblemCode.NOT_FOUND);
    }
    var command = new RevokeSession.Command(bearer.token().userId(), session, devices.of(request));
    return switch (revokeSession.execute(command)) {
      case RevokeSession.Result.Revoked() -> HttpResponse.noContent();
      case RevokeSession.Result.NothingToRevoke() -> Problem.response(ProblemCode.NOT_FOUND);
    };
  }

  @Delete
  @Operation(
      summary = "End all sessions of one's own but the current one",
      parameters =
          @Parameter(
              in = ParameterIn.QUERY,
              name = "except",
              required = true,
              schema = @Schema(type = "string", allowableValues = CURRENT)))
  @ApiResponse(responseCode = "204", description = "The others are ended")
  @Refuses(ProblemCode.VALIDATION_FAILED)
  HttpResponse<?> endOthers(
      @Nullable @QueryValue @Parameter(hidden = true) String except,
      @Parameter(hidden = true) Bearer bearer,
      @Parameter(hidden = true) HttpRequest<?> request) {
    if (!CURRENT.equals(except)) {
      return Problem.response(
          ProblemCode.VALIDATION_FAILED, List.of(FieldError.otherThan("except", CURRENT)));
    }
    var _ =
        revokeOtherSessions.execute(
            new RevokeOtherSessions.Command(
                bearer.token().userId(), bearer.token().sessionId(), devices.of(request)));
    return HttpResponse.noContent();
  }

  private static @Nullable SessionId parse(String id) {
    try {
      UUID uuid = UUID.fromString(id);
      return uuid.toString().equalsIgnoreCase(id) ? new SessionId(uuid) : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
