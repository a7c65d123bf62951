package dev.latchkey.adapters.web.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class NewIdsTest {

  @Test
  void noIdComesTwiceWhoeverAsksAndOnWhicheverNode() {
    var node = new NewIds(new SplittableRandom(1));
    var other = new NewIds(new SplittableRandom(2));

    Set<String> ids = new HashSet<>();
    IntStream.range(0, 100_000)
        .parallel()
        .mapToObj(_ -> Stream.of(node.next(), other.next()))
        .flatMap(both -> both)
        .toList()
        .forEach(ids::add);

    assertThat(ids).hasSize(200_000).allMatch(id -> id.matches("[0-9a-f]{32}"));
  }

  /** Neither half of two ids in a row is near the other. */
  @Test
  void nobodyReadsFromThemHowManyThereWere() {
    var ids = new NewIds(new SplittableRandom(1));
    String first = ids.next();
    String second = ids.next();

    for (int half : new int[] {0, 16}) {
      long a = Long.parseUnsignedLong(first, half, half + 16, 16);
      long b = Long.parseUnsignedLong(second, half, half + 16, 16);
      assertThat(Long.bitCount(a ^ b)).isBetween(12, 52);
    }
  }
}
