package dev.latchkey.adapters.web.overload;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.HttpTest;
import dev.latchkey.adapters.web.http.Tokens;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that works on one request at a time and lets nobody wait. */
class OverloadFilterTest extends HttpTest {

  private static final String SLOW_BODY =
      "POST /api/auth/refresh HTTP/1.1\r\n"
          + "Host: a\r\n"
          + "Content-Type: application/json\r\n"
          + "Expect: 100-continue\r\n"
          + "Content-Length: 2\r\n\r\n";

  private final Tokens tokens = client.newcomer();

  OverloadFilterTest() {
    super(Map.of("latchkey.requests.concurrency", "1", "latchkey.requests.max-wait", "0s"));
  }

  /** While the service works on something else. */
  private Answer whileBusy(Supplier<Answer> request) {
    return node.bean(RequestsInProgress.class)
        .admit(
            request,
            () -> {
              throw new AssertionError("it is busy already");
            });
  }

  @Test
  void anExchangeThatIsTooMuchIsToldToComeBackAndLosesNothing() {
    Answer refusal = whileBusy(() -> client.refresh(tokens.refresh()));

    refusal.isProblem(503, "overloaded");
    assertThat(refusal.header("Retry-After")).isEqualTo("1");
    assertThat(refusal.header("Cache-Control")).isEqualTo("no-store");
    assertThat(client.refresh(tokens.refresh()).hasStatus(200).text("/outcome"))
        .isEqualTo("rotated");
  }

  @Test
  void aStandardClientIsToldTheSame() {
    List<String> form =
        List.of(
            "grant_type",
            "refresh_token",
            "client_id",
            "latchkey",
            "refresh_token",
            tokens.refresh());

    Answer refusal = whileBusy(() -> client.form("/oauth2/token", form)).hasStatus(503);

    assertThat(refusal.text("/error")).isEqualTo("temporarily_unavailable");
    assertThat(refusal.header("Retry-After")).isEqualTo("1");
    client.form("/oauth2/token", form).hasStatus(200);
  }

  @Test
  void anAccessTokenIsNotRejectedForIt() {
    whileBusy(() -> client.me(tokens.access())).isProblem(503, "overloaded");

    client.me(tokens.access()).hasStatus(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health",
        "/health/liveness",
        "/health/readiness",
        "/.well-known/jwks.json",
        "/.well-known/oauth-authorization-server",
        "/"
      })
  void whatIsAnsweredFromMemoryIsNeverRefused(String path) {
    whileBusy(() -> client.get(path)).hasStatus(200);
  }

  /** It may wait for its turn to be hashed, and would keep others out meanwhile. */
  @Test
  void whatHashesAPasswordNeedsNoPlace() {
    String name = Client.someone();

    whileBusy(() -> client.register(name)).hasStatus(201);
    whileBusy(() -> client.login(name, Client.PASSWORD)).hasStatus(200);
    whileBusy(() -> client.login(name, "wrong " + Client.PASSWORD)).hasStatus(401);
  }

  @Test
  void whoSendsSlowlyTakesNoPlaceMeanwhile() throws Exception {
    try (var socket = new Socket(node.address().getHost(), node.address().getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(SLOW_BODY.getBytes(US_ASCII));
      // The service asks for the rest, so it has begun.
      assertThat(new String(socket.getInputStream().readNBytes(25), US_ASCII))
          .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      socket.getOutputStream().write('{');

      client.refresh(tokens.refresh()).hasStatus(200);

      socket.getOutputStream().write('}');
      assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
          .isEqualTo("HTTP/1.1 400");
    }
  }
}
