package dev.latchkey.adapters.web.openapi;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code /openapi}: the description that the build derives from the controllers. */
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
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
@Hidden
final class OpenApiController {

  private static final String DESCRIPTION = "/META-INF/swagger/latchkey.yml";

  private final byte[] description;

  OpenApiController() {
    try (InputStream resource = OpenApiController.class.getResourceAsStream(DESCRIPTION)) {
      if (resource == null) {
        throw new IllegalStateException("the build left no " + DESCRIPTION);
      }
      this.description = resource.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Get(uris = {"/openapi", "/openapi/latchkey.yml"})
  @Produces("application/yaml")
  byte[] describe() {
    return description.clone();
  }
}
