package dev.latchkey.adapters.web.openapi;

import dev.latchkey.adapters.web.problem.Problem;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.request.EntityTag;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * {@code /swagger-ui}: the page to try the interface by hand, unless {@code
 * latchkey.swagger-ui.enabled} is false. The scripts and styles it loads are beside a page that the
 * build makes, which is not served, because it takes the address of its scripts from the query.
 */
@Controller(value = "/swagger-ui", port = "${latchkey.management.port}")
@Requires(property = "latchkey.swagger-ui.enabled", notEquals = "false")
@Secured(SecurityRule.IS_ANONYMOUS)
@Hidden
final class SwaggerUiController {

  /** Swagger UI draws its icons from data URLs. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src"
          + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String RESOURCES = "/META-INF/swagger/views/swagger-ui/res/";

  /** What the page loads, and of which type it is. */
  private static final Map<String, String> TYPES =
      Map.of(
          "swagger-ui-bundle.js", "text/javascript",
          "swagger-ui.css", "text/css",
          "favicon-32x32.png", "image/png");

  private final byte[] page = read("/swagger-ui/index.html");
  private final byte[] script = read("/swagger-ui/start.js");

  private static byte[] read(String name) {
    try (InputStream resource = SwaggerUiController.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException("the build left no " + name);
      }
      return resource.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Get(uris = {"/", "/index.html"})
  @Produces(MediaType.TEXT_HTML)
  MutableHttpResponse<byte[]> page() {
    return HttpResponse.ok(page.clone()).header("Content-Security-Policy", POLICY);
  }

  @Get("/start.js")
  @Produces("text/javascript")
  byte[] script() {
    return script.clone();
  }

  /** Nothing but what the page loads. */
  @Get("/res/{name}")
  @Produces(MediaType.ALL)
  HttpResponse<?> resource(String name, HttpRequest<?> request) {
    String type = TYPES.get(name);
    if (type == null) {
      return Problem.response(ProblemCode.NOT_FOUND);
    }
    byte[] body = read(RESOURCES + name); // not kept: they are large, and few ask for them
    EntityTag tag = EntityTag.of(body);
    MutableHttpResponse<?> answer =
        tag.isAmong(request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH))
            ? HttpResponse.notModified()
            : HttpResponse.ok(body).contentType(type);
    return answer
        .header(HttpHeaders.ETAG, tag.text())
        .header(HttpHeaders.CACHE_CONTROL, "no-cache");
  }
}
