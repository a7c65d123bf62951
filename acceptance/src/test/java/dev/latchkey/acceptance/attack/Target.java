package dev.latchkey.acceptance.attack;

import dev.latchkey.adapters.web.http.Client;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The service under attack: one that is started here, or the one at {@code latchkey.url}. */
final class Target {

  /** The tag of tests that set the clock, reach into the database, or start and stop nodes. */
  static final String NEEDS_OWN_SERVICE = "needs-own-service";

  private static final @Nullable String URL = System.getProperty("latchkey.url");

  private Target() {}

  static URI address() {
    return URL == null ? Nodes.FIRST.address() : URI.create(URL);
  }

  static Client client() {
    return new Client(address());
  }

  /** Our own clock is put forward; that of a foreign instance must be waited for. */
  static void letPass(Duration time) throws InterruptedException {
    if (URL == null) {
      Nodes.FIRST.clock().advance(time);
    } else {
      Thread.sleep(time);
    }
  }
}
