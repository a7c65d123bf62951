package dev.latchkey.acceptance.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.acceptance.postgres.TestDatabase;
import dev.latchkey.adapters.web.http.Node;
import dev.latchkey.application.port.out.event.SecurityEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/observability.md} names whatever is logged and stored. */
final class InventoryDocumentTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @Test
  void everyColumnOfEveryTableIsInTheInventory() throws IOException, SQLException {
    Map<String, Set<String>> documented = new TreeMap<>();
    for (List<String> row : rows("### In the database")) {
      documented
          .computeIfAbsent(codes(row.getFirst()).iterator().next(), _ -> new TreeSet<>())
          .addAll(codes(row.get(1)));
    }

    assertThat(documented).hasSizeGreaterThan(5).isEqualTo(schema());
  }

  private static Map<String, Set<String>> schema() throws SQLException {
    var _ = Node.shared(Map.of()); // which migrates
    var tables = new TreeMap<String, Set<String>>();
    try (var connection = TestDatabase.connect();
        var statement = connection.createStatement();
        var columns =
            statement.executeQuery(
                """
                SELECT table_name, column_name
                FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
                WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
                """)) {
      while (columns.next()) {
        tables
            .computeIfAbsent(columns.getString(1), _ -> new TreeSet<>())
            .add(columns.getString(2));
      }
    }
    return tables;
  }

  @Test
  void everyFieldOfTheLogIsListed() throws IOException {
    Set<String> written = new TreeSet<>();
    Pattern key =
        Pattern.compile("add\\(line, \"(\\w+)\"|\"(requestId|traceId)\"|\"(clientAddress)\"");
    for (Path source :
        List.of(
            ROOT.resolve(
                "bootstrap/src/main/java/dev/latchkey/bootstrap/observation/ObservedSecurityEvents.java"),
            ROOT.resolve(
                "adapters-web/src/main/java/dev/latchkey/adapters/web/correlation/LoggedRequest.java"))) {
      key.matcher(Files.readString(source))
          .results()
          .flatMap(match -> Stream.of(1, 2, 3).map(match::group).filter(group -> group != null))
          .forEach(written::add);
    }

    assertThat(written).hasSizeGreaterThan(10);
    assertThat(
            rows("### Fields").stream()
                .flatMap(row -> codes(row.getFirst()).stream())
                .collect(Collectors.toSet()))
        .isEqualTo(written);
  }

  @Test
  void everySecurityEventIsListedWithItsLevel() throws IOException {
    var documented = new TreeMap<String, String>();
    for (List<String> row : rows("### Security events")) {
      codes(row.getFirst()).forEach(event -> documented.put(event, row.get(1)));
    }

    assertThat(documented)
        .isEqualTo(
            casesOf(SecurityEvent.class)
                .distinct()
                .collect(
                    Collectors.toMap(
                        InventoryDocumentTest::nameOf, InventoryDocumentTest::levelOf)));
  }

  private static Stream<Class<?>> casesOf(Class<?> type) {
    Class<?>[] permitted = type.getPermittedSubclasses();
    return permitted == null
        ? Stream.of(type)
        : Stream.of(permitted).flatMap(InventoryDocumentTest::casesOf);
  }

  private static String nameOf(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  private static String levelOf(Class<?> type) {
    if (SecurityEvent.Alarm.class.isAssignableFrom(type)) {
      return "warn";
    }
    return SecurityEvent.Routine.class.isAssignableFrom(type) ? "debug" : "info";
  }

  @Test
  void everyLoggerOfTheServiceIsListed() throws IOException {
    Pattern logger = Pattern.compile("getLogger\\((?:(\\w+)\\.class|\"dev\\.latchkey\\.(\\w+)\")");
    Set<String> writing = new TreeSet<>();
    for (String module :
        List.of(
            "domain",
            "application",
            "adapters-web",
            "adapters-persistence",
            "adapters-security",
            "adapters-mail",
            "embedded-postgres",
            "bootstrap")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          logger
              .matcher(Files.readString(file))
              .results()
              .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
              .forEach(writing::add);
        }
      }
    }

    assertThat(writing).hasSizeGreaterThan(10);
    assertThat(
            rows("### Lines").stream()
                .flatMap(row -> codes(row.getFirst()).stream())
                .collect(Collectors.toSet()))
        .isEqualTo(writing);
  }

  /** The cells of the rows of the table below a heading, without its head. */
  private static List<List<String>> rows(String heading) throws IOException {
    String document = Files.readString(ROOT.resolve("docs/observability.md"));
    String section = document.substring(document.indexOf(heading + "\n") + heading.length());
    int next = section.indexOf("\n#");
    return (next < 0 ? section : section.substring(0, next))
        .lines()
        .filter(line -> line.startsWith("|"))
        .skip(2)
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
        .map(cells -> cells.subList(1, cells.size() - 1))
        .toList();
  }

  private static Set<String> codes(String cell) {
    return CODE.matcher(cell)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
