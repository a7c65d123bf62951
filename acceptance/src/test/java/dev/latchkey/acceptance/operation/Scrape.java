package dev.latchkey.acceptance.operation;

import dev.latchkey.adapters.web.http.Client;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The metrics at one moment, in the text format of Prometheus.
 *
 * @param lines without comments
 */
record Scrape(List<String> lines) {

  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  static Scrape of(Client client) {
    return of(client.get("/prometheus").hasStatus(200).body());
  }

  static Scrape of(String body) {
    return new Scrape(body.lines().filter(line -> !line.startsWith("#")).toList());
  }

  /** The metrics, without their labels. */
  Set<String> names() {
    return lines.stream().map(Scrape::nameOf).collect(Collectors.toCollection(TreeSet::new));
  }

  /** All that are of this metric. */
  List<Map<String, String>> labelsOf(String name) {
    return lines.stream().filter(line -> nameOf(line).equals(name)).map(Scrape::labelsIn).toList();
  }

  /** Each value of a label that requests could have a part in; not of garbage collection, say. */
  Set<String> labelValues() {
    return lines.stream()
        .filter(line -> line.startsWith("latchkey_") || line.startsWith("http_"))
        .flatMap(line -> labelsIn(line).values().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Of all that have these labels together. */
  double sum(String name, Map<String, String> labels) {
    return lines.stream()
        .filter(line -> nameOf(line).equals(name))
        .filter(line -> labelsIn(line).entrySet().containsAll(labels.entrySet()))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static String nameOf(String line) {
    return line.split("[{ ]", 2)[0];
  }

  private static Map<String, String> labelsIn(String line) {
    var labels = new HashMap<String, String>();
    LABEL.matcher(line).results().forEach(label -> labels.put(label.group(1), label.group(2)));
    return labels;
  }
}
