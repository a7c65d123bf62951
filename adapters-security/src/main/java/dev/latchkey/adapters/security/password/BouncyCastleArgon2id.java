package dev.latchkey.adapters.security.password;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;

/**
 * Argon2id as BouncyCastle computes it, wherever Java runs. Each thread hashes in the same memory
 * again and again: 20 MB of garbage a hash would have the collector compete with the log-ins for
 * the processor.
 */
final class BouncyCastleArgon2id implements Argon2id.RawHash {

  private final ThreadLocal<FixedBlockPool> memory;

  /**
   * @param memoryKiB to keep for each thread; a hash may take more
   */
  BouncyCastleArgon2id(int memoryKiB) {
    this.memory = ThreadLocal.withInitial(() -> new FixedBlockPool(memoryKiB));
  }

  @Override
  public byte[] compute(byte[] password, byte[] salt, Argon2Parameters parameters, int tagLength) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new org.bouncycastle.crypto.params.Argon2Parameters.Builder(
                org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_id)
            .withVersion(org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(parameters.memoryKiB())
            .withIterations(parameters.iterations())
            .withParallelism(parameters.parallelism())
            .withSalt(salt)
            .withBlockPool(memory.get())
            .build());
    byte[] tag = new byte[tagLength];
    generator.generateBytes(password, tag);
    return tag;
  }
}
