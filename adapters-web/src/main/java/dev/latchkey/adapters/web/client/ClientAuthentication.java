package dev.latchkey.adapters.web.client;

import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.request.Devices;
import dev.latchkey.adapters.web.request.ProblemException;
import dev.latchkey.application.port.in.client.AuthenticateClient;
import dev.latchkey.domain.client.Client;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.client.ClientSecret;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which client sends a request: a confidential one by {@code client_secret_basic} (RFC
 * 6749 §2.3.1), a public one by the id that it states (§3.2.1). A secret in the body is not
 * accepted.
 */
@Singleton
public final class ClientAuthentication {

  private final AuthenticateClient authenticateClient;
  private final Devices devices;

  ClientAuthentication(AuthenticateClient authenticateClient, Devices devices) {
    this.authenticateClient = authenticateClient;
    this.devices = devices;
  }

  /**
   * @param statedId the id in the body; may be empty
   * @throws ProblemException if the request comes from no client that is known and authenticated
   */
  public Client authenticate(HttpRequest<?> request, String statedId) {
    Optional<String> authorization = basicAuthorization(request);
    if (authorization.isEmpty()) {
      return authenticate(
          request,
          ClientId.parse(statedId).valid().orElseThrow(ClientAuthentication::refusal),
          null);
    }
    BasicCredentials credentials =
        BasicCredentials.parse(authorization.get()).orElseThrow(ClientAuthentication::refusal);
    if (!statedId.isEmpty() && !statedId.equals(credentials.clientId().text())) {
      throw refusal();
    }
    return authenticate(request, credentials.clientId(), credentials.secret());
  }

  /**
   * The same where a request that neither states a client nor authenticates as one comes from the
   * first-party one.
   */
  public Client authenticateOrFirstParty(HttpRequest<?> request, String statedId) {
    boolean anonymous = statedId.isEmpty() && basicAuthorization(request).isEmpty();
    return authenticate(request, anonymous ? ClientId.FIRST_PARTY.text() : statedId);
  }

  private static Optional<String> basicAuthorization(HttpRequest<?> request) {
    return request
        .getHeaders()
        .getFirst(HttpHeaders.AUTHORIZATION)
        .filter(BasicCredentials::isBasic);
  }

  private Client authenticate(HttpRequest<?> request, ClientId id, @Nullable ClientSecret secret) {
    var command = new AuthenticateClient.Command(id, secret, devices.of(request));
    return switch (authenticateClient.execute(command)) {
      case AuthenticateClient.Result.Authenticated(Client client) -> client;
      case AuthenticateClient.Result.Refused() -> throw refusal();
    };
  }

  private static ProblemException refusal() {
    return new ProblemException(ProblemCode.INVALID_CLIENT, List.of());
  }
}
