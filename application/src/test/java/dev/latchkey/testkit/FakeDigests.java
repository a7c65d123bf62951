package dev.latchkey.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.application.port.out.attempt.Digests;
import java.util.UUID;

/** Digests without a key. */
public final class FakeDigests implements Digests {

  @Override
  public UUID of(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(UTF_8));
  }
}
