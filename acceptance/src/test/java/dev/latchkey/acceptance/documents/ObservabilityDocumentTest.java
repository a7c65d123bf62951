package dev.latchkey.acceptance.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.latchkey.adapters.web.http.HttpTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * The table of metrics, the dashboard and the rules are about what the service says; each rule
 * leads to a section that says what to do. That the rules fire when they should is tested by {@code
 * .ci/alerts}.
 */
class ObservabilityDocumentTest extends HttpTest {

  private static final Path DOCUMENT = Path.of("../docs/observability.md");
  private static final Path DASHBOARD = Path.of("../operation/grafana-dashboard.json");
  private static final Path RULES = Path.of("../operation/alerts.yml");

  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (?<name>\\S+) (?<type>\\S+)$");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(?<name>[a-z0-9_]+)` \\| (?<type>\\w+) \\| (?<unit>[^|]+) \\|");

  /** What Prometheus adds by itself. */
  private static final Set<String> OF_PROMETHEUS = Set.of("up");

  /** Those that the JVM first says once it has done it. */
  private static final Set<String> NOT_FROM_THE_START =
      Set.of("jvm_gc_concurrent_phase_time_seconds", "jvm_gc_pause_seconds");

  /** {@code TlsCertificateJob} says it; these tests have no certificate. */
  private static final Set<String> ONLY_WITH_TLS =
      Set.of("latchkey_tls_certificate_expiry_seconds");

  private static final Pattern METRIC =
      Pattern.compile("(?<![\\w$:\"])(?<name>[a-z][a-z0-9]*(?:_[a-z0-9]+)+|up)(?=[{\\s)\\[,]|$)");

  @Test
  void theTableHasEveryMetricWithItsType() throws IOException {
    Map<String, String> documented =
        ROW.matcher(section("## Metrics", "### The management port"))
            .results()
            .collect(Collectors.toMap(row -> row.group("name"), row -> row.group("type")));

    Map<String, String> scraped = types();

    assertThat(scraped).hasSizeGreaterThan(50);
    assertThat(documented).containsAllEntriesOf(scraped);
    assertThat(
            documented.keySet().stream()
                .filter(name -> !scraped.containsKey(name))
                .filter(name -> !ONLY_WITH_TLS.contains(name)))
        .isSubsetOf(NOT_FROM_THE_START);
  }

  private static String section(String from, String to) throws IOException {
    String document = Files.readString(DOCUMENT);
    return document.substring(document.indexOf(from), document.indexOf(to));
  }

  @Test
  void theDashboardShowsNothingThatThereIsNot() throws IOException {
    List<String> expressions =
        new JsonMapper()
            .readTree(DASHBOARD.toFile()).findValues("expr").stream()
                .map(JsonNode::asText)
                .toList();

    Set<String> samples = samples();

    assertThat(expressions).hasSizeGreaterThan(30);
    assertThat(expressions)
        .allSatisfy(
            expression -> {
              assertThat(metricsIn(expression)).isNotEmpty();
              assertThat(samples).containsAll(metricsIn(expression));
            });
  }

  @Test
  void theRulesWatchNothingThatThereIsNot() throws IOException {
    Set<String> samples = samples();

    assertThat(rules())
        .hasSizeGreaterThan(10)
        .allSatisfy(
            rule -> {
              Set<String> metrics = metricsIn(String.valueOf(rule.get("expr")));
              assertThat(metrics).isNotEmpty();
              metrics.removeAll(OF_PROMETHEUS);
              metrics.removeAll(ONLY_WITH_TLS);
              assertThat(samples).containsAll(metrics);
            });
  }

  @Test
  void everyRuleLeadsToWhatToDo() throws IOException {
    String document = Files.readString(DOCUMENT);
    List<String> headings =
        Pattern.compile("(?m)^### (Latchkey\\w+)$")
            .matcher(document)
            .results()
            .map(heading -> heading.group(1))
            .toList();

    assertThat(rules())
        .allSatisfy(
            rule -> {
              String alert = String.valueOf(rule.get("alert"));
              assertThat(rule.get("annotations"))
                  .asInstanceOf(InstanceOfAssertFactories.MAP)
                  .containsEntry(
                      "runbook", "docs/observability.md#" + alert.toLowerCase(Locale.ROOT));
            });
    assertThat(rules().stream().map(rule -> String.valueOf(rule.get("alert"))))
        .containsExactlyElementsOf(headings);
  }

  /** The largest of a timer is a metric of its own, which the table has with the timer. */
  private Map<String, String> types() {
    return TYPE.matcher(scrape())
        .results()
        .filter(metric -> !metric.group("name").endsWith("_seconds_max"))
        .collect(Collectors.toMap(metric -> metric.group("name"), metric -> metric.group("type")));
  }

  private Set<String> samples() {
    return Stream.concat(
            scrape()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0]),
            NOT_FROM_THE_START.stream().map(name -> name + "_sum"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String scrape() {
    client.newcomer(); // a request, which is measured
    return client.get("/prometheus").hasStatus(200).body();
  }

  /** Outside of braces and parentheses that group by labels. */
  private static Set<String> metricsIn(String expression) {
    String withoutLabels =
        expression.replaceAll("\\{[^}]*}", "{").replaceAll("\\b(by|without) \\([^)]*\\)", " ");
    return METRIC
        .matcher(withoutLabels)
        .results()
        .map((MatchResult metric) -> metric.group("name"))
        .filter(name -> !name.equals("histogram_quantile"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Map<String, Object>> rules() throws IOException {
    Map<String, List<Map<String, List<Map<String, Object>>>>> file =
        new Yaml().load(Files.readString(RULES));
    return file.getOrDefault("groups", List.of()).stream()
        .flatMap(group -> group.getOrDefault("rules", List.of()).stream())
        .toList();
  }
}
