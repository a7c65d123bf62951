package dev.latchkey.acceptance.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that {@code docs/standards.md} and {@code docs/learn.md} name exists. */
final class StandardsDocumentTest {

  private static final Path ROOT = Path.of("..");

  private static final List<String> MODULES =
      List.of(
          "domain",
          "application",
          "adapters-web",
          "adapters-persistence",
          "adapters-security",
          "adapters-mail",
          "bootstrap",
          "acceptance");

  /** {@code Class.method}, as the document names tests. */
  private static final Pattern NAMED = Pattern.compile("`(?<test>[A-Z]\\w*\\.[a-z]\\w*)`");

  /**
   * An annotation that makes a test, and the method that follows it without a blank line between.
   */
  private static final Pattern TEST =
      Pattern.compile(
          "(?m)^ +@(?:Test|ParameterizedTest|Property|RepeatedTest)\\b(?:.*\n"
              + "(?! *\n"
              + "))*? +void (?<method>\\w+)\\(");

  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    Set<String> named = namedIn(document());

    assertThat(named).hasSizeGreaterThan(50);
    assertThat(tests()).containsAll(named);
  }

  @Test
  void everyTestThatTheLessonNamesIsThere() throws IOException {
    Set<String> named = namedIn(Files.readString(ROOT.resolve("docs/learn.md")));
    named.removeIf(
        name ->
            !name.matches("\\w+(Test|Contract|Interleavings)\\.\\w+")); // it names main classes too

    assertThat(named).isNotEmpty();
    assertThat(tests()).containsAll(named);
  }

  private static Set<String> namedIn(String document) {
    return new TreeSet<>(
        NAMED.matcher(document).results().map(match -> match.group("test")).toList());
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
            "RFC 9700");
    assertThat(rows.values())
        .allSatisfy(
            demands ->
                assertThat(demands)
                    .hasSizeGreaterThan(10)
                    .allSatisfy(
                        demand -> assertThat(shownBy(demand)).containsPattern(NAMED + "|^none: ")));
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

  private static List<String> tests() throws IOException {
    var tests = new ArrayList<String>();
    for (String module : MODULES) {
      Path sources = ROOT.resolve(module).resolve("src/test/java");
      if (Files.exists(sources)) {
        try (Stream<Path> files = Files.walk(sources)) {
          for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
            String type = file.getFileName().toString().replace(".java", "");
            TEST.matcher(Files.readString(file))
                .results()
                .map(match -> type + "." + match.group("method"))
                .forEach(tests::add);
          }
        }
      }
    }
    return tests;
  }
}
