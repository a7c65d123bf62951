package dev.latchkey.acceptance.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tests that a document names, and those that there are. */
final class NamedTests {

  /** {@code Class.method}, as documents name tests. */
  static final Pattern NAMED = Pattern.compile("`(?<test>[A-Z]\\w*\\.[a-z]\\w*)`");

  private static final Path ROOT = Path.of("..");

  private static final List<String> MODULES =
      List.of(
          "domain",
          "application",
          "adapters-web",
          "adapters-persistence",
          "adapters-security",
          "adapters-mail",
          "embedded-postgres",
          "bootstrap",
          "acceptance",
          "examples/tasks");

  /**
   * An annotation that makes a test, and the method that follows it without a blank line between.
   */
  private static final Pattern TEST =
      Pattern.compile(
          "(?m)^ +@(?:Test|ParameterizedTest|Property|RepeatedTest)\\b(?:.*\n"
              + "(?! *\n"
              + "))*? +void (?<method>\\w+)\\(");

  private NamedTests() {}

  static Set<String> in(String document) {
    return new TreeSet<>(
        NAMED.matcher(document).results().map(match -> match.group("test")).toList());
  }

  static Set<String> there() throws IOException {
    var tests = new TreeSet<String>();
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          String type = file.getFileName().toString().replace(".java", "");
          TEST.matcher(Files.readString(file))
              .results()
              .map(match -> type + "." + match.group("method"))
              .forEach(tests::add);
        }
      }
    }
    return tests;
  }
}
