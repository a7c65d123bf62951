package dev.latchkey.application.service.client;

import dev.latchkey.application.port.in.client.AuthenticateClient;
import dev.latchkey.application.port.out.client.RegisteredClients;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.domain.client.Client;
import java.time.InstantSource;
import java.util.Optional;

/** {@link AuthenticateClient}. */
public final class AuthenticateClientService implements AuthenticateClient {

  private final RegisteredClients clients;
  private final SecurityEvents events;
  private final InstantSource clock;

  public AuthenticateClientService(
      RegisteredClients clients, SecurityEvents events, InstantSource clock) {
    this.clients = clients;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    Optional<Client> client =
        clients.find(command.clientId()).filter(found -> found.isAuthenticatedBy(command.secret()));
    return client.<Result>map(Result.Authenticated::new).orElseGet(() -> refuse(command));
  }

  private Result refuse(Command command) {
    events.publish(
        new SecurityEvent.ClientRefused(command.clientId(), command.device(), clock.instant()));
    return new Result.Refused();
  }
}
