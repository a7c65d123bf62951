package dev.latchkey.adapters.persistence.schema;

import io.micronaut.context.env.Environment;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** Nobody gets a connection before the schema is what this version needs. */
@Singleton
final class SchemaAtStart implements BeanCreatedEventListener<DataSource> {

  private final Environment settings;

  SchemaAtStart(Environment settings) {
    this.settings = settings;
  }

  @Override
  public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
    Schema schema = Schema.of(settings);
    if (settings.getProperty("latchkey.migration.enabled", Boolean.class).orElse(true)) {
      var _ = schema.migrate();
    } else {
      schema.requireCurrent();
    }
    return event.getBean();
  }
}
