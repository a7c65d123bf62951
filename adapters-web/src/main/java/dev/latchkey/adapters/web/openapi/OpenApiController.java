package dev.latchkey.adapters.web.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.adapters.web.problem.Problem;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.web.router.Router;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** {@code /openapi}: the {@link Description} of the interface. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Latchkey",
            version = "0.1",
            description = "Accounts, short-lived access tokens, and refresh tokens that rotate.",
            license = @License(name = "Apache-2.0")))
@SecurityScheme(
    name = "bearer",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    bearerFormat = "JWT")
@SecurityScheme(
    name = "basic",
    type = SecuritySchemeType.HTTP,
    scheme = "basic",
    description = "A confidential client, by its id and its secret (RFC 6749 §2.3.1)")
@Controller(value = "/openapi", port = "${latchkey.management.port}")
@Secured(SecurityRule.IS_ANONYMOUS)
@Tag(name = "Metadata")
final class OpenApiController {

  private static final String DESCRIPTION = "/META-INF/swagger/latchkey.json";

  private final byte[] description;

  OpenApiController(Router router, Refusals refusals, ObjectMapper json) {
    try (InputStream resource = OpenApiController.class.getResourceAsStream(DESCRIPTION)) {
      if (resource == null) {
        throw new IllegalStateException("the build left no " + DESCRIPTION);
      }
      ObjectNode root = (ObjectNode) json.readTree(resource);
      List<Call> calls = router.uriRoutes().map(Call::new).toList();
      Description.complete(root, calls, refusals, json);
      this.description = json.writeValueAsBytes(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Get
  @Operation(summary = "Describe all calls")
  @ApiResponse(
      responseCode = "200",
      description = "This description",
      content = @Content(schema = @Schema(type = "object", example = "{\"openapi\": \"3.0.1\"}")))
  @ApiResponse(
      responseCode = "400",
      description = "bad_request",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_PROBLEM,
              schema = @Schema(implementation = Problem.class)))
  byte[] describe() {
    return description.clone();
  }
}
