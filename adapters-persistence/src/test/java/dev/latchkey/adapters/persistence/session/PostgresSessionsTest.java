package dev.latchkey.adapters.persistence.session;

import static dev.latchkey.testkit.SessionMother.aSession;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.adapters.persistence.PostgresServer;
import dev.latchkey.application.port.StorageUnavailableException;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.testkit.SessionsContract;
import dev.latchkey.testkit.Stores;
import org.junit.jupiter.api.Test;

final class PostgresSessionsTest extends SessionsContract {

  @Override
  protected Stores emptyStores() {
    return PostgresServer.emptyStores();
  }

  @Test
  void refusesASessionOfNobodyAndCallsThatNoOutage() {
    Sessions sessions = emptyStores().sessions();

    assertThatThrownBy(() -> sessions.add(aSession().build()))
        .isNotInstanceOf(StorageUnavailableException.class)
        .hasMessageContaining("sessions_user_id_fkey");
  }
}
