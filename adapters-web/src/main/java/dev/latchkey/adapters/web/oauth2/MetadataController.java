package dev.latchkey.adapters.web.oauth2;

import dev.latchkey.adapters.web.issuer.AuthorizationServer;
import dev.latchkey.adapters.web.problem.Problem;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.problem.Refuses;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** {@code GET /.well-known/oauth-authorization-server}: where everything is (RFC 8414). */
@Controller("/.well-known/oauth-authorization-server")
@Secured(SecurityRule.IS_ANONYMOUS)
@Tag(name = "Metadata")
final class MetadataController {

  private final AuthorizationServer server;

  MetadataController(AuthorizationServer server) {
    this.server = server;
  }

  @Get
  @Operation(
      summary =
          "Tell standard OAuth 2.0 clients and resource servers the addresses of this service")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = MetadataResponse.class)))
  MetadataResponse metadata() {
    return MetadataResponse.of(server);
  }

  /** An issuer with a path has its metadata below that path (RFC 8414 §3.1). */
  @Get("/{path:.+}")
  @Operation(summary = "The same, for a service whose address has a path")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = MetadataResponse.class)))
  @Refuses(ProblemCode.NOT_FOUND)
  HttpResponse<?> metadataOfPath(
      @Parameter(description = "The path of that address", example = "path") String path) {
    return server.path().equals("/" + path)
        ? HttpResponse.ok(MetadataResponse.of(server))
        : Problem.response(ProblemCode.NOT_FOUND);
  }
}
