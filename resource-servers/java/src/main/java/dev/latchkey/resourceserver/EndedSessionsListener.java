package dev.latchkey.resourceserver;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the issuer which sessions have ended, all the time: an answer is held until there is news,
 * and the next question follows it. On a thread of its own, which keeps no JVM from ending.
 */
final class EndedSessionsListener implements AutoCloseable {

  /**
   * How long the issuer may hold an answer (RFC 7240 §4.3). It says something at least every 10 s;
   * so whoever hears nothing for longer waits at a connection that is dead.
   */
  static final Duration WAIT = Duration.ofSeconds(12);

  private static final Logger LOG = System.getLogger(EndedSessionsListener.class.getName());
  private static final Duration TIMEOUT = WAIT.plusSeconds(3);
  private static final Duration LEAST_PAUSE = Duration.ofMillis(100);
  private static final Duration PAUSE_WITHOUT_NEWS = Duration.ofSeconds(1);
  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(5);
  private static final Duration CLOCKS_MAY_DIFFER = Duration.ofMinutes(1);
  private static final int MOST_BYTES = 32 * 1024 * 1024;

  private final Http http;
  private final Metadata metadata;
  private final EndedSessionsDocument.Reader reader;
  private final EndedSessions known;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Thread thread = new Thread(this::listen, "latchkey-ended-sessions");
  private @Nullable URI address;
  private boolean whole;
  private boolean saidThatClocksDiffer;

  EndedSessionsListener(
      Http http,
      Metadata metadata,
      EndedSessionsDocument.Reader reader,
      EndedSessions known,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.http = http;
    this.metadata = metadata;
    this.reader = reader;
    this.known = known;
    this.clock = clock;
    this.nanoTime = nanoTime;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Does not wait for the thread. What is known grows old from now on. */
  @Override
  public void close() {
    thread.interrupt();
  }

  private void listen() {
    Duration backOff = FIRST_BACK_OFF;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        long asked = nanoTime.getAsLong();
        boolean news = ask(asked);
        backOff = FIRST_BACK_OFF;
        Duration pause = news ? LEAST_PAUSE : PAUSE_WITHOUT_NEWS;
        sleep(pause.minusNanos(nanoTime.getAsLong() - asked));
      } catch (InterruptedException e) {
        return;
      } catch (IOException | RuntimeException e) {
        if (backOff.equals(FIRST_BACK_OFF)) {
          LOG.log(Level.WARNING, "Which sessions have ended is unknown: {0}", e.getMessage());
        }
        address = null; // it may have moved
        try {
          sleep(backOff.multipliedBy(ThreadLocalRandom.current().nextInt(50, 150)).dividedBy(100));
        } catch (InterruptedException stopped) {
          return;
        }
        backOff = backOff.multipliedBy(2);
        if (backOff.compareTo(LONGEST_BACK_OFF) > 0) {
          backOff = LONGEST_BACK_OFF;
        }
      }
    }
  }

  private static void sleep(Duration pause) throws InterruptedException {
    if (!pause.isNegative()) {
      Thread.sleep(pause.toMillis());
    }
  }

  private boolean ask(long asked) throws IOException, InterruptedException {
    URI feed = address;
    if (feed == null) {
      feed = metadata.endedSessions();
      address = feed;
    }
    Long since = whole ? null : known.asOf();
    EndedSessionsDocument document =
        reader.read(
            http.get(
                since == null ? feed : since(feed, since),
                Map.of("Prefer", "wait=" + WAIT.toSeconds()),
                TIMEOUT,
                MOST_BYTES));
    whole = !document.continues(since);
    if (whole) {
      return true; // something is missing between the two: ask for all of it, at once
    }
    warnIfClocksDiffer(document);
    return known.learn(document, asked);
  }

  private static URI since(URI feed, long since) {
    return URI.create(feed + (feed.getRawQuery() == null ? "?" : "&") + "since=" + since);
  }

  private void warnIfClocksDiffer(EndedSessionsDocument document) {
    long difference = Math.abs(clock.millis() - document.asOf());
    if (!saidThatClocksDiffer && difference > CLOCKS_MAY_DIFFER.toMillis()) {
      saidThatClocksDiffer = true;
      LOG.log(Level.WARNING, "The clock here differs from the issuer''s by {0} ms", difference);
    }
  }
}
