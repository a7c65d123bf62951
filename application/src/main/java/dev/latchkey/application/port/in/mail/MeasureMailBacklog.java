package dev.latchkey.application.port.in.mail;

import java.time.Duration;

/** How much mail waits to be sent. */
public interface MeasureMailBacklog {

  Backlog execute();

  /**
   * @param waiting mails; 10 000 stands for that many or more
   * @param lag how long the oldest has been waiting; zero if none waits
   */
  record Backlog(int waiting, Duration lag) {}
}
