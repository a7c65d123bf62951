package dev.latchkey.testkit;

import dev.latchkey.application.port.out.client.RegisteredClients;
import dev.latchkey.domain.client.Client;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.client.ClientSecret;
import java.util.Optional;
import java.util.stream.Stream;

/** One client of each kind. */
public final class FakeRegisteredClients implements RegisteredClients {

  public static final String SECRET = "0123456789abcdef0123456789abcdef";

  public static final Client FIRST_PARTY = Client.publicClient(ClientId.FIRST_PARTY);
  public static final Client PARTNER =
      new Client(ClientId.of("partner"), new ClientSecret(SECRET).hash(), false, null, false);
  public static final Client RESOURCE_SERVER =
      new Client(ClientId.of("orders"), new ClientSecret(SECRET).hash(), true, null, false);

  @Override
  public Optional<Client> find(ClientId id) {
    return Stream.of(FIRST_PARTY, PARTNER, RESOURCE_SERVER)
        .filter(client -> client.id().equals(id))
        .findFirst();
  }
}
