package dev.latchkey.acceptance.load;

/**
 * One request that a client sent, and what became of it. Tokens are known by their hashes; what is
 * absent is empty.
 *
 * @param session the session that the presented token belongs to, or that a log-in started
 * @param token hash of the presented refresh token
 * @param sent when the request left, a reading of {@link System#nanoTime}
 * @param ended when its answer was there, or was given up
 * @param status of the answer; {@link #LOST} if there was none
 * @param code of a refusal
 * @param outcome of an accepted log-in or exchange
 * @param successor hash of the refresh token in the answer
 */
record Event(
    Call call,
    String client,
    String session,
    String token,
    long sent,
    long ended,
    int status,
    String code,
    String outcome,
    String successor) {

  static final int LOST = 0;

  enum Call {
    LOGIN,
    EXCHANGE,
    READ,
    REVOKE,
    RESET
  }

  boolean is(Call expected) {
    return call == expected;
  }

  boolean is(Call expected, int answered) {
    return call == expected && status == answered;
  }

  boolean isLost() {
    return status == LOST;
  }
}
