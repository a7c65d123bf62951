package dev.latchkey.application.port.out.client;

import dev.latchkey.domain.client.Client;
import dev.latchkey.domain.client.ClientId;
import java.util.Optional;

/** The clients that this installation knows (RFC 6749 §2). */
public interface RegisteredClients {

  Optional<Client> find(ClientId id);
}
