package dev.latchkey.acceptance.attack;

import com.nimbusds.jose.JWSHeader;
import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.Client;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Somebody with a session, who shows tokens to the service and to resource servers with caches of
 * their own. Used by one thread at a time.
 */
final class Customer {

  private final PairOfNodes nodes;
  private final String name = Client.someone();
  private final List<ResourceServer> resourceServers;

  /** Tokens that have not expired, from the oldest to the newest. */
  private final List<Issued> valid = new ArrayList<>();

  /** The algorithms and ids of the keys of all tokens, in the order of their first. */
  private final List<String> signers = new ArrayList<>();

  private String refreshToken = "";
  private Instant sessionEndsAt = Instant.MIN;
  private String doing = "nothing yet";

  /**
   * One cache is in front of the node at this place, the other one behind a further cache in front
   * of the other node.
   */
  Customer(PairOfNodes nodes, int place) {
    this.nodes = nodes;
    nodes.at(place).client().register(name).hasStatus(201);
    var behindAnother = new ResourceServer.Cache(cacheOf(1 - place), nodes::now);
    this.resourceServers =
        List.of(
            ResourceServer.withCache("A cache of node " + place, cacheOf(place)),
            ResourceServer.withCache(
                "A cache behind a cache of node " + (1 - place), behindAnother));
  }

  private ResourceServer.Cache cacheOf(int place) {
    return new ResourceServer.Cache(() -> PublishedKeys.of(nodes.at(place)), nodes::now);
  }

  List<String> signers() {
    return List.copyOf(signers);
  }

  /** Gets a token from one node, and shows it to the other, with the one before and the oldest. */
  void goRound() {
    // The time moves once while this goes on, at most: the next step waits for the end of it.
    Instant latest = nodes.now().plus(PairOfNodes.STEP);
    int place = ThreadLocalRandom.current().nextInt(2);
    valid.add(sessionEndsAt.isAfter(latest) ? exchange(place) : logIn(place));
    valid.removeIf(token -> !token.expiresAt().isAfter(latest));
    show(valid.getLast(), 1 - place);
    show(valid.get(Math.max(0, valid.size() - 2)), 1 - place);
    show(valid.getFirst(), 1 - place);
  }

  private Issued logIn(int place) {
    doing = "logs in at place " + place;
    return keep(nodes.at(place).client().login(name, Client.PASSWORD));
  }

  private Issued exchange(int place) {
    doing = "exchanges at place " + place;
    return keep(nodes.at(place).client().refresh(refreshToken));
  }

  private Issued keep(Answer answer) {
    answer.hasStatus(200);
    refreshToken = answer.refreshToken();
    sessionEndsAt = Instant.parse(answer.text("/refreshTokenExpiresAt"));
    return new Issued(answer.accessToken(), Instant.parse(answer.text("/accessTokenExpiresAt")));
  }

  private void show(Issued token, int place) {
    doing = "shows a token that expires at " + token.expiresAt() + " to resource servers";
    for (ResourceServer server : resourceServers) {
      JWSHeader header = server.check(token.text());
      String signer = header.getAlgorithm() + " " + header.getKeyID();
      if (!signers.contains(signer)) {
        signers.add(signer);
      }
    }
    doing = "shows a token that expires at " + token.expiresAt() + " at place " + place;
    nodes.at(place).client().me(token.text()).hasStatus(200);
  }

  @Override
  public String toString() {
    return name + " " + doing;
  }

  private record Issued(String text, Instant expiresAt) {}
}
