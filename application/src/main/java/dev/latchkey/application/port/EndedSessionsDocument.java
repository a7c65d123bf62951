package dev.latchkey.application.port;

import java.time.Instant;

/**
 * A document of the feed of ended sessions, signed once for all who ask for it. It can be large, so
 * it is a class: two are equal if they are the same.
 */
public final class EndedSessionsDocument {

  private final String text;
  private final Instant asOf;
  private final long version;

  /**
   * @param text a JWS in compact form
   * @param asOf every end that was recorded before this is known to it
   * @param version grows whenever this node has something new to say; all documents with the same
   *     number say the same, to listeners who know more or less
   */
  public EndedSessionsDocument(String text, Instant asOf, long version) {
    this.text = text;
    this.asOf = asOf;
    this.version = version;
  }

  public String text() {
    return text;
  }

  public Instant asOf() {
    return asOf;
  }

  public long version() {
    return version;
  }
}
