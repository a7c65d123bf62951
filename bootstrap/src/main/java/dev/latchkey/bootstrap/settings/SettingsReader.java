package dev.latchkey.bootstrap.settings;

import io.micronaut.context.env.Environment;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.type.Argument;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads settings by name and type. It stops at no mistake: it notes each as a sentence for the
 * operator and goes on with a value that stands in, so that all are known at once. Whatever is
 * asked for by name is a setting; there is no other list of them.
 */
public final class SettingsReader {

  /** Behind the name of a secret: the file that contains it. */
  private static final String FILE = "-file";

  private static final long LARGEST_SECRET_BYTES = 65_536;

  private final Environment environment;
  private final SequencedSet<String> names = new LinkedHashSet<>();
  private final List<String> mistakes = new ArrayList<>();

  SettingsReader(Environment environment) {
    this.environment = environment;
  }

  /** Without spaces around it; empty if it is not set. */
  String text(String name) {
    return value(name).orElse("");
  }

  Optional<String> optional(String name) {
    return value(name);
  }

  /** A comma-separated list, or one of YAML. */
  List<String> list(String name) {
    return resolve(name, Argument.listOf(String.class)).stream()
        .flatMap(List::stream)
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  boolean flag(String name) {
    return typed(
        name,
        "true or false",
        false,
        text ->
            switch (text) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  int number(String name) {
    return typed(name, "a whole number", 0, text -> Optional.of(Integer.valueOf(text)));
  }

  Duration duration(String name) {
    return typed(
        name,
        "a duration such as 30s, 5m, 12h or 7d",
        Duration.ZERO,
        text -> ConversionService.SHARED.convert(text, Duration.class));
  }

  /** A duration that is longer than none. */
  Duration positiveDuration(String name) {
    int before = mistakes.size();
    Duration duration = duration(name);
    if (mistakes.size() == before && !duration.isPositive()) {
      change(name, "it must be longer than nothing");
    }
    return duration;
  }

  /** The path of a file or a folder, if it is set; nobody has looked whether there is one. */
  Optional<Path> path(String name) {
    return value(name)
        .flatMap(
            text -> {
              try {
                return Optional.of(Path.of(text));
              } catch (InvalidPathException _) {
                change(name, "that can be no path");
                return Optional.empty();
              }
            });
  }

  /**
   * A secret, as it is or from the file that the setting of the same name with {@code -file} names.
   * It is repeated in no sentence.
   */
  Optional<String> secret(String name) {
    Optional<String> itself = value(name);
    Optional<String> fromFile = path(name + FILE).flatMap(file -> contents(name + FILE, file));
    if (itself.isPresent() && fromFile.isPresent() && !itself.equals(fromFile)) {
      mistakes.add("Set " + name + " or " + name + FILE + ", not both.");
    }
    return itself.or(() -> fromFile);
  }

  private Optional<String> contents(String name, Path file) {
    try {
      if (Files.size(file) > LARGEST_SECRET_BYTES) {
        change(name, file + " is too large for a secret");
        return Optional.empty();
      }
      String secret = Files.readString(file).strip();
      if (secret.isEmpty()) {
        change(name, file + " is empty");
      }
      return Optional.of(secret).filter(text -> !text.isEmpty());
    } catch (CharacterCodingException _) {
      change(name, file + " is no text in UTF-8");
    } catch (IOException _) {
      change(name, file + " cannot be read");
    }
    return Optional.empty();
  }

  /**
   * Builds what settings describe.
   *
   * @param names of the settings, as the operator knows them
   * @param value may refuse them by an {@link IllegalArgumentException}, whose message says why
   */
  <T> Reading<T> valid(String names, Supplier<T> value) {
    int before = mistakes.size();
    try {
      T described = value.get();
      if (mistakes.size() == before) {
        return Reading.of(described);
      }
    } catch (Reading.Mistaken _) {
      return Reading.mistaken();
    } catch (IllegalArgumentException e) {
      // What stands in for a value that cannot be read is no mistake of its own.
      if (mistakes.size() == before) {
        change(names, String.valueOf(e.getMessage()));
      }
    }
    return Reading.mistaken();
  }

  /** Puts together what was read before; what cannot be, has its mistakes noted. */
  <T> Reading<T> together(Supplier<T> value) {
    try {
      return Reading.of(value.get());
    } catch (Reading.Mistaken _) {
      return Reading.mistaken();
    }
  }

  /** Notes a mistake that is none of a single value. */
  void mistake(String sentence) {
    mistakes.add(sentence);
  }

  /** All sentences so far. */
  List<String> mistakes() {
    return List.copyOf(mistakes);
  }

  /** The names of all settings that were asked for. */
  SequencedSet<String> names() {
    return names;
  }

  private <T> T typed(
      String name, String form, T standIn, Function<String, Optional<T>> conversion) {
    int before = mistakes.size();
    Optional<String> text = value(name);
    if (text.isEmpty()) {
      if (mistakes.size() == before) {
        change(name, "it needs a value, " + form);
      }
      return standIn;
    }
    try {
      Optional<T> converted = conversion.apply(text.get());
      if (converted.isPresent()) {
        return converted.get();
      }
    } catch (RuntimeException _) {
      // Each conversion complains in its own words; ours follow.
    }
    change(name, "\"" + text.get() + "\" is not " + form);
    return standIn;
  }

  private Optional<String> value(String name) {
    return resolve(name, Argument.STRING).map(String::strip).filter(text -> !text.isEmpty());
  }

  private <T> Optional<T> resolve(String name, Argument<T> type) {
    names.add(name);
    try {
      return environment.getProperty(name, type);
    } catch (ConfigurationException _) {
      change(name, "it refers to something that is not set");
      return Optional.empty();
    }
  }

  private void change(String name, String reason) {
    mistakes.add("Change " + name + ": " + reason + ".");
  }
}
