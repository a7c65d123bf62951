package dev.latchkey.acceptance.resourceserver;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.security.config.Customizer.withDefaults;
import static org.springframework.security.config.http.SessionCreationPolicy.STATELESS;

import java.util.Objects;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

// docs: spring
@Configuration
@EnableWebSecurity
class SpringReports {

  @Bean
  SecurityFilterChain calls(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(
            calls ->
                calls.requestMatchers(GET, "/reports").hasRole("auditor").anyRequest().denyAll())
        .oauth2ResourceServer(server -> server.jwt(withDefaults()))
        .sessionManagement(sessions -> sessions.sessionCreationPolicy(STATELESS))
        .build();
  }

  @Bean
  JwtDecoder accessTokens(
      @Value("${latchkey.jwks}") String jwks,
      @Value("${latchkey.issuer}") String issuer,
      @Value("${latchkey.audience}") String audience) {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSetUri(jwks)
            .jwsAlgorithm(SignatureAlgorithm.ES256)
            .validateType(false) // for "JWT"; the validator below wants "at+jwt"
            .build();
    decoder.setJwtValidator(
        JwtValidators.createAtJwtValidator()
            .issuer(issuer)
            .audience(audience)
            .validators(
                all -> all.put("client_id", new JwtClaimValidator<>("client_id", Objects::nonNull)))
            .build());
    return decoder;
  }

  @Bean
  JwtAuthenticationConverter roles() {
    var roles = new JwtGrantedAuthoritiesConverter();
    roles.setAuthoritiesClaimName("roles");
    roles.setAuthorityPrefix("ROLE_");
    var converter = new JwtAuthenticationConverter();
    converter.setJwtGrantedAuthoritiesConverter(roles);
    return converter;
  }

  @RestController
  static class ReportsController {

    @GetMapping("/reports")
    String reports(@AuthenticationPrincipal Jwt token) {
      return "The reports for " + token.getSubject();
    }
  }
}
// end
