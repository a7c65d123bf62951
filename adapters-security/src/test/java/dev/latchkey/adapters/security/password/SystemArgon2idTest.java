package dev.latchkey.adapters.security.password;

import org.junit.jupiter.api.condition.EnabledIf;

/** Where the system has a libargon2. */
@EnabledIf("isInstalled")
final class SystemArgon2idTest extends Argon2idContract {

  static boolean isInstalled() {
    return NativeArgon2id.ofSystem().isPresent();
  }

  @Override
  Argon2id.RawHash argon2id() {
    return NativeArgon2id.ofSystem().orElseThrow();
  }
}
