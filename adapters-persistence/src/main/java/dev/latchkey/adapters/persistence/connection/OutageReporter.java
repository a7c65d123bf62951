package dev.latchkey.adapters.persistence.connection;

import io.micronaut.aop.InterceptorBean;
import io.micronaut.aop.MethodInterceptor;
import io.micronaut.aop.MethodInvocationContext;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** What {@link ReportsOutages} promises. */
@Singleton
@InterceptorBean(ReportsOutages.class)
final class OutageReporter implements MethodInterceptor<Object, Object> {

  @Override
  public @Nullable Object intercept(MethodInvocationContext<Object, Object> statement) {
    return Outages.translate(statement::proceed);
  }
}
