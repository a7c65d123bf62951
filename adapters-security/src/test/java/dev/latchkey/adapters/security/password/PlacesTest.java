package dev.latchkey.adapters.security.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.domain.session.ClientNetwork;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the places are shared, and who would wait too long on them. */
final class PlacesTest {

  private static final long ANY_TIME = Long.MAX_VALUE;
  private static final ClientNetwork A = network(1);
  private static final ClientNetwork B = network(2);

  @ParameterizedTest
  @CsvSource({"1, 50", "2, 33", "3, 25", "4, 20", "9, 10", "99, 1", "100, 1", "200, 1"})
  void networksThatWantAllGetEqualShares(int networks, int share) {
    Places places = places(1, 99);

    List<Integer> shares = shares(places, networks);

    assertThat(shares.stream().limit(99))
        .allSatisfy(s -> assertThat(s).isBetween(share, share + 1));
    assertThat(shares.stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "10", "50", "99"})
  void whoeverHasNoneFindsRoomBesideThem(int networks) {
    Places places = places(1, 99);
    var _ = shares(places, networks);

    assertThat(places.haveRoomFor(network(1000), ANY_TIME)).isTrue();
    assertThat(places.haveRoomForNewcomer(ANY_TIME)).isTrue();
  }

  @Test
  void thereAreNoMoreThanThereAre() {
    Places places = places(2, 3);
    IntStream.range(0, 5).forEach(i -> places.take(network(i)));

    assertThat(places.haveRoomForNewcomer(ANY_TIME)).isFalse();
  }

  @Test
  void aPlaceThatIsGivenBackIsFree() {
    Places places = places(1, 9);
    takeAll(places, A);
    assertThat(places.haveRoomFor(A, ANY_TIME)).isFalse();

    places.giveBack(A);

    assertThat(places.haveRoomFor(A, ANY_TIME)).isTrue();
    places.take(A);
    assertThat(places.haveRoomFor(A, ANY_TIME)).isFalse();
  }

  @Test
  void noProcessorIsIdleForTheSakeOfWhoeverMightCome() {
    Places places = places(4, 0);

    takeAll(places, A);

    assertThat(places.haveRoomForNewcomer(ANY_TIME)).isFalse();
    places.giveBack(A);
    assertThat(places.haveRoomForNewcomer(ANY_TIME)).isTrue();
  }

  /** Two compute, and the third of them must wait for one of these. */
  @Test
  void aNetworkWaitsForAllOfItsOwn() {
    Places places = places(2, 100);
    take(places, A, 2 + 5);

    assertThat(places.haveRoomFor(A, 6)).isTrue();
    assertThat(places.haveRoomFor(A, 5)).isFalse();
  }

  /** One that computes, then one of each of the others. */
  @Test
  void aNewcomerWaitsForOneOfEachOther() {
    Places places = places(2, 1000);
    take(places, A, 100);
    take(places, B, 50);

    assertThat(places.haveRoomFor(network(3), 3)).isTrue();
    assertThat(places.haveRoomFor(network(3), 2)).isFalse();
    assertThat(places.haveRoomForNewcomer(2)).isFalse();
  }

  /** Its own ten, eleven of the larger one and three of the smaller one, and one that computes. */
  @Test
  void aNetworkWaitsForOneMoreOfEachOtherThanItHasItself() {
    Places places = places(1, 1000);
    take(places, A, 100);
    take(places, B, 3);
    take(places, network(3), 10);

    assertThat(places.haveRoomFor(network(3), 1 + 10 + 11 + 3)).isTrue();
    assertThat(places.haveRoomFor(network(3), 10 + 11 + 3)).isFalse();
  }

  @Test
  void nobodyWaitsForAProcessorThatIsIdle() {
    Places places = places(2, 100);
    places.take(A);

    assertThat(places.haveRoomFor(A, 0)).isTrue();
  }

  private static Places places(int concurrency, int queue) {
    return new Places(new HashingLimits(concurrency, queue, Duration.ofSeconds(1)));
  }

  private static ClientNetwork network(int number) {
    return ClientNetwork.of("2001:db8:0:" + Integer.toHexString(number) + "::");
  }

  private static void take(Places places, ClientNetwork network, int count) {
    IntStream.range(0, count).forEach(_ -> places.take(network));
  }

  private static void takeAll(Places places, ClientNetwork network) {
    while (places.haveRoomFor(network, ANY_TIME)) {
      places.take(network);
    }
  }

  /** What each has after they asked in turn until none gets any more. */
  private static List<Integer> shares(Places places, int networks) {
    List<ClientNetwork> all = IntStream.range(0, networks).mapToObj(PlacesTest::network).toList();
    int[] shares = new int[networks];
    boolean more = true;
    while (more) {
      more = false;
      for (int i = 0; i < networks; i++) {
        if (places.haveRoomFor(all.get(i), ANY_TIME)) {
          places.take(all.get(i));
          shares[i]++;
          more = true;
        }
      }
    }
    return IntStream.of(shares).boxed().toList();
  }
}
