package dev.latchkey.application.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

final class StorageUnavailableExceptionTest {

  @Test
  void givesTheInnermostCauseAsItsReason() {
    var cause =
        new IllegalStateException("no connection", new ConnectException("Connection refused"));

    assertThat(new StorageUnavailableException(cause).reason())
        .isEqualTo("java.net.ConnectException: Connection refused");
  }

  /** A server's message may have many lines, and the log has one for it. */
  @Test
  void givesItsReasonOnOneLine() {
    var cause =
        new IOException(
            "FATAL: the database system is shutting down\n  Detail: none\r\n  Hint: wait");

    assertThat(new StorageUnavailableException(cause).reason())
        .isEqualTo("java.io.IOException: FATAL: the database system is shutting down");
  }
}
