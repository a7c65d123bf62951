package dev.latchkey.adapters.web.oauth2;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a call under {@code /oauth2} refuses by itself; what the rest of the service refuses there
 * is named by {@code Refuses}. {@code /openapi} shows each as the service answers it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OAuth2Refuses {

  OAuth2Refusal[] value();
}
