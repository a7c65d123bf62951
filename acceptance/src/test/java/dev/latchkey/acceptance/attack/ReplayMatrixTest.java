package dev.latchkey.acceptance.attack;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every token of a session, presented again at every interesting moment: the outcome is that of the
 * documented table.
 */
@Tag(Target.NEEDS_OWN_SERVICE)
@Timeout(120)
final class ReplayMatrixTest {

  private static final Path DOCUMENT = Path.of("../docs/learn.md");

  /**
   * As {@code docs/learn.md} has it: down the time since the last exchange, across how many
   * exchanges ago it was current.
   */
  private static final String EXPECTED = readExpected();

  private static final List<Duration> AGES =
      List.of(
          Duration.ZERO,
          Duration.ofSeconds(31),
          Duration.ofMillis(59_999),
          Duration.ofSeconds(60),
          Duration.ofHours(1),
          Duration.ofDays(7).minusHours(1),
          Duration.ofDays(7));

  private static final List<Integer> DISTANCES = List.of(0, 1, 2, 3, 10);

  private final Instant start = Instant.now();

  @BeforeEach
  void stopTheClocks() {
    Nodes.FIRST.clock().stopAt(start);
    Nodes.SECOND.clock().stopAt(start);
  }

  @AfterEach
  void letTheClocksRun() {
    Nodes.FIRST.clock().reset();
    Nodes.SECOND.clock().reset();
  }

  @Test
  void holdsOnTheNodeThatExchanged() {
    assertThat(outcomes(() -> Nodes.FIRST)).isEqualTo(EXPECTED);
  }

  @Test
  void holdsOnAnotherNode() {
    assertThat(outcomes(() -> Nodes.SECOND)).isEqualTo(EXPECTED);
  }

  @Test
  void holdsAfterARestart() {
    List<Node> restarted = new ArrayList<>();
    try {
      String outcomes =
          outcomes(
              () -> {
                restarted.add(Node.start(Map.of()));
                return restarted.getFirst();
              });
      assertThat(outcomes).isEqualTo(EXPECTED);
    } finally {
      restarted.forEach(Node::close);
    }
  }

  /**
   * @param replayed where the tokens are presented again; asked for when all exchanges are made
   */
  private String outcomes(Supplier<Node> replayed) {
    Client client = Nodes.FIRST.client();
    String name = Client.someone();
    client.register(name).hasStatus(201);
    Map<Duration, List<String>> tokens = new LinkedHashMap<>();
    AGES.forEach(
        age ->
            tokens.put(
                age, DISTANCES.stream().map(distance -> spent(client, name, distance)).toList()));

    Node node = replayed.get();
    var table =
        new StringJoiner("\n")
            .add(row("age", DISTANCES))
            .add("|---".repeat(1 + DISTANCES.size()) + "|");
    tokens.forEach(
        (age, row) -> {
          node.clock().stopAt(start.plus(age));
          table.add(
              row(age, row.stream().map(token -> outcome(node.client().refresh(token))).toList()));
        });
    return table.toString();
  }

  private static String row(Object head, List<?> cells) {
    return Stream.concat(Stream.of(head), cells.stream())
        .map(String::valueOf)
        .collect(joining(" | ", "| ", " |"));
  }

  private static String readExpected() {
    try {
      String document = Files.readString(DOCUMENT);
      int start = document.indexOf("<!-- replay matrix -->");
      int end = document.indexOf("<!-- end of replay matrix -->");
      return document.substring(document.indexOf('\n', start), end).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first token of a new session that has seen so many exchanges since. */
  private static String spent(Client client, String name, int exchanges) {
    String first = client.login(name, Client.PASSWORD).hasStatus(200).refreshToken();
    String current = first;
    for (int exchange = 0; exchange < exchanges; exchange++) {
      current = client.refresh(current).hasStatus(200).refreshToken();
    }
    return first;
  }

  private static String outcome(Answer answer) {
    return answer.status() == 200
        ? answer.text("/outcome")
        : answer.hasStatus(401).text("/code").replace("refresh_token_", "");
  }
}
