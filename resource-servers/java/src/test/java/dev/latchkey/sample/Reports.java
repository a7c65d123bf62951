package dev.latchkey.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.latchkey.resourceserver.AccessToken;
import dev.latchkey.resourceserver.Call;
import dev.latchkey.resourceserver.Decision.Accepted;
import dev.latchkey.resourceserver.Decision.Refused;
import dev.latchkey.resourceserver.Decision.Unavailable;
import dev.latchkey.resourceserver.ResourceServer;
import java.io.IOException;
import java.net.URI;
import java.util.List;

// docs: java
final class Reports implements HttpHandler {

  private final ResourceServer latchkey;

  Reports(ResourceServer latchkey) {
    this.latchkey = latchkey; // ResourceServer.of("https://auth.example.org")
  }

  @Override
  public void handle(HttpExchange call) throws IOException {
    switch (latchkey.check(describe(call))) {
      case Accepted(AccessToken token) when token.hasRole("auditor") ->
          answer(call, 200, "The reports for " + token.subject());
      case Accepted(AccessToken token) -> refuse(call, latchkey.forbid(token));
      case Refused refused -> refuse(call, refused);
      case Unavailable unavailable -> answer(call, 503, unavailable.reason());
    }
  }

  private static Call describe(HttpExchange call) {
    var headers = call.getRequestHeaders();
    var address = URI.create("http://" + headers.getFirst("Host") + call.getRequestURI());
    return new Call(
        call.getRequestMethod(),
        address,
        headers.getOrDefault("Authorization", List.of()),
        headers.getOrDefault("DPoP", List.of()));
  }

  private static void refuse(HttpExchange call, Refused refused) throws IOException {
    call.getResponseHeaders().set("WWW-Authenticate", refused.challenge());
    answer(call, refused.status(), "");
  }

  private static void answer(HttpExchange call, int status, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    try (call) {
      call.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      call.getResponseBody().write(body);
    }
  }
}
// end
