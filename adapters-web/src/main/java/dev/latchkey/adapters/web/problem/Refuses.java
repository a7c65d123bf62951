package dev.latchkey.adapters.web.problem;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The problems that a call refuses with, beside those that follow from what it takes: a body, a
 * token, a cookie. {@code /openapi} shows each as the service answers it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Refuses {

  ProblemCode[] value();
}
