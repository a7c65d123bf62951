package dev.latchkey.acceptance.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/asvs.md} has each row of the chapters that it is about, and what it names exists.
 * That a test shows what its row says is for the reader to judge.
 */
final class AsvsDocumentTest {

  private static final Path DOCUMENT = Path.of("../docs/asvs.md");

  /** The numbers of OWASP ASVS 5.0; those of level 3 are left out. */
  private static final String LEVEL_1 =
      """
      3.2.1 3.2.2 3.3.1 3.4.1 3.4.2 3.5.1 3.5.2 3.5.3
      6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.3.1 6.3.2 6.4.1 6.4.2
      7.2.1 7.2.2 7.2.3 7.2.4 7.4.1 7.4.2
      9.1.1 9.1.2 9.1.3 9.2.1
      10.4.1 10.4.2 10.4.3 10.4.4 10.4.5
      12.1.1 12.2.1 12.2.2 13.4.1 14.2.1 14.3.1
      """;

  private static final String LEVEL_2 =
      """
      3.3.2 3.3.3 3.3.4 3.4.3 3.4.4 3.4.5 3.4.6 3.5.4 3.5.5 3.7.1 3.7.2
      6.1.2 6.1.3 6.2.9 6.2.10 6.2.11 6.2.12 6.3.3 6.3.4 6.4.3 6.4.4
      6.5.1 6.5.2 6.5.3 6.5.4 6.5.5 6.6.1 6.6.2 6.6.3 6.8.1 6.8.2 6.8.3 6.8.4
      7.1.1 7.1.2 7.1.3 7.3.1 7.3.2 7.4.3 7.4.4 7.4.5 7.5.1 7.5.2 7.6.1 7.6.2
      9.2.2 9.2.3 9.2.4
      10.1.1 10.1.2 10.2.1 10.2.2 10.3.1 10.3.2 10.3.3 10.3.4 10.4.6 10.4.7 10.4.8 10.4.9 10.4.10 10.4.11
      10.5.1 10.5.2 10.5.3 10.5.4 10.5.5 10.6.1 10.6.2 10.7.1 10.7.2 10.7.3
      11.4.2
      12.1.2 12.1.3 12.3.1 12.3.2 12.3.3 12.3.4
      13.1.1 13.2.1 13.2.2 13.2.3 13.2.4 13.2.5 13.3.1 13.3.2 13.4.2 13.4.3 13.4.4 13.4.5
      14.1.1 14.1.2 14.2.2 14.2.3 14.2.4 14.3.2 14.3.3
      16.1.1 16.2.1 16.2.2 16.2.3 16.2.4 16.2.5 16.3.1 16.3.2 16.3.3 16.3.4
      16.4.1 16.4.2 16.4.3 16.5.1 16.5.2 16.5.3
      """;

  private static final Pattern NUMBER = Pattern.compile("\\d+\\.\\d+\\.\\d+");

  /** A link to a file of the repository, without its fragment. */
  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https://)(?<path>[^)#]+)(?:#[^)]*)?\\)");

  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    Set<String> named = NamedTests.in(document());

    assertThat(named).hasSizeGreaterThan(50);
    assertThat(NamedTests.there()).containsAll(named);
  }

  @Test
  void everyFileThatIsLinkedIsThere() throws IOException {
    List<String> linked =
        LINK.matcher(document()).results().map(link -> link.group("path")).toList();

    assertThat(linked).hasSizeGreaterThan(10);
    assertThat(linked).allSatisfy(path -> assertThat(DOCUMENT.resolveSibling(path)).exists());
  }

  @Test
  void everyRowOfTheTwoLevelsIsThereOnce() throws IOException {
    assertThat(rows())
        .extracting(row -> row.level() + ": " + row.number())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    numbersIn(LEVEL_1).map("1: "::concat), numbersIn(LEVEL_2).map("2: "::concat))
                .toList());
  }

  @Test
  void everyRowThatIsMetIsShownByATestOrAFile() throws IOException {
    assertThat(rows())
        .filteredOn(Row::isMet)
        .hasSizeGreaterThan(50)
        .allSatisfy(
            row -> assertThat(row.shownBy()).containsPattern(NamedTests.NAMED + "|" + LINK));
  }

  @Test
  void everyRowThatIsNotMetIsInTheListOfThose() throws IOException {
    String section = document().split("(?m)^## ", -1)[1];
    List<String> listed =
        section
            .lines()
            .filter(line -> line.startsWith("|"))
            .flatMap(AsvsDocumentTest::numbersIn)
            .toList();

    assertThat(section).startsWith("What is not met");
    assertThat(numbersOf(notMet())).containsExactlyInAnyOrderElementsOf(listed);
  }

  @Test
  void ofPasswordsAndSessionsOnlyTheSecondFactorAndAdministrationAreMissing() throws IOException {
    assertThat(numbersOf(notMet()))
        .filteredOn(number -> number.matches("6\\.[1-4]\\..*|7\\..*"))
        .containsExactlyInAnyOrder("6.3.3", "7.4.5");
  }

  private static Stream<String> numbersIn(String text) {
    return NUMBER.matcher(text).results().map(match -> match.group());
  }

  private static List<Row> notMet() throws IOException {
    return rows().stream().filter(Row::isNotMet).toList();
  }

  private static Set<String> numbersOf(List<Row> rows) {
    return new TreeSet<>(rows.stream().map(Row::number).toList());
  }

  private static List<Row> rows() throws IOException {
    return document()
        .lines()
        .filter(line -> line.matches("\\| " + NUMBER + " \\|.*"))
        .map(Row::of)
        .toList();
  }

  private static String document() throws IOException {
    return Files.readString(DOCUMENT);
  }

  /**
   * @param here how it is met, or why not
   */
  private record Row(String number, String level, String here, String shownBy) {

    static Row of(String line) {
      List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
      assertThat(cells).as(line).hasSize(7);
      return new Row(cells.get(1), cells.get(2), cells.get(4), cells.get(5));
    }

    boolean isNotMet() {
      return here.toLowerCase(Locale.ROOT).contains("not yet");
    }

    boolean isMet() {
      return !isNotMet() && !here.startsWith("Does not apply: ");
    }
  }
}
