package dev.latchkey.acceptance.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.acceptance.load.Requests.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log-out at a node that is too busy for it at first. */
final class PatienceTest {

  private record Answer(int status, String retryAfter) {}

  private final Queue<Answer> answers = new ArrayDeque<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final Requests requests = new Requests();
  private long resumed;
  private final Patience patience =
      new Patience(
          time -> {
            pauses.add(time);
            resumed = System.nanoTime();
          });
  private HttpServer node;

  @BeforeEach
  void start() throws IOException {
    node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext(
        "/",
        call -> {
          Answer answer = answers.remove();
          if (!answer.retryAfter().isEmpty()) {
            call.getResponseHeaders().set("Retry-After", answer.retryAfter());
          }
          call.sendResponseHeaders(answer.status(), -1);
          call.close();
        });
    node.start();
  }

  @AfterEach
  void stop() {
    node.stop(0);
  }

  private Reply logOut(Answer... inTurn) throws InterruptedException {
    answers.addAll(Arrays.asList(inTurn));
    URI address = URI.create("http://localhost:" + node.getAddress().getPort());
    return patience.untilAnswered(() -> requests.revoke(address, "ada", "session", "token"));
  }

  @Test
  void waitsAsLongAsEachRefusalSaysAndAsksAgain() throws Exception {
    Reply reply = logOut(new Answer(503, "2"), new Answer(503, "7"), new Answer(204, ""));

    assertThat(pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(7));
    assertThat(patience.refusals()).isEqualTo(2);
    assertThat(reply.event().status()).isEqualTo(204);
  }

  @Test
  void waitsAlsoIfARefusalDoesNotSayHowLong() throws Exception {
    var _ = logOut(new Answer(503, ""), new Answer(204, ""));

    assertThat(pauses).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void aLogOutCountsFromItsAcknowledgementNotFromTheRefusalBefore() throws Exception {
    Reply reply = logOut(new Answer(503, "1"), new Answer(204, ""));

    assertThat(reply.event().sent()).isGreaterThanOrEqualTo(resumed);
    assertThat(reply.event().ended()).isGreaterThan(reply.event().sent());
  }

  @Test
  void doesNotAskAgainForWhatIsRefusedForGood() {
    assertThatThrownBy(() -> logOut(new Answer(400, ""))).hasMessageContaining("refused");

    assertThat(pauses).isEmpty();
  }
}
