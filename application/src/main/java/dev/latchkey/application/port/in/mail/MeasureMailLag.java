package dev.latchkey.application.port.in.mail;

import java.time.Duration;

/** How long the oldest mail has been waiting to be sent; zero if none waits. */
public interface MeasureMailLag {

  Duration execute();
}
