package dev.latchkey.bootstrap.observation;

import io.micronaut.aop.Around;
import io.micronaut.context.annotation.Context;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a method of a factory: what it returns is a use case. It is constructed at start, so that a
 * wrong setting is found before the first request, and {@link UseCaseTimers} counts and times its
 * outcomes. The compiler makes the class around it, so nothing is reflected at run time.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Context
@Around
public @interface UseCase {}
