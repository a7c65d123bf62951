package dev.latchkey.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.PublishVerificationKeys;
import dev.latchkey.application.port.out.VerificationKey;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PublishVerificationKeysServiceTest {

  @Test
  void publishesAllKeysInTheirOrder() throws Exception {
    List<VerificationKey> keys = List.of(key("kid-2"), key("kid-1"));

    assertThat(new PublishVerificationKeysService(() -> keys).execute(new PublishVerificationKeys.Command()))
        .isEqualTo(new PublishVerificationKeys.Result.Published(keys));
  }

  private static VerificationKey key(String id) throws NoSuchAlgorithmException {
    return new VerificationKey(id, "EdDSA", KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic());
  }
}
