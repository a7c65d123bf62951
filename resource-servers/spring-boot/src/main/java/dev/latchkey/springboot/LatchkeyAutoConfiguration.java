package dev.latchkey.springboot;

import static org.springframework.security.config.Customizer.withDefaults;
import static org.springframework.security.config.http.SessionCreationPolicy.STATELESS;

import dev.latchkey.resourceserver.ResourceServer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ConditionalOnDefaultWebSecurity;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;

/**
 * What the starter adds to an application: the {@link ResourceServer}, and unless the application
 * has its own chain of filters, one that wants a valid token for every call.
 * {@code @PreAuthorize("hasRole('…')")} at a method wants a role.
 */
@AutoConfiguration(
    before = {ServletWebSecurityAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(LatchkeyProperties.class)
class LatchkeyAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  ResourceServer latchkeyResourceServer(LatchkeyProperties settings) {
    if (settings.issuer() == null) {
      throw new IllegalStateException(
          "The setting latchkey.issuer is missing: the address of Latchkey, as it is in tokens.");
    }
    ResourceServer.Builder builder =
        ResourceServer.builder(settings.issuer())
            .audience(settings.audience())
            .algorithms(settings.algorithms())
            .endedSessions(settings.feed().maxAge(), settings.feed().stale());
    if (settings.publicAddress() != null) {
      builder.publicAddress(settings.publicAddress());
    }
    if (settings.jwks() != null) {
      builder.jwks(settings.jwks());
    }
    if (settings.feed().address() != null) {
      builder.endedSessions(settings.feed().address());
    }
    if (!settings.feed().enabled()) {
      builder.ignoreEndedSessions();
    }
    return builder.start();
  }

  /** For applications that have not configured Spring Security themselves. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnDefaultWebSecurity
  @EnableMethodSecurity
  static class Defaults {

    /** No sessions and no cookies, so nothing that a foreign page could use (CSRF). */
    @Bean
    SecurityFilterChain latchkeyFilterChain(HttpSecurity http) {
      return http.with(new LatchkeyTokens(), withDefaults())
          .authorizeHttpRequests(calls -> calls.anyRequest().authenticated())
          .sessionManagement(sessions -> sessions.sessionCreationPolicy(STATELESS))
          .csrf(AbstractHttpConfigurer::disable)
          .requestCache(AbstractHttpConfigurer::disable)
          .logout(AbstractHttpConfigurer::disable)
          .build();
    }

    /** Nobody logs in here, so that Spring Boot need not make up a user with a password. */
    @Bean
    @ConditionalOnMissingBean
    AuthenticationManager latchkeyAuthenticationManager() {
      return authentication -> {
        throw new ProviderNotFoundException("Callers authenticate with access tokens alone.");
      };
    }
  }
}
