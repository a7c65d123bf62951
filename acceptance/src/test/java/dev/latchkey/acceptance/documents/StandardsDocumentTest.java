package dev.latchkey.acceptance.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every test that {@code docs/standards.md} and {@code docs/learn.md} name exists. */
final class StandardsDocumentTest {

  private static final Path ROOT = Path.of("..");

  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    Set<String> named = NamedTests.in(document());

    assertThat(named).hasSizeGreaterThan(50);
    assertThat(NamedTests.there()).containsAll(named);
  }

  @Test
  void everyTestThatTheLessonNamesIsThere() throws IOException {
    Set<String> named = NamedTests.in(Files.readString(ROOT.resolve("docs/learn.md")));
    named.removeIf(
        name ->
            !name.matches("\\w+(Test|Contract|Interleavings)\\.\\w+")); // it names main classes too

    assertThat(named).isNotEmpty();
    assertThat(NamedTests.there()).containsAll(named);
  }

  @Test
  void everyDemandOfEveryRfcHasATestOrAReasonWhyThereIsNone() throws IOException {
    var rows = new TreeMap<String, List<String>>();
    for (String section : document().split("(?m)^## ", -1)) {
      if (section.startsWith("RFC ")) {
        List<String> demands = section.lines().filter(line -> line.matches("\\| [0-9].*")).toList();
        rows.put(section.substring(0, section.indexOf(':')), demands);
      }
    }

    assertThat(rows)
        .containsOnlyKeys(
            "RFC 6749",
            "RFC 6750",
            "RFC 7009",
            "RFC 7662",
            "RFC 8414",
            "RFC 8725",
            "RFC 9068",
            "RFC 9449",
            "RFC 9700");
    assertThat(rows.values())
        .allSatisfy(
            demands ->
                assertThat(demands)
                    .hasSizeGreaterThan(10)
                    .allSatisfy(
                        demand ->
                            assertThat(shownBy(demand))
                                .containsPattern(NamedTests.NAMED + "|^none: ")));
  }

  private static String shownBy(String demand) {
    List<String> cells =
        Arrays.stream(demand.split("(?<!\\\\)\\|", -1)).map(String::strip).toList();
    assertThat(cells).as(demand).hasSize(6);
    return cells.get(4);
  }

  private static String document() throws IOException {
    return Files.readString(ROOT.resolve("docs/standards.md"));
  }
}
