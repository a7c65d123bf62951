package dev.latchkey.acceptance.resourceserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URL;
import java.text.ParseException;
import java.util.List;
import java.util.Set;

// docs: nimbus
final class NimbusReports implements HttpHandler {

  private final DefaultJWTProcessor<SecurityContext> accessTokens = new DefaultJWTProcessor<>();

  NimbusReports(URL jwks, String issuer, String audience) {
    accessTokens.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
    accessTokens.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            JWSAlgorithm.ES256, JWKSourceBuilder.create(jwks).build()));
    accessTokens.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            audience, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp")));
  }

  @Override
  public void handle(HttpExchange call) throws IOException {
    String authorization = call.getRequestHeaders().getFirst("Authorization");
    if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      refuse(call, 401, "Bearer");
      return;
    }
    try {
      JWTClaimsSet token = accessTokens.process(authorization.substring(7), null);
      List<String> roles = token.getStringListClaim("roles");
      if (roles != null && roles.contains("auditor")) {
        answer(call, 200, "The reports for " + token.getSubject());
      } else {
        refuse(call, 403, "Bearer error=\"insufficient_scope\"");
      }
    } catch (ParseException | BadJOSEException _) {
      refuse(call, 401, "Bearer error=\"invalid_token\"");
    } catch (JOSEException _) {
      answer(call, 503, "The keys cannot be had");
    }
  }

  private static void refuse(HttpExchange call, int status, String challenge) throws IOException {
    call.getResponseHeaders().set("WWW-Authenticate", challenge);
    answer(call, status, "");
  }

  private static void answer(HttpExchange call, int status, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    try (call) {
      call.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      call.getResponseBody().write(body);
    }
  }
}
// end
