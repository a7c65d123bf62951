package dev.latchkey.acceptance.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.acceptance.postgres.PostgresStorage;
import dev.latchkey.adapters.web.http.HttpTest;
import dev.latchkey.adapters.web.http.TestStorage;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tests of HTTP run here as they run in {@code adapters-web}, and differ in the line that the
 * README shows. That as many of them were run is compared by {@code .ci/http-suite}.
 */
final class HttpSuiteTest {

  private static final Path ROOT = Path.of("..");
  private static final String PACKAGE = "dev/latchkey/adapters/web/http";

  /** A module and the storage that its tests run on. */
  private static final Pattern LINE = Pattern.compile("(?m)^([a-z-]+) +(dev\\.latchkey\\.\\S+)$");

  @Test
  void theReadmeShowsTheLineOfEachModule() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    List<MatchResult> lines = LINE.matcher(readme).results().toList();

    assertThat(lines)
        .extracting(line -> line.group(1))
        .containsExactly("adapters-web", "acceptance");
    for (MatchResult line : lines) {
      Path services = ROOT.resolve(line.group(1)).resolve("src/test/resources/META-INF/services");
      assertThat(services.resolve(TestStorage.class.getName())).hasContent(line.group(2));
    }
    assertThat(TestStorage.ofThisModule()).isInstanceOf(PostgresStorage.class);
  }

  @Test
  void everyTestOfTheSuiteIsInTheJarThatIsRunHere() throws Exception {
    Path jar = Path.of(HttpTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (FileSystem contents = FileSystems.newFileSystem(jar);
        Stream<Path> there =
            Files.list(ROOT.resolve("adapters-web/src/test/java").resolve(PACKAGE));
        Stream<Path> here = Files.list(contents.getPath(PACKAGE))) {
      List<String> written = names(there, "Test.java");

      assertThat(written).hasSizeGreaterThan(15);
      assertThat(names(here, "Test.class")).isEqualTo(written);
    }
    assertThat(Path.of("pom.xml"))
        .content()
        .contains(
            "<dependency>dev.latchkey:latchkey-adapters-web:test-jar:http-suite</dependency>");
  }

  private static List<String> names(Stream<Path> files, String ending) {
    return files
        .map(file -> file.getFileName().toString())
        .filter(name -> name.endsWith(ending))
        .map(name -> name.substring(0, name.length() - ending.length()))
        .sorted()
        .toList();
  }
}
