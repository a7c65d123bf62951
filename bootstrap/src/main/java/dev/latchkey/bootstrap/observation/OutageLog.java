package dev.latchkey.bootstrap.observation;

import dev.latchkey.application.port.StorageUnavailableException;
import org.slf4j.Logger;

/**
 * Says that something that is done again and again has failed, and that it works again, each once.
 */
public final class OutageLog {

  private final Logger log;
  private final String failure;
  private final String recovery;
  private boolean failed;

  /**
   * @param failure what the operator must know of the first failure; the reason is added
   * @param recovery what is true after it
   */
  public OutageLog(Logger log, String failure, String recovery) {
    this.log = log;
    this.failure = failure;
    this.recovery = recovery;
  }

  public synchronized void failed(StorageUnavailableException exception) {
    if (!failed) {
      log.warn("{}: {}", failure, exception.reason());
    }
    failed = true;
  }

  public synchronized void succeeded() {
    if (failed) {
      log.info("{}", recovery);
    }
    failed = false;
  }
}
