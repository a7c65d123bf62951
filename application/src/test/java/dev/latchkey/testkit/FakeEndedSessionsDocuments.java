package dev.latchkey.testkit;

import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.application.port.out.session.EndedSessionsDocuments;
import dev.latchkey.domain.session.EndedSessionsList;
import java.util.ArrayList;
import java.util.List;

/** {@link EndedSessionsDocuments} that remember what they signed: a text is its number. */
public final class FakeEndedSessionsDocuments implements EndedSessionsDocuments {

  private final List<EndedSessionsList> signed = new ArrayList<>();

  @Override
  public synchronized String sign(EndedSessionsList list, OpenedSigningKey key) {
    signed.add(list);
    return Integer.toString(signed.size() - 1);
  }

  /** What such a text says. */
  public synchronized EndedSessionsList read(String text) {
    return signed.get(Integer.parseInt(text));
  }

  /** How many were ever signed. */
  public synchronized int count() {
    return signed.size();
  }
}
