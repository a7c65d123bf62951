package dev.latchkey.acceptance.load;

import dev.latchkey.acceptance.load.Requests.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One session of one client. Whatever it asks, it asks until it is answered, each time a node at
 * random.
 */
final class Device {

  private final Surroundings surroundings;
  private final String client;
  private final String session;
  private String token;
  private String accessToken;

  private Device(Surroundings surroundings, String client, Reply login) {
    this.surroundings = surroundings;
    this.client = client;
    this.session = login.event().session();
    this.token = login.refreshToken();
    this.accessToken = login.accessToken();
  }

  /**
   * What all devices of a load have in common.
   *
   * @param node any node
   * @param history is shown every request
   * @param pause the longest between two requests for the same
   * @param isOver whether nobody can expect an answer any more
   */
  record Surroundings(
      Requests requests,
      Supplier<? extends Node> node,
      Consumer<Event> history,
      Duration pause,
      BooleanSupplier isOver) {

    private Reply untilAnswered(Request request) throws InterruptedException {
      while (!isOver.getAsBoolean()) {
        Node asked = node.get();
        Reply reply = request.to(asked.address());
        Event event = reply.event();
        history.accept(event);
        if (event.isLost() || event.status() >= 500) {
          asked.failed(event);
        }
        if (!event.isLost() && event.status() != 503) {
          return reply;
        }
        pauseAtMost(pause);
      }
      throw new IllegalStateException("never answered");
    }
  }

  /** Where requests are sent. */
  interface Node {

    URI address();

    /** Hears of a request that it did not answer, or answered with a failure of its own. */
    default void failed(Event event) {}
  }

  private interface Request {
    Reply to(URI node) throws InterruptedException;
  }

  static Device login(Surroundings surroundings, String client) throws InterruptedException {
    return new Device(
        surroundings,
        client,
        surroundings.untilAnswered(node -> surroundings.requests().login(node, client)));
  }

  /** The latest that it has received. */
  String token() {
    return token;
  }

  /** Keeps the successor and says so, or is refused. */
  boolean exchange() throws InterruptedException {
    Reply reply = present(token);
    boolean accepted = reply.event().status() == 200;
    if (accepted) {
      token = reply.refreshToken();
      accessToken = reply.accessToken();
    }
    return accepted;
  }

  Reply present(String refreshToken) throws InterruptedException {
    return surroundings.untilAnswered(
        node -> surroundings.requests().exchange(node, client, session, refreshToken));
  }

  /** Any node accepts the access token of any other. */
  void read() throws InterruptedException {
    var _ =
        surroundings.untilAnswered(
            node -> surroundings.requests().read(node, client, session, accessToken));
  }

  void revoke() throws InterruptedException {
    var _ =
        surroundings.untilAnswered(
            node -> surroundings.requests().revoke(node, client, session, token));
  }

  static void pauseAtMost(Duration most) throws InterruptedException {
    Thread.sleep(Duration.ofNanos(ThreadLocalRandom.current().nextLong(most.toNanos())));
  }
}
