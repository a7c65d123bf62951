package dev.latchkey.adapters.security.password;

final class BouncyCastleArgon2idTest extends Argon2idContract {

  private static final BouncyCastleArgon2id ARGON2ID = new BouncyCastleArgon2id(64);

  @Override
  Argon2id.RawHash argon2id() {
    return ARGON2ID;
  }
}
