package dev.latchkey.adapters.web.key;

import dev.latchkey.adapters.web.request.EntityTag;
import dev.latchkey.application.port.VerificationKey;
import dev.latchkey.application.port.in.key.PublishVerificationKeys;
import dev.latchkey.application.port.in.key.PublishVerificationKeys.Published;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.json.JsonMapper;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code /.well-known/jwks.json}: the keys that access tokens are checked with (RFC 7517 §5). */
@Controller("/.well-known/jwks.json")
@Secured(SecurityRule.IS_ANONYMOUS)
@Tag(name = "Keys")
final class JwksController {

  private final PublishVerificationKeys publishVerificationKeys;
  private final JsonMapper json;

  JwksController(PublishVerificationKeys publishVerificationKeys, JsonMapper json) {
    this.publishVerificationKeys = publishVerificationKeys;
    this.json = json;
  }

  @Get
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Get the public keys that access tokens are checked with",
      description =
          "A JWK set (RFC 7517). Cache it for as long as `Cache-Control` says: a key is in it long"
              + " enough before it signs, and until the last token that it signed has expired.",
      parameters =
          @Parameter(
              in = ParameterIn.HEADER,
              name = HttpHeaders.IF_NONE_MATCH,
              description = "The `ETag` of the set that the caller has",
              schema = @Schema(type = "string")))
  @ApiResponse(
      responseCode = "200",
      description = "The keys",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema =
                  @Schema(
                      type = "object",
                      example =
                          """
                          {"keys": [{"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "…",
                          "x": "…", "y": "…"}]}\
                          """)))
  @ApiResponse(responseCode = "304", description = "They are those that the caller has")
  HttpResponse<?> publish(@Parameter(hidden = true) HttpRequest<?> request) throws IOException {
    Published published = publishVerificationKeys.execute();
    List<VerificationKey> keys = published.keys();
    byte[] body =
        json.writeValueAsBytes(Map.of("keys", keys.stream().map(VerificationKey::jwk).toList()));
    EntityTag tag = EntityTag.of(body);
    MutableHttpResponse<?> answer =
        tag.isAmong(request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH))
            ? HttpResponse.notModified()
            : HttpResponse.ok(body);
    return answer
        .header(HttpHeaders.ETAG, tag.text())
        // An empty set is what an accident leaves behind; no cache should keep it.
        .header(
            HttpHeaders.CACHE_CONTROL,
            keys.isEmpty() ? "no-store" : "public, max-age=" + published.maxAge().toSeconds());
  }
}
