package dev.latchkey.application.port.out.session;

import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.domain.session.EndedSessionsList;

/** Writes the documents of the feed of ended sessions, as signed JWTs of a type of their own. */
public interface EndedSessionsDocuments {

  /** A JWS in compact form (RFC 7515 §7.1). */
  String sign(EndedSessionsList list, OpenedSigningKey key);
}
