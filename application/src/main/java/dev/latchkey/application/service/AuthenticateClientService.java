package dev.latchkey.application.service;

import dev.latchkey.application.port.in.AuthenticateClient;
import dev.latchkey.application.port.out.RegisteredClients;
import dev.latchkey.application.port.out.SecurityEvent;
import dev.latchkey.application.port.out.SecurityEvents;
import dev.latchkey.domain.client.Client;
import dev.latchkey.domain.session.ClientFacts;
import java.time.InstantSource;
import java.util.Optional;

/** {@link AuthenticateClient}. */
public final class AuthenticateClientService implements AuthenticateClient {

  private final RegisteredClients clients;
  private final SecurityEvents events;
  private final InstantSource clock;

  public AuthenticateClientService(RegisteredClients clients, SecurityEvents events, InstantSource clock) {
    this.clients = clients;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    Optional<Client> client =
        clients.find(command.clientId()).filter(found -> found.isAuthenticatedBy(command.secret()));
    return client.<Result>map(Result.Authenticated::new).orElseGet(() -> refuse(command.client()));
  }

  private Result refuse(ClientFacts facts) {
    new Announcements(events, facts, clock.instant()).anonymous(SecurityEvent.Type.CLIENT_REFUSED);
    return new Result.Refused();
  }
}
