package dev.latchkey.adapters.web.ended;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.latchkey.adapters.web.request.EntityTag;
import dev.latchkey.application.port.EndedSessionsDocument;

/**
 * A document as bytes, which are large and the same for thousands of answers: nobody changes them.
 */
final class PublishedBody {

  private final byte[] bytes;
  private final EntityTag tag;

  PublishedBody(EndedSessionsDocument document) {
    this.bytes = document.text().getBytes(US_ASCII);
    this.tag = EntityTag.of(bytes);
  }

  /** Not a copy. */
  byte[] bytes() {
    return bytes;
  }

  EntityTag tag() {
    return tag;
  }
}
