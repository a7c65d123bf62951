package dev.latchkey.adapters.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.latchkey.adapters.web.connection.Drain;
import dev.latchkey.adapters.web.ended.HeldRequests;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What resource servers learn of a log-out. */
final class EndedSessionsHttpTest extends HttpTest {

  private static final String PATH = "/oauth2/ended-sessions";
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient listener = HttpClient.newHttpClient();

  @BeforeEach
  void readAgain() {
    // The clock of the test before may have been elsewhere.
    var _ = client.get(PATH).hasStatus(200);
    node.renewEndedSessions();
  }

  @Test
  void namesASessionAfterItsLogOutAndNotBefore() {
    Tokens tokens = client.newcomer();
    assertThat(sids(whole())).doesNotContain(sid(tokens));

    client.revoke(tokens.refresh()).hasStatus(204);
    node.renewEndedSessions();

    assertThat(sids(whole())).contains(sid(tokens));
  }

  @Test
  void isASignedDocumentOfItsOwnType() {
    Answer answer = client.get(PATH).hasStatus(200);

    assertThat(answer.header("Content-Type")).isEqualTo("application/ended-sessions+jwt");
    assertThat(answer.headers("Cache-Control")).containsExactly("public, max-age=1");
    assertThat(answer.headers("Pragma")).isEmpty();
    JsonNode header = part(answer, 0);
    assertThat(header.at("/typ").asText()).isEqualTo("ended-sessions+jwt");
    assertThat(header.at("/alg").asText()).isEqualTo("ES256");
    assertThat(client.get("/.well-known/jwks.json").json().findValuesAsText("kid"))
        .contains(header.at("/kid").asText());
    JsonNode claims = part(answer, 1);
    assertThat(claims.at("/iss").asText()).isEqualTo("https://auth.example.org");
    assertThat(claims.at("/as_of").asLong()).isLessThanOrEqualTo(clock.instant().toEpochMilli());
    assertThat(claims.at("/window").asLong()).isEqualTo(420);
    assertThat(claims.has("since")).isFalse();
    assertThat(claims.has("not_before")).isFalse();
  }

  @Test
  void isAnnouncedInTheMetadata() {
    assertThat(client.get("/.well-known/oauth-authorization-server").text("/ended_sessions_uri"))
        .isEqualTo("https://auth.example.org" + PATH);
  }

  @Test
  void isNoAccessToken() {
    client.me(client.get(PATH).hasStatus(200).body()).isProblem(401, "invalid_access_token");
  }

  @Test
  void isNotSentAgainToWhoHasIt() {
    Answer answer = client.get(PATH).hasStatus(200);
    String tag = answer.header("ETag");

    Answer again = client.get(PATH, "If-None-Match", tag).hasStatus(304);

    assertThat(again.body()).isEmpty();
    assertThat(again.header("ETag")).isEqualTo(tag);
    assertThat(again.headers("Cache-Control")).containsExactly("public, max-age=1");
    assertThat(client.get(PATH, "If-None-Match", "\"other\"").hasStatus(200).body())
        .isEqualTo(answer.body());
  }

  @Test
  void answersHeadAsGetWithoutTheBody() {
    Answer head =
        client.send(
            client
                .request(PATH, "Prefer", "wait=30", "If-None-Match", "*")
                .method("HEAD", BodyPublishers.noBody()));

    assertThat(head.hasStatus(304).body()).isEmpty();
    assertThat(
            client
                .send(client.request(PATH).method("HEAD", BodyPublishers.noBody()))
                .header("ETag"))
        .isEqualTo(client.get(PATH).header("ETag"));
  }

  @Test
  void namesToWhoKnowsTheRestWhatIsNew() {
    Tokens before = client.newcomer();
    client.revoke(before.refresh()).hasStatus(204);
    node.renewEndedSessions();
    clock.advance(Duration.ofSeconds(40));
    node.renewEndedSessions();
    long known = whole().at("/as_of").asLong();
    Tokens after = client.newcomer();
    client.revoke(after.refresh()).hasStatus(204);
    node.renewEndedSessions();

    JsonNode claims = part(client.get(PATH + "?since=" + known).hasStatus(200), 1);

    assertThat(sids(claims)).contains(sid(after)).doesNotContain(sid(before));
    assertThat(claims.at("/since").asLong()).isPositive().isLessThanOrEqualTo(known);
    assertThat(claims.at("/as_of").asLong()).isGreaterThanOrEqualTo(known);
    assertThat(sids(whole())).contains(sid(before), sid(after));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?since=", "?since=x", "?since=-1", "?since=1", "?since=99999999999999999999",
        "?since=999999999999999", "?since=1&since=2", "?since=1.5", "?other=1", "?"
      })
  void isWholeForWhoSaysNothingUnderstandable(String query) {
    JsonNode claims = part(client.get(PATH + query).hasStatus(200), 1);

    assertThat(claims.has("since")).isFalse();
  }

  @Test
  void aRequestThatWaitsIsAnsweredWhenASessionEnds() {
    Tokens tokens = client.newcomer();
    long known = whole().at("/as_of").asLong();
    CompletableFuture<HttpResponse<String>> waiting = waiting("?since=" + known, "wait=30");
    awaitHeld(1);

    client.revoke(tokens.refresh()).hasStatus(204);
    node.renewEndedSessions();

    var answer = new Answer(waiting.join()).hasStatus(200);
    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=30");
    assertThat(sids(part(answer, 1))).contains(sid(tokens));
    assertThat(held()).isZero();
  }

  @Test
  void aRequestThatWaitsByItsTagIsAnsweredWhenASessionEnds() {
    Tokens tokens = client.newcomer();
    String tag = client.get(PATH).header("ETag");
    CompletableFuture<HttpResponse<String>> waiting = waiting("", "wait=60", "If-None-Match", tag);
    awaitHeld(1);

    client.revoke(tokens.refresh()).hasStatus(204);
    node.renewEndedSessions();

    var answer = new Answer(waiting.join()).hasStatus(200);
    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=30");
    assertThat(answer.header("ETag")).isNotEqualTo(tag);
    assertThat(sids(part(answer, 1))).contains(sid(tokens));
  }

  @Test
  void aRequestThatWaitsIsAnsweredWhenItsTimeIsOver() {
    String tag = client.get(PATH).header("ETag");

    Answer answer = client.get(PATH, "Prefer", "wait=1", "If-None-Match", tag).hasStatus(304);

    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=1");
  }

  @Test
  void aRequestThatWaitsIsAnsweredWithANewTimeAfterTenSeconds() {
    long known = whole().at("/as_of").asLong();
    CompletableFuture<HttpResponse<String>> waiting = waiting("?since=" + known, "wait=30");
    awaitHeld(1);

    clock.advance(Duration.ofSeconds(11));
    node.renewEndedSessions();

    assertThat(part(new Answer(waiting.join()), 1).at("/as_of").asLong())
        .isGreaterThanOrEqualTo(known + 11_000);
  }

  @Test
  void whoLacksSomethingDoesNotWaitForIt() {
    long known = whole().at("/as_of").asLong();

    Answer answer = client.get(PATH + "?since=" + (known - 1), "Prefer", "wait=30").hasStatus(200);

    assertThat(answer.headers("Preference-Applied")).isEmpty();
  }

  /** The limit is below the time for which it would keep the place. */
  @Test
  @Timeout(20)
  void aCallerThatHasGoneKeepsNoPlace() throws IOException {
    String tag = client.get(PATH).header("ETag");
    try (var socket = new Socket(node.address().getHost(), node.address().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET "
                      + PATH
                      + " HTTP/1.1\r\nHost: a\r\nPrefer: wait=30\r\nIf-None-Match: "
                      + tag
                      + "\r\n\r\n")
                  .getBytes(UTF_8));
      awaitHeld(1);
    }

    awaitHeld(0);
  }

  /** They are all of one network, which gets a quarter of the places. */
  @Test
  void whoFindsNoPlaceIsAnsweredAtOnceAndOthersAreServed() {
    Tokens tokens = client.newcomer();
    long known = whole().at("/as_of").asLong();
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      waiting.add(waiting("?since=" + known, "wait=30"));
    }
    awaitHeld(250);

    Answer answer = client.get(PATH + "?since=" + known, "Prefer", "wait=30").hasStatus(200);
    assertThat(answer.headers("Preference-Applied")).isEmpty();
    client.me(tokens.access()).hasStatus(200);
    Tokens next = Tokens.of(client.refresh(tokens.refresh()).hasStatus(200).json());

    client.revoke(next.refresh()).hasStatus(204);
    node.renewEndedSessions();
    for (CompletableFuture<HttpResponse<String>> request : waiting) {
      assertThat(sids(part(new Answer(request.join()).hasStatus(200), 1))).contains(sid(tokens));
    }
  }

  /** As many as there are places, from four networks. */
  @Test
  void aThousandMayWaitAndOthersAreServedMeanwhile() {
    Node behindProxy = Node.shared(Map.of("latchkey.http.trusted-proxies", 1));
    Client others = behindProxy.client();
    Tokens tokens = others.newcomer();
    String tag = others.get(PATH).hasStatus(200).header("ETag");
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      HttpRequest request =
          others
              .request(PATH, "Prefer", "wait=30", "If-None-Match", tag)
              .header("X-Forwarded-For", "192.0.2." + i / 250)
              .build();
      waiting.add(listener.sendAsync(request, BodyHandlers.ofString()));
    }
    awaitHeld(behindProxy, 1000);

    others.get(PATH, "Prefer", "wait=30", "If-None-Match", tag).hasStatus(304);
    others.me(tokens.access()).hasStatus(200);
    others.revoke(tokens.refresh()).hasStatus(204);
    behindProxy.renewEndedSessions();

    for (CompletableFuture<HttpResponse<String>> request : waiting) {
      assertThat(sids(part(new Answer(request.join()).hasStatus(200), 1))).contains(sid(tokens));
    }
  }

  @Test
  void whoWaitsIsAnsweredWhenTheServiceStops() {
    try (Node stopping = Node.start(Map.of())) {
      String tag = stopping.client().get(PATH).header("ETag");
      CompletableFuture<HttpResponse<String>> waiting =
          listener.sendAsync(
              stopping
                  .client()
                  .request(PATH, "Prefer", "wait=30", "If-None-Match", tag)
                  .GET()
                  .build(),
              BodyHandlers.ofString());
      awaitHeld(stopping, 1);

      stopping.bean(Drain.class).begin();

      assertThat(stopping.bean(HeldRequests.class).count()).isZero();
      assertThat(waiting.join().statusCode()).isEqualTo(304);
      assertThat(waiting.join().headers().firstValue("Connection")).contains("close");
    }
  }

  @Test
  void aSessionOfADeletedAccountIsNamed() {
    Tokens tokens = client.newcomer();
    client
        .json(
            "DELETE",
            "/api/accounts/me",
            Map.of("password", Client.PASSWORD),
            "Authorization",
            "Bearer " + tokens.access())
        .hasStatus(204);
    node.renewEndedSessions();

    assertThat(sids(whole())).contains(sid(tokens));
  }

  private CompletableFuture<HttpResponse<String>> waiting(
      String query, String prefer, String... headers) {
    HttpRequest.Builder request = client.request(PATH + query, headers).header("Prefer", prefer);
    return listener.sendAsync(request.GET().build(), BodyHandlers.ofString());
  }

  private int held() {
    return node.bean(HeldRequests.class).count();
  }

  private void awaitHeld(int count) {
    awaitHeld(node, count);
  }

  private static void awaitHeld(Node node, int count) {
    HeldRequests held = node.bean(HeldRequests.class);
    while (held.count() != count) {
      Thread.onSpinWait();
    }
  }

  private JsonNode whole() {
    return part(client.get(PATH).hasStatus(200), 1);
  }

  private static List<String> sids(JsonNode claims) {
    var sids = new ArrayList<String>();
    claims.at("/sids").forEach(sid -> sids.add(sid.asText()));
    return sids;
  }

  private static String sid(Tokens tokens) {
    return part(tokens.access(), 1).at("/sid").asText();
  }

  private static JsonNode part(Answer answer, int number) {
    return part(answer.body(), number);
  }

  private static JsonNode part(String jws, int number) {
    try {
      return JSON.readTree(Base64.getUrlDecoder().decode(jws.split("\\.", -1)[number]));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
