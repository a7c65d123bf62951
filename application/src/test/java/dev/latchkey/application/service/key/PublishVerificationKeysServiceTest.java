package dev.latchkey.application.service.key;

import static dev.latchkey.application.service.key.KeyFixture.POLICY;
import static dev.latchkey.application.service.key.KeyFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.VerificationKey;
import dev.latchkey.application.port.in.key.PublishVerificationKeys;
import dev.latchkey.application.service.key.KeyFixture.Node;
import dev.latchkey.domain.key.SigningKey;
import org.junit.jupiter.api.Test;

final class PublishVerificationKeysServiceTest {

  private final KeyFixture fixture = new KeyFixture();
  private final Node node = fixture.node(1);

  @Test
  void publishesAllKeysInTheirOrderForAsLongAsThePolicySays() {
    SigningKey first = fixture.added(1, START);
    SigningKey second = fixture.added(2, START.plusSeconds(60));
    var _ = node.ring.read();

    PublishVerificationKeys.Published published =
        new PublishVerificationKeysService(node.ring, POLICY).execute();

    assertThat(published.keys())
        .extracting(VerificationKey::id)
        .containsExactly(first.id(), second.id());
    assertThat(published.maxAge()).isEqualTo(POLICY.jwksMaxAge());
  }
}
