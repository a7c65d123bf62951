package dev.latchkey.adapters.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.latchkey.application.port.StorageUnavailableException;
import io.micronaut.http.HttpRequest;
import java.net.ConnectException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class StorageUnavailableHandlerTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger(StorageUnavailableHandler.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final StorageUnavailableHandler handler = new StorageUnavailableHandler();

  @BeforeEach
  void readTheLog() {
    log.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(log);
  }

  @AfterEach
  void leaveTheLog() {
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  @Test
  void saysThatAnOutageBeginsLastsAndEndsHoweverManyRequestsMeetIt() {
    handler.report();
    refuse(1000);
    handler.report();
    refuse(500);
    handler.report();
    handler.report();
    handler.report();

    assertThat(lines())
        .containsExactly(
            "The database is unavailable, requests that need it get 503: java.net.ConnectException:"
                + " refused",
            "The database is unavailable, 1000 requests have got 503 so far:"
                + " java.net.ConnectException: refused",
            "The database is unavailable, 1500 requests have got 503 so far:"
                + " java.net.ConnectException: refused",
            "No request needs the unavailable database any more; 1500 got 503");
    assertThat(log.list).extracting(ILoggingEvent::getThrowableProxy).containsOnlyNulls();
  }

  @Test
  void saysThatTheNextOutageBeginsToo() {
    refuse(1);
    handler.report();
    handler.report();
    refuse(1);

    assertThat(lines()).filteredOn(line -> line.contains("requests that need it")).hasSize(2);
  }

  private void refuse(int times) {
    var cause =
        new IllegalStateException("many\nlines", new ConnectException("refused\nand more of it"));
    for (int time = 0; time < times; time++) {
      int status =
          handler
              .handle(HttpRequest.GET("/"), new StorageUnavailableException(cause))
              .getStatus()
              .getCode();
      assertThat(status).isEqualTo(503);
    }
  }

  private List<String> lines() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
