package dev.latchkey.bootstrap.settings;

import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Settings that look like ours and are none. A name that is misspelled would otherwise leave its
 * default in force, without a word.
 */
final class UnknownSettings {

  private static final Pattern PROPERTY = Pattern.compile("latchkey[.\\[].*");
  private static final Pattern VARIABLE = Pattern.compile("LATCHKEY_.*");

  /**
   * What Kubernetes and Docker set in every container beside a service that is called "latchkey".
   */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          "LATCHKEY_(?:.*_)?(?:SERVICE_HOST|SERVICE_PORT(?:_.*)?"
              + "|PORT(?:_\\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)?|ENV_.*|NAME)");

  /** The launcher of an installation reads it, and the service does not. */
  private static final Pattern OF_THE_LAUNCHER = Pattern.compile("LATCHKEY_JAVA_OPTS");

  private static final Pattern INDEX = Pattern.compile("\\[\\d+]");
  private static final Pattern SEPARATOR = Pattern.compile("[-_.]");

  private final Map<String, String> known;

  /**
   * @param known the names of all settings
   */
  UnknownSettings(Collection<String> known) {
    this.known =
        known.stream()
            .collect(Collectors.toUnmodifiableMap(UnknownSettings::compact, name -> name));
  }

  /** A sentence for each that is in the sources. */
  List<String> in(Collection<PropertySource> sources) {
    return sources.stream().flatMap(this::in).distinct().sorted().toList();
  }

  private Stream<String> in(PropertySource source) {
    Stream<String> names = StreamSupport.stream(source.spliterator(), false);
    return source.getConvention() == PropertyConvention.ENVIRONMENT_VARIABLE
        ? names
            .filter(name -> VARIABLE.matcher(name).matches() && isUnknown(name))
            .filter(name -> !SERVICE_LINK.matcher(name).matches())
            .filter(name -> !OF_THE_LAUNCHER.matcher(name).matches())
            .map(name -> sentence(name, UnknownSettings::variable))
        : names
            .filter(name -> PROPERTY.matcher(name).matches() && isUnknown(name))
            .map(name -> sentence(name, Function.identity()));
  }

  private boolean isUnknown(String name) {
    return !known.containsKey(compact(name));
  }

  private String sentence(String name, Function<String, String> form) {
    return "There is no setting %s; the nearest is %s.".formatted(name, form.apply(nearest(name)));
  }

  private String nearest(String name) {
    String compact = compact(name);
    return known.entrySet().stream()
        .min(
            Comparator.<Map.Entry<String, String>>comparingInt(
                    entry -> distance(compact, entry.getKey()))
                .thenComparing(Map.Entry::getValue))
        .orElseThrow()
        .getValue();
  }

  private static String variable(String name) {
    return SEPARATOR.matcher(name).replaceAll("_").toUpperCase(Locale.ROOT);
  }

  /** What all ways to write a name have in common. */
  private static String compact(String name) {
    return SEPARATOR
        .matcher(INDEX.matcher(name).replaceAll(""))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
  }

  /** How many characters must be inserted, left out or replaced (Levenshtein). */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
