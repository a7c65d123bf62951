package dev.latchkey.adapters.persistence.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.sql.SQLException;

/**
 * Makes the pool throw away what would fail again. By itself it keeps a connection to a server that
 * can only be read any more, and hands it out again and again, when the primary is elsewhere by
 * now.
 */
@Singleton
final class BrokenConnections implements BeanCreatedEventListener<HikariConfig> {

  @Override
  public HikariConfig onCreated(BeanCreatedEvent<HikariConfig> event) {
    HikariConfig pool = event.getBean();
    pool.setExceptionOverride(new Eviction());
    return pool;
  }

  private static final class Eviction implements SQLExceptionOverride {

    @java.lang.Override // the interface has one of its own
    public SQLExceptionOverride.Override adjudicate(SQLException exception) {
      return Outages.callForAnotherConnection(exception)
          ? SQLExceptionOverride.Override.MUST_EVICT
          : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
  }
}
