package dev.latchkey.adapters.web.ended;

import dev.latchkey.application.port.EndedSessionsDocument;
import java.util.HashMap;
import java.util.Map;

/** The documents of the newest version as bytes, each made once. */
final class PublishedBodies {

  private final Map<EndedSessionsDocument, PublishedBody> bodies = new HashMap<>();
  private long version;

  /** One of an older version, which somebody has got just before it was replaced, is not kept. */
  synchronized PublishedBody of(EndedSessionsDocument document) {
    if (document.version() < version) {
      return new PublishedBody(document);
    }
    if (document.version() > version) {
      bodies.clear();
      version = document.version();
    }
    return bodies.computeIfAbsent(document, PublishedBody::new);
  }
}
