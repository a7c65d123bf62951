package dev.latchkey.acceptance.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.HttpTest;
import dev.latchkey.adapters.web.http.Tokens;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every line that is written for a request names it, on whichever thread it was written. */
class RequestLogTest extends HttpTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final LoggedLines log = LoggedLines.of("dev.latchkey");

  @AfterEach
  void stopReading() {
    log.close();
  }

  @Test
  void securityEventsNameTheRequestThatTheyComeFrom() {
    String name = Client.someone();
    Answer registered = client.register(name).hasStatus(201);
    Answer refused = client.login(name, "not the password at all").hasStatus(401);
    Tokens tokens = Tokens.of(registered.json().at("/tokens"));
    Tokens next = Tokens.of(client.refresh(tokens.refresh()).hasStatus(200).json());
    client.refresh(next.refresh()).hasStatus(200);
    Answer reused = client.refresh(tokens.refresh()).isProblem(401, "refresh_token_reused");

    isTheOnlyLineOf(registered, "registered");
    isTheOnlyLineOf(refused, "login_refused");
    isTheOnlyLineOf(reused, "exchange_reuse_detected");
  }

  /** The filter of access tokens is reactive, and leaves its thread. */
  @Test
  void soDoThoseOfRequestsThatNeverReachTheirController() {
    isTheOnlyLineOf(client.get("/api/accounts/me").hasStatus(401), "access_refused");
    isTheOnlyLineOf(
        client.get("/api/accounts/me", "Authorization", "Bearer x.y.z").hasStatus(401),
        "access_refused");
    isTheOnlyLineOf(
        client
            .get("/api/signing-keys", "Authorization", "Bearer " + client.newcomer().access())
            .hasStatus(403),
        "access_refused");
  }

  @Test
  void ofManyRequestsAtATimeEachHasItsOwnLines() {
    List<Answer> answers =
        IntStream.range(0, 60)
            .parallel()
            .mapToObj(
                i ->
                    i % 2 == 0
                        ? client.refresh("lkr_none" + i).hasStatus(401)
                        : client.get("/api/accounts/me").hasStatus(401))
            .toList();

    assertThat(answers).allSatisfy(answer -> assertThat(log.of(answer)).hasSize(1));
  }

  @Test
  void theyNameTheTraceOfTheCallerAsWell() {
    Answer traced =
        client.post(
            "/api/auth/refresh",
            Map.of("refreshToken", "lkr_none"),
            "traceparent",
            "00-" + TRACE + "-00f067aa0ba902b7-01");
    Answer malformed =
        client.post(
            "/api/auth/refresh",
            Map.of("refreshToken", "lkr_none"),
            "traceparent",
            "00-" + TRACE + "-00f067aa0ba902b7-zz");

    assertThat(log.of(traced))
        .hasSize(1)
        .allSatisfy(line -> assertThat(line.about()).containsEntry("traceId", TRACE));
    assertThat(log.of(malformed))
        .hasSize(1)
        .allSatisfy(line -> assertThat(line.about()).containsOnlyKeys("requestId"));
  }

  private void isTheOnlyLineOf(Answer answer, String event) {
    assertThat(log.of(answer))
        .as(event)
        .hasSize(1)
        .allSatisfy(line -> assertThat(line.text()).contains("event=\"" + event + "\""));
  }
}
