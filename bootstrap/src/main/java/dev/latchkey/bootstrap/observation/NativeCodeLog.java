package dev.latchkey.bootstrap.observation;

import dev.latchkey.adapters.security.key.SignatureProvider;
import dev.latchkey.adapters.security.password.Argon2idPasswordHasher;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once what is computed by native code, as a machine without it is slower. */
@Singleton
final class NativeCodeLog implements ApplicationEventListener<ServerStartupEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(NativeCodeLog.class);

  private final Argon2idPasswordHasher passwords;
  private final SignatureProvider signatures;

  NativeCodeLog(Argon2idPasswordHasher passwords, SignatureProvider signatures) {
    this.passwords = passwords;
    this.signatures = signatures;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent started) {
    LOG.info(
        "Passwords are hashed by {}; signatures are computed by {}",
        passwords.computedBy(),
        signatures);
  }
}
