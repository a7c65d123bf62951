package dev.latchkey.acceptance.resourceserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages on resource servers show is what the tests run. */
final class ResourceServersDocumentTest {

  private static final Path KITS = Path.of("..", "resource-servers");

  private static final List<Path> SAMPLES_OF_KITS =
      Stream.of("java", "micronaut", "spring-boot")
          .map(kit -> KITS.resolve(kit).resolve("src").resolve("test"))
          .toList();

  private static final List<Path> WITHOUT_KITS =
      List.of(
          Path.of("src", "test", "java", "dev", "latchkey", "acceptance", "resourceserver"),
          Path.of("src", "test", "resources", "resource-server"),
          Path.of("..", "interop", "resource-server.mjs"));

  private static final Pattern QUOTED =
      Pattern.compile("(?ms)^<!-- docs: (?<name>\\S+) -->\n```\\w+\n(?<text>.*?)^```$");

  private static final Pattern MARKED =
      Pattern.compile("(?ms)^(?://|#) docs: (?<name>\\S+)\n(?<text>.*?)^(?://|#) end$");

  @Test
  void thePageOnKitsQuotesTheirSamplesAndNothingElse() throws IOException {
    quotes("resource-servers.md", SAMPLES_OF_KITS, "java", "micronaut", "spring-boot");
  }

  @Test
  void thePageOnCheckingTokensQuotesTheSourcesAndNothingElse() throws IOException {
    quotes("checking-tokens.md", WITHOUT_KITS, "micronaut-settings", "spring", "nimbus", "node");
  }

  private static void quotes(String page, List<Path> sources, String... some) throws IOException {
    var marked = new TreeMap<String, String>();
    for (Path source : sources) {
      try (Stream<Path> files = Files.walk(source)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          marked.putAll(find(MARKED, Files.readString(file)));
        }
      }
    }
    String document = Files.readString(Path.of("..", "docs", page));

    assertThat(marked).containsKeys(some);
    assertThat(find(QUOTED, document)).containsExactlyInAnyOrderEntriesOf(marked);
    assertThat(document.lines().filter(line -> line.startsWith("```"))).hasSize(2 * marked.size());
  }

  private static Map<String, String> find(Pattern pattern, String text) {
    var found = new TreeMap<String, String>();
    pattern
        .matcher(text)
        .results()
        .forEach(match -> found.put(match.group("name"), match.group("text")));
    return found;
  }
}
