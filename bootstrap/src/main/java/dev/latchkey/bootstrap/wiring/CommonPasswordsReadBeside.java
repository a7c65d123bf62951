package dev.latchkey.bootstrap.wiring;

import dev.latchkey.adapters.security.blocklist.CommonPasswordList;
import dev.latchkey.application.port.out.account.CommonPasswords;
import dev.latchkey.domain.user.Password;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;

/**
 * The list of common passwords, read beside the rest of the start: it needs nothing, and takes
 * longer than any other part. Nothing is served, and no command runs, before it is there.
 */
@Singleton
final class CommonPasswordsReadBeside
    implements CommonPasswords, ApplicationEventListener<StartupEvent> {

  private final CompletableFuture<CommonPasswordList> list =
      CompletableFuture.supplyAsync(CommonPasswordList::new);

  @Override
  public boolean contains(Password password) {
    return list.join().contains(password);
  }

  @Override
  public void onApplicationEvent(StartupEvent event) {
    var _ = list.join();
  }
}
