package dev.latchkey.benchmarks.load;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** What a virtual user does again and again. */
public enum Operation {
  /** What the HTTP server allows. */
  EMPTY_POST("an empty JSON POST") {
    @Override
    void perform(VirtualUser user) throws IOException {
      user.postNothing();
    }
  },
  EXCHANGE("POST /api/auth/refresh") {
    @Override
    void perform(VirtualUser user) throws IOException {
      user.exchange();
    }
  },
  WHO_AM_I("GET /api/accounts/me") {
    @Override
    void perform(VirtualUser user) throws IOException {
      user.whoAmI();
    }
  },
  INTROSPECTION("POST /oauth2/introspect") {
    @Override
    void perform(VirtualUser user) throws IOException {
      user.introspect(INTROSPECTING_CLIENT);
    }
  },
  KEYS("GET /.well-known/jwks.json") {
    @Override
    void perform(VirtualUser user) throws IOException {
      user.keys();
    }
  },
  LOGIN("POST /api/auth/login") {
    @Override
    void perform(VirtualUser user) throws IOException {
      user.logIn();
    }
  },
  LOGIN_AND_LOGOUT("the same, then POST /api/auth/revoke") {
    @Override
    void perform(VirtualUser user) throws IOException {
      user.logIn();
      user.logOut();
    }
  },
  REGISTRATION("POST /api/accounts") {
    @Override
    void perform(VirtualUser user) throws IOException {
      user.register("newcomer" + NEWCOMERS.incrementAndGet());
    }
  };

  /** {@code benchmark:benchmark-secret-of-24-chars}, as HTTP Basic has it. */
  private static final String INTROSPECTING_CLIENT =
      "YmVuY2htYXJrOmJlbmNobWFyay1zZWNyZXQtb2YtMjQtY2hhcnM=";

  private static final AtomicLong NEWCOMERS = new AtomicLong();

  private final String request;

  Operation(String request) {
    this.request = request;
  }

  abstract void perform(VirtualUser user) throws IOException;

  /** The setting {@code latchkey.clients} that the operations need. */
  public static String clients() {
    return "benchmark sha256:64ba4a49bc289f4a6a2672259eebf5bbe1b0f4adf17167a4cbc1770354821e02"
        + " introspect";
  }

  /** The request line of it. */
  public String request() {
    return request;
  }
}
