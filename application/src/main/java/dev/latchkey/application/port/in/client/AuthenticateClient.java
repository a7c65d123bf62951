package dev.latchkey.application.port.in.client;

import dev.latchkey.domain.client.Client;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.client.ClientSecret;
import dev.latchkey.domain.session.Device;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates the client that a request comes from (RFC 6749 §2.3), or identifies a public one
 * (§3.2.1).
 */
public interface AuthenticateClient {

  Result execute(Command command);

  /**
   * @param secret if the client sends one
   */
  record Command(ClientId clientId, @Nullable ClientSecret secret, Device device) {}

  sealed interface Result {

    record Authenticated(Client client) implements Result {}

    /** There is no such client, or its authentication failed: a caller cannot tell which. */
    record Refused() implements Result {}
  }
}
