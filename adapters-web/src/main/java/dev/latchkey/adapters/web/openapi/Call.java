package dev.latchkey.adapters.web.openapi;

import dev.latchkey.adapters.web.bearer.Bearer;
import dev.latchkey.adapters.web.browser.RefreshTokenTransport;
import dev.latchkey.adapters.web.oauth2.FormRequest;
import dev.latchkey.adapters.web.oauth2.OAuth2Refusal;
import dev.latchkey.adapters.web.oauth2.OAuth2Refuses;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.problem.Refuses;
import dev.latchkey.adapters.web.request.JsonRequest;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.web.router.UriRouteInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the code of a call says of it. */
record Call(UriRouteInfo<?, ?> route) {

  /** As the description has it: without the patterns of its variables. */
  String path() {
    return route.getUriMatchTemplate().toPathString().replaceAll("\\{(\\w+):[^}]*}", "{$1}");
  }

  /** In lower case, as the description has it. */
  String method() {
    return route.getHttpMethodName().toLowerCase(Locale.ROOT);
  }

  /** The framework's own calls refuse nothing. */
  boolean isOfTheFramework() {
    return !route.getTargetMethod().getDeclaringType().getName().startsWith("dev.latchkey.");
  }

  boolean isOAuth2() {
    return path().startsWith("/oauth2/");
  }

  boolean usesStorage() {
    return isOAuth2() || path().startsWith("/api/");
  }

  boolean takesJson() {
    return takes(JsonRequest.class);
  }

  boolean takesForm() {
    return takes(FormRequest.class);
  }

  /** Or else a refresh token in a cookie. */
  boolean takesCookie() {
    return takes(RefreshTokenTransport.class);
  }

  boolean takesBearer() {
    return needsBearer() || takes(Bearer.class);
  }

  boolean needsBearer() {
    return !access().isEmpty() && !access().contains(SecurityRule.IS_ANONYMOUS);
  }

  /** Those of which one is needed. */
  List<String> roles() {
    return access().stream().filter(rule -> !rule.endsWith(")")).toList();
  }

  List<ProblemCode> refuses() {
    return List.of(
        route.getAnnotationMetadata().enumValues(Refuses.class, "value", ProblemCode.class));
  }

  List<OAuth2Refusal> oauth2Refuses() {
    return List.of(
        route
            .getAnnotationMetadata()
            .enumValues(OAuth2Refuses.class, "value", OAuth2Refusal.class));
  }

  private List<String> access() {
    return List.of(route.getAnnotationMetadata().stringValues(Secured.class));
  }

  private boolean takes(Class<?> type) {
    return Arrays.stream(route.getTargetMethod().getArguments())
        .anyMatch(argument -> type.isAssignableFrom(argument.getType()));
  }
}
