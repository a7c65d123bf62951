package dev.latchkey.adapters.web.key;

import dev.latchkey.adapters.web.bearer.Bearer;
import dev.latchkey.adapters.web.problem.Problem;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.problem.Refuses;
import dev.latchkey.adapters.web.request.Devices;
import dev.latchkey.application.port.Actor;
import dev.latchkey.application.port.in.key.ListSigningKeys;
import dev.latchkey.application.port.in.key.RotateSigningKey;
import dev.latchkey.domain.key.SigningKey;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/**
 * {@code /api/signing-keys}: the life of the signing keys, for administrators. It is also the
 * example of calls that need a role: {@code @Secured} names it, and whoever lacks it gets 403 with
 * {@code insufficient_scope} (RFC 6750 §3.1).
 */
@Controller("/api/signing-keys")
@Secured("admin")
@Tag(name = "Keys")
final class SigningKeyController {

  private final ListSigningKeys listSigningKeys;
  private final RotateSigningKey rotateSigningKey;
  private final Devices devices;

  SigningKeyController(
      ListSigningKeys listSigningKeys, RotateSigningKey rotateSigningKey, Devices devices) {
    this.listSigningKeys = listSigningKeys;
    this.rotateSigningKey = rotateSigningKey;
    this.devices = devices;
  }

  @Get
  @Operation(summary = "List the signing keys and their states, oldest first; needs the role admin")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = SigningKeysResponse.class)))
  SigningKeysResponse listKeys() {
    return new SigningKeysResponse(
        listSigningKeys.execute().stream().map(SigningKeyResponse::of).toList());
  }

  @Post
  @Operation(
      summary =
          "Let the next signing key take over as soon as everybody can know it; needs the role"
              + " admin")
  @ApiResponse(
      responseCode = "202",
      description = "It is published, now or before, and signs later",
      content = @Content(schema = @Schema(implementation = SigningKeyResponse.class)))
  @Refuses(ProblemCode.OVERLOADED)
  HttpResponse<?> rotate(
      @Parameter(hidden = true) Bearer bearer, @Parameter(hidden = true) HttpRequest<?> request) {
    var administrator = new Actor.Administrator(bearer.token().userId(), devices.of(request));
    return switch (rotateSigningKey.execute(new RotateSigningKey.Command(administrator))) {
      case RotateSigningKey.Result.Added(SigningKey key) ->
          HttpResponse.accepted().body(SigningKeyResponse.pending(key));
      case RotateSigningKey.Result.AlreadyPending(SigningKey key) ->
          HttpResponse.accepted().body(SigningKeyResponse.pending(key));
      case RotateSigningKey.Result.WrongMasterKey _ -> Problem.response(ProblemCode.INTERNAL_ERROR);
      case RotateSigningKey.Result.Overtaken() -> Problem.retryLater(ProblemCode.OVERLOADED);
    };
  }
}
