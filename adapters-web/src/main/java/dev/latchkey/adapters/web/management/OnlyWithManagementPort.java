package dev.latchkey.adapters.web.management;

import io.micronaut.context.annotation.Requires;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Of a bean: there is none unless {@code latchkey.management.port} is set. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Requires(property = "latchkey.management.port", pattern = ".*\\S.*")
public @interface OnlyWithManagementPort {}
