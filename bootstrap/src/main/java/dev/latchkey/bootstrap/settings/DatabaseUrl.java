package dev.latchkey.bootstrap.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The JDBC URL of a configured database. The credentials that may be among its parameters are taken
 * out and travel beside it, so that nothing that repeats the URL in a log or an exception can show
 * them. What the driver would not understand is refused here, because the driver and the pool
 * complain by repeating it.
 *
 * @see <a href="https://jdbc.postgresql.org/documentation/use/">The driver's manual: connecting to
 *     the database</a>
 */
public final class DatabaseUrl {

  /**
   * Not what separates the parts of URLs, this one's or another's: behind it there may be a
   * password.
   */
  private static final String NAME = "[^\\[\\]:,/?@;&=#\\s]*";

  private static final String HOST = "(?:" + NAME + "|\\[[0-9A-Fa-f:.]*\\])(?::\\d{1,5})?";

  private static final Pattern FORM =
      Pattern.compile(
          "(?<place>jdbc:postgresql:(?://(?:%1$s(?:,%1$s)*/%2$s)?|%2$s))(?:\\?(?<parameters>\\S*))?"
              .formatted(HOST, NAME));

  private static final String USER = "user=";
  private static final String PASSWORD = "password=";

  private final String place;
  private final List<String> parameters;

  private DatabaseUrl(String place, List<String> parameters) {
    this.place = place;
    this.parameters = parameters;
  }

  /**
   * @throws IllegalArgumentException if it is no JDBC URL of PostgreSQL, or has credentials before
   *     the host. The text is not repeated
   */
  public static DatabaseUrl parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "it is not of the form jdbc:postgresql://HOST:PORT/DATABASE; user and password belong in"
              + " datasources.default.username and .password, and special characters in names are"
              + " percent-encoded");
    }
    String parameters = Optional.ofNullable(matcher.group("parameters")).orElse("");
    try {
      var _ = decoded(text);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException(
          "it contains a % that begins no percent-encoded character; write a % itself as %25");
    }
    return new DatabaseUrl(
        matcher.group("place"),
        Arrays.stream(parameters.split("&")).filter(Predicate.not(String::isEmpty)).toList());
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, UTF_8);
  }

  /** Host, port and database: what may be shown. */
  public String place() {
    return place;
  }

  /**
   * The settings that say the same, with the credentials apart. As in the driver, those in the URL
   * take precedence.
   */
  public Map<String, Object> revealSettings() {
    var settings = new HashMap<String, Object>();
    settings.put("datasources.default.url", withoutCredentials());
    parameter(USER).ifPresent(user -> settings.put("datasources.default.username", user));
    parameter(PASSWORD)
        .ifPresent(password -> settings.put("datasources.default.password", password));
    return settings;
  }

  private String withoutCredentials() {
    String others =
        parameters.stream()
            .filter(parameter -> !parameter.startsWith(USER) && !parameter.startsWith(PASSWORD))
            .collect(Collectors.joining("&"));
    return others.isEmpty() ? place : place + "?" + others;
  }

  /** Of a repeated parameter the driver uses the last. */
  private Optional<String> parameter(String name) {
    return parameters.stream()
        .filter(parameter -> parameter.startsWith(name))
        .reduce((_, later) -> later)
        .map(parameter -> decoded(parameter.substring(name.length())));
  }

  @Override
  public String toString() {
    return place;
  }
}
