package dev.latchkey.bootstrap.observation;

import dev.latchkey.adapters.security.password.Argon2idPasswordHasher;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once what computes the hashes of passwords, as log-ins on one machine may be slower. */
@Singleton
final class HashingLog implements ApplicationEventListener<ServerStartupEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(HashingLog.class);

  private final Argon2idPasswordHasher passwords;

  HashingLog(Argon2idPasswordHasher passwords) {
    this.passwords = passwords;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent started) {
    LOG.info("Passwords are hashed by {}", passwords.computedBy());
  }
}
