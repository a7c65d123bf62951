package dev.latchkey.bootstrap.settings;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Settings as tests give them, over the defaults; what the machine has is left out. */
final class SettingsOf {

  private SettingsOf() {}

  static LatchkeySettings properties(Map<String, Object> properties) {
    return in(
        source(properties, PropertyConvention.JAVA_PROPERTIES), LatchkeySettings::readStrictly);
  }

  /** A sentence for each mistake. */
  static List<String> mistakesIn(Map<String, Object> properties) {
    return mistakes(source(properties, PropertyConvention.JAVA_PROPERTIES));
  }

  static List<String> mistakesInVariables(Map<String, Object> variables) {
    return mistakes(source(variables, PropertyConvention.ENVIRONMENT_VARIABLE));
  }

  /** All settings by name, with their defaults; empty for none. */
  static Map<String, String> defaults() {
    return in(
        source(Map.of(), PropertyConvention.JAVA_PROPERTIES),
        environment ->
            LatchkeySettings.names(environment).stream()
                .collect(
                    Collectors.toMap(
                        Function.identity(),
                        name -> environment.getProperty(name, String.class).orElse(""))));
  }

  private static List<String> mistakes(PropertySource source) {
    try {
      var _ = in(source, LatchkeySettings::readStrictly);
      return List.of();
    } catch (InvalidSettingsException e) {
      return e.sentences();
    }
  }

  private static PropertySource source(Map<String, Object> values, PropertyConvention convention) {
    return PropertySource.of("test", values, convention, PropertySource.Origin.of("test"));
  }

  private static <T> T in(PropertySource source, Function<Environment, T> reading) {
    try (ApplicationContext notStarted =
            ApplicationContext.builder()
                .deduceEnvironment(false)
                .environmentPropertySource(false)
                .propertySources(source)
                .build();
        Environment environment = notStarted.getEnvironment().start()) {
      return reading.apply(environment);
    }
  }
}
