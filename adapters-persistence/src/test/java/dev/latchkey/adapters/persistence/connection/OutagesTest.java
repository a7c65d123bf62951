package dev.latchkey.adapters.persistence.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.application.port.StorageUnavailableException;
import io.micronaut.data.exceptions.DataAccessException;
import java.net.SocketTimeoutException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutagesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08000",
        "08001",
        "08003",
        "08004",
        "08006",
        "08007",
        "08P01", // the connection
        "25006", // read only
        "25P03",
        "25P04", // too long in a transaction
        "26000", // another server than the one that the statement was prepared on
        "40001",
        "40003", // given up by the server
        "53000",
        "53100",
        "53200",
        "53300",
        "53400", // no memory, no disk, no connection
        "55P03", // no lock
        "57000",
        "57014",
        "57P01",
        "57P02",
        "57P03",
        "57P04",
        "57P05", // shut down, started, cancelled, timed out
        "58000",
        "58030",
        "58P01",
        "58P02" // input and output
      })
  void whatADatabaseInTroubleSaysIsAnOutage(String sqlState) {
    assertOutage(new SQLException("", sqlState));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "22001", "22003", "22P02", "23502", "23503", "23505", "23514", // wrong values
        "25001", "25P01", "25P02", // wrong use of transactions
        "40P01", // locks in another order
        "42501", "42601", "42703", "42P01", // wrong statements and rights
        "54001", "55000", "XX000", "XX001", ""
      })
  void whatAFaultOfTheServiceCausesIsNone(String sqlState) {
    var exception = new DataAccessException("", new SQLException("", sqlState));

    assertThatThrownBy(() -> Outages.translate(() -> fail(exception))).isSameAs(exception);
  }

  @Test
  void anExceptionWithoutAStateIsNone() {
    var exception = new DataAccessException("", new SQLException("no state"));

    assertThatThrownBy(() -> Outages.translate(() -> fail(exception))).isSameAs(exception);
  }

  @Test
  void whatThePoolAndTheSocketSayIsAnOutage() {
    assertOutage(
        new SQLTransientConnectionException("Connection is not available, request timed out"));
    assertOutage(new SQLException("no state", new SocketTimeoutException("Read timed out")));
  }

  @Test
  void theCauseOfABatchIsItsNextException() {
    var batch = new BatchUpdateException("Batch entry 0 was aborted", "00000", 0, new int[0], null);
    batch.setNextException(new SQLException("", "23505"));
    batch.setNextException(
        new SQLException("cannot execute INSERT in a read-only transaction", "25006"));

    assertOutage(batch);
    assertThat(Outages.callForAnotherConnection(batch)).isTrue();
  }

  @Test
  void causesThatGoInCirclesAreLookedAtOnce() {
    var one = new SQLException("one", "23505");
    var other = new SQLException("other", "23505", one);
    one.initCause(other);
    var exception = new DataAccessException("", one);

    assertThatThrownBy(() -> Outages.translate(() -> fail(exception))).isSameAs(exception);
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "25006", "25P03", "25P04", "26000", "57P01", "57P03", "58030"})
  void aConnectionToAServerInTroubleIsNotUsedAgain(String sqlState) {
    assertThat(Outages.callForAnotherConnection(new SQLException("", sqlState))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "40001", "53200", "55P03", "57014"})
  void aConnectionOnWhichOneStatementFailedIsUsedAgain(String sqlState) {
    assertThat(Outages.callForAnotherConnection(new SQLException("", sqlState))).isFalse();
  }

  private static void assertOutage(SQLException cause) {
    var exception = new DataAccessException("", cause);

    assertThatThrownBy(() -> Outages.translate(() -> fail(exception)))
        .isInstanceOf(StorageUnavailableException.class)
        .hasCause(exception);
  }

  private static Object fail(RuntimeException exception) {
    throw exception;
  }
}
