package dev.latchkey.adapters.persistence.connection;

import io.micronaut.aop.Around;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a repository: a statement of it that fails because the database is unavailable throws {@link
 * dev.latchkey.application.port.StorageUnavailableException}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Around
public @interface ReportsOutages {}
