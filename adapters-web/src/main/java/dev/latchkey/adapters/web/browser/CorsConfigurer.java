package dev.latchkey.adapters.web.browser;

import dev.latchkey.adapters.web.correlation.RequestId;
import dev.latchkey.adapters.web.proof.Proofs;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.server.HttpServerConfiguration.CorsConfiguration;
import io.micronaut.http.server.cors.CorsOriginConfiguration;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Opens Micronaut's CORS filter to the allowed origins and to no others. */
@Singleton
final class CorsConfigurer implements BeanCreatedEventListener<CorsConfiguration> {

  /** How long a browser remembers what it may send. */
  private static final Duration MAX_AGE = Duration.ofHours(1);

  private final AllowedOrigins origins;

  CorsConfigurer(AllowedOrigins origins) {
    this.origins = origins;
  }

  @Override
  public CorsConfiguration onCreated(BeanCreatedEvent<CorsConfiguration> event) {
    var allowed = new CorsOriginConfiguration();
    allowed.setAllowedOrigins(List.copyOf(origins.others()));
    allowed.setAllowCredentials(true);
    allowed.setAllowedMethods(
        List.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE));
    allowed.setAllowedHeaders(
        List.of(
            HttpHeaders.AUTHORIZATION,
            HttpHeaders.CONTENT_TYPE,
            "Idempotency-Key",
            Proofs.HEADER,
            RefreshTokenTransport.HEADER,
            // Applications that are traced send these with every call (W3C Trace Context).
            "traceparent",
            "tracestate"));
    allowed.setExposedHeaders(
        List.of(
            "Token-Expired",
            Proofs.NONCE_HEADER,
            // By which a page corrects a clock that is wrong before it signs the next proof.
            HttpHeaders.DATE,
            RequestId.HEADER,
            HttpHeaders.WWW_AUTHENTICATE,
            HttpHeaders.RETRY_AFTER,
            HttpHeaders.LOCATION,
            HttpHeaders.ETAG));
    allowed.setMaxAge(MAX_AGE.toSeconds());
    CorsConfiguration cors = event.getBean();
    cors.setEnabled(!origins.others().isEmpty());
    // Otherwise the filter refuses whatever comes from elsewhere to a local host, and takes a call
    // of
    // our own pages for that if a proxy on this machine forwards it. Our calls want JSON or a
    // token,
    // and so nothing of a page that is not allowed.
    cors.setLocalhostPassThrough(true);
    cors.setSingleHeader(true);
    cors.setConfigurations(Map.of("latchkey", allowed));
    return cors;
  }
}
