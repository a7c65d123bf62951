package dev.latchkey.adapters.web.tls;

import io.micronaut.context.env.PropertyExpressionResolver;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.value.PropertyResolver;
import java.util.Optional;

/**
 * Lets a setting say {@code ${scheme}} for what the service speaks: {@code https} if it has a
 * certificate, or else {@code http}.
 */
public final class SchemeInSettings implements PropertyExpressionResolver {

  private static final String EXPRESSION = "scheme";
  private static final String CERTIFICATE = "latchkey.tls.certificate";

  @Override
  public <T> Optional<T> resolve(
      PropertyResolver settings,
      ConversionService conversion,
      String expression,
      Class<T> requiredType) {
    if (!expression.equals(EXPRESSION)) {
      return Optional.empty();
    }
    boolean tls =
        settings.getProperty(CERTIFICATE, String.class).filter(file -> !file.isBlank()).isPresent();
    return conversion.convert(tls ? "https" : "http", requiredType);
  }
}
