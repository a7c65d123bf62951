package dev.latchkey.adapters.web.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class OpenConnectionsTest {

  private final OpenConnections connections = new OpenConnections(2);
  private final EmbeddedChannel first = open();
  private final EmbeddedChannel second = open();

  @Test
  void upToTheLimitAllStayOpen() {
    assertThat(first.isOpen()).isTrue();
    assertThat(second.isOpen()).isTrue();
  }

  @Test
  void theOneThatWaitsLongestGivesWay() {
    EmbeddedChannel third = open();

    assertThat(first.isOpen()).isFalse();
    assertThat(second.isOpen()).isTrue();
    assertThat(third.isOpen()).isTrue();
  }

  @Test
  void theOneThatIsServedStays() {
    connections.serves(first);
    open();

    assertThat(first.isOpen()).isTrue();
    assertThat(second.isOpen()).isFalse();
  }

  @Test
  void theWaitBeginsAnewAfterAnAnswer() {
    connections.serves(first);
    connections.waits(first);
    open();

    assertThat(first.isOpen()).isTrue();
    assertThat(second.isOpen()).isFalse();
  }

  @Test
  void ifAllAreServedTheNewOneIsClosed() {
    connections.serves(first);
    connections.serves(second);
    EmbeddedChannel third = open();

    assertThat(first.isOpen()).isTrue();
    assertThat(second.isOpen()).isTrue();
    assertThat(third.isOpen()).isFalse();
  }

  @Test
  void aConnectionThatWasClosedMakesRoom() {
    var _ = first.close();
    EmbeddedChannel third = open();

    assertThat(second.isOpen()).isTrue();
    assertThat(third.isOpen()).isTrue();
  }

  @Test
  void whatBecameOfConnectionsIsCounted() {
    open(); // in the place of the first
    connections.serves(second);
    EmbeddedChannel fourth = open(); // in the place of the third
    connections.serves(fourth);
    open(); // in nobody's place

    assertThat(connections.counts()).isEqualTo(new ConnectionCounts(2, 2, 1, 0));

    var _ = fourth.close();
    assertThat(connections.counts()).isEqualTo(new ConnectionCounts(1, 2, 1, 0));
  }

  private EmbeddedChannel open() {
    var connection = new EmbeddedChannel();
    connections.opened(connection);
    return connection;
  }
}
