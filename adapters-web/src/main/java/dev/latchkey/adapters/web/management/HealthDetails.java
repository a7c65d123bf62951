package dev.latchkey.adapters.web.management;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.management.endpoint.health.DetailsVisibility;
import io.micronaut.management.endpoint.health.HealthEndpoint;
import jakarta.inject.Singleton;

/** Lets the health at the management port say which part is in trouble. */
@Singleton
@OnlyWithManagementPort
final class HealthDetails implements BeanCreatedEventListener<HealthEndpoint> {

  @Override
  public HealthEndpoint onCreated(BeanCreatedEvent<HealthEndpoint> event) {
    event.getBean().setDetailsVisible(DetailsVisibility.ANONYMOUS);
    return event.getBean();
  }
}
