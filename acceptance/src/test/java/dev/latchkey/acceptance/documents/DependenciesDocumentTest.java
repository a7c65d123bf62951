package dev.latchkey.acceptance.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What {@code docs/dependencies.md} says of the class path is true of the class path of the tests.
 */
final class DependenciesDocumentTest {

  /** Artifacts, version, and the version that the build may not go below. */
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| (?<artifacts>`[^|]+`) \\| (?<version>[^| ]+) \\| (?<floor>[^| ]*) ?\\|");

  private static final Pattern JAR =
      Pattern.compile(
          "(?<artifact>.+?)-(?<version>[0-9][0-9A-Za-z.-]*?)(?:-(?:linux|osx)-[a-z0-9_]+)?\\.jar");

  /** What no service runs with. */
  private static final Pattern TEST_ONLY =
      Pattern.compile(
          "latchkey-.*|greenmail|spring-.*|tomcat-.*|junit-.*|archunit.*|micronaut-test-.*|assertj-core|byte-buddy|opentest4j"
              + "|apiguardian-api|tink|gson|protobuf-java|jsr305|oauth2-oidc-sdk|content-type|lang-tag|json-smart"
              + "|accessors-smart|asm|jcip-annotations|surefire-.*|jacoco.*");

  @Test
  void everythingThatRunsIsListedInItsVersion() throws IOException {
    List<Row> rows = rows();

    assertThat(jars())
        .filteredOn(jar -> !TEST_ONLY.matcher(jar.artifact()).matches())
        .hasSizeGreaterThan(60)
        .allSatisfy(jar -> assertThat(rows).as(jar.toString()).anyMatch(row -> row.lists(jar)));
  }

  @Test
  void everythingThatIsListedRuns() throws IOException {
    List<Jar> jars = jars();

    assertThat(rows())
        .hasSizeGreaterThan(30)
        .allSatisfy(row -> assertThat(jars).as(row.toString()).anyMatch(row::lists));
  }

  @Test
  void nothingIsBelowAKnownFix() throws IOException {
    assertThat(rows())
        .filteredOn(row -> !row.floor().isEmpty())
        .hasSizeGreaterThan(10)
        .allSatisfy(
            row ->
                assertThat(Version.parse(row.version()))
                    .isGreaterThanOrEqualTo(Version.parse(row.floor())));
  }

  private static List<Row> rows() throws IOException {
    return ROW.matcher(Files.readString(Path.of("../docs/dependencies.md")))
        .results()
        .map(Row::of)
        .toList();
  }

  private static List<Jar> jars() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> JAR.matcher(Path.of(entry).getFileName().toString()))
        .flatMap(matcher -> matcher.results())
        .map(jar -> new Jar(jar.group("artifact"), jar.group("version")))
        .toList();
  }

  private record Jar(String artifact, String version) {}

  private record Row(List<String> artifacts, String version, String floor) {

    static Row of(MatchResult row) {
      List<String> artifacts =
          Arrays.stream(row.group("artifacts").split(",", -1)).map(String::strip).toList();
      return new Row(artifacts, row.group("version"), row.group("floor"));
    }

    boolean lists(Jar jar) {
      return version.equals(jar.version())
          && artifacts.stream()
              .anyMatch(name -> jar.artifact().matches(name.replace("`", "").replace("*", ".*")));
    }
  }
}
