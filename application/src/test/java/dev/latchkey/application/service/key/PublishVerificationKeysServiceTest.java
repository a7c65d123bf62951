package dev.latchkey.application.service.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.VerificationKey;
import dev.latchkey.application.port.in.key.PublishVerificationKeys;
import dev.latchkey.domain.key.SigningAlgorithm;
import dev.latchkey.domain.key.SigningKeyPolicy;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PublishVerificationKeysServiceTest {

  @Test
  void publishesAllKeysInTheirOrderForAsLongAsThePolicySays() throws Exception {
    List<VerificationKey> keys = List.of(key("kid-2"), key("kid-1"));

    Duration maxAge = Duration.ofMinutes(7);
    var policy =
        new SigningKeyPolicy(
            SigningAlgorithm.ES256, Duration.ofDays(30), maxAge, Duration.ofMinutes(5));

    assertThat(new PublishVerificationKeysService(() -> keys, policy).execute())
        .isEqualTo(new PublishVerificationKeys.Published(keys, maxAge));
  }

  private static VerificationKey key(String id) throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    return new VerificationKey(id, SigningAlgorithm.EDDSA, generator.generateKeyPair().getPublic());
  }
}
