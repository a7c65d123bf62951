package dev.latchkey.adapters.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What caches learn about the published keys. */
final class JwksHttpTest extends HttpTest {

  private static final String PATH = "/.well-known/jwks.json";

  private Answer keys;
  private String tag;

  @BeforeEach
  void get() {
    keys = client.get(PATH).hasStatus(200);
    tag = keys.header("ETag");
  }

  @Test
  void saysForHowLongTheKeysAreGood() {
    assertThat(keys.headers("Cache-Control")).containsExactly("public, max-age=300");
    assertThat(keys.header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void namesTheSetByTheHashOfItsBytes() throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(keys.body().getBytes(UTF_8));

    assertThat(tag)
        .isEqualTo('"' + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + '"');
    assertThat(client.get(PATH).header("ETag")).isEqualTo(tag);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "W/%s", "\"other\", %s", "\"other\",W/%s,\"a,b\"", "*", " %s "})
  void doesNotSendTheSetAgainToWhoHasIt(String form) {
    Answer answer = client.get(PATH, "If-None-Match", form.formatted(tag)).hasStatus(304);

    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("ETag")).isEqualTo(tag);
    assertThat(answer.headers("Cache-Control")).containsExactly("public, max-age=300");
  }

  @Test
  void looksAtEveryHeaderOfThatName() {
    client.get(PATH, "If-None-Match", "\"other\"", "If-None-Match", tag).hasStatus(304);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"other\"", "other", "", "\"", "W/\"other\", \"another\"", "\"*\""})
  void sendsTheSetToWhoHasAnotherOne(String header) {
    assertThat(client.get(PATH, "If-None-Match", header).hasStatus(200).body())
        .isEqualTo(keys.body());
  }

  @Test
  void doesNotTakeATagWithoutItsQuotesOrPartOfIt() {
    client.get(PATH, "If-None-Match", tag.replace("\"", "")).hasStatus(200);
    client.get(PATH, "If-None-Match", tag.substring(0, 10) + '"').hasStatus(200);
  }

  @Test
  void answersHeadAsGetWithoutTheBody() {
    Answer head =
        client.send(client.request(PATH).method("HEAD", BodyPublishers.noBody())).hasStatus(200);

    assertThat(head.body()).isEmpty();
    assertThat(head.header("ETag")).isEqualTo(tag);
    assertThat(head.header("Cache-Control")).isEqualTo("public, max-age=300");
    client
        .send(client.request(PATH, "If-None-Match", tag).method("HEAD", BodyPublishers.noBody()))
        .hasStatus(304);
  }

  /**
   * The tag names these bytes; compressed ones would need another. The style sheet is long enough
   * to be compressed.
   */
  @Test
  void isNotCompressedAndNorIsAnythingElse() {
    for (String path : new String[] {PATH, "/swagger-ui/res/swagger-ui.css"}) {
      assertThat(
              client.get(path, "Accept-Encoding", "gzip").hasStatus(200).header("Content-Encoding"))
          .isEmpty();
    }
  }

  @Test
  void isPartOfTheDescription() {
    assertThat(client.get("/openapi").hasStatus(200).body()).contains("/.well-known/jwks.json\"");
  }
}
