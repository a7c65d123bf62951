package dev.latchkey.springboot;

import dev.latchkey.resourceserver.ResourceServer;
import org.springframework.context.ApplicationContext;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

/**
 * Access tokens of Latchkey as the way to authenticate, for an application that has a chain of
 * filters of its own: {@code http.with(new LatchkeyTokens(), withDefaults())}.
 */
public final class LatchkeyTokens extends AbstractHttpConfigurer<LatchkeyTokens, HttpSecurity> {

  @Override
  public void init(HttpSecurity http) {
    var refusals = new Refusals(latchkey(http));
    http.exceptionHandling(
        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals));
  }

  @Override
  public void configure(HttpSecurity http) {
    http.addFilterBefore(new LatchkeyFilter(latchkey(http)), BasicAuthenticationFilter.class);
  }

  private static ResourceServer latchkey(HttpSecurity http) {
    return http.getSharedObject(ApplicationContext.class).getBean(ResourceServer.class);
  }
}
