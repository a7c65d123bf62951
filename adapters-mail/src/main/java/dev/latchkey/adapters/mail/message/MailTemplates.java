package dev.latchkey.adapters.mail.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.application.port.out.mail.MailKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the mails of each kind say: a text file for each, named after its kind, such as {@code
 * password-reset.txt}. All are read and checked once, when this is made.
 */
public final class MailTemplates {

  private static final String SUFFIX = ".txt";
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Map<MailKind, MailTemplate> templates;

  private MailTemplates(Map<MailKind, MailTemplate> templates) {
    this.templates = new EnumMap<>(templates);
  }

  /** Those that come with the service, in English. */
  public static MailTemplates bundled() {
    return new MailTemplates(read(Map.of()));
  }

  /**
   * The same, but for those that a file of the same name replaces.
   *
   * @throws IllegalArgumentException if the directory or a file in it cannot be read, a file is not
   *     UTF-8 or no template of its kind, or a text file is named after no kind; the message names
   *     the file and is part of a sentence
   */
  public static MailTemplates replacedFrom(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return new MailTemplates(
          read(
              files
                  .filter(file -> file.toString().endsWith(SUFFIX))
                  .collect(Collectors.toMap(MailTemplates::kindOf, file -> file))));
    } catch (IOException e) {
      throw new IllegalArgumentException("the directory " + directory + " cannot be read", e);
    }
  }

  private static MailKind kindOf(Path file) {
    return Arrays.stream(MailKind.values())
        .filter(kind -> file.endsWith(fileOf(kind)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    file
                        + " replaces nothing, there are "
                        + Arrays.stream(MailKind.values())
                            .map(MailTemplates::fileOf)
                            .collect(Collectors.joining(", "))));
  }

  private static String fileOf(MailKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + SUFFIX;
  }

  private static Map<MailKind, MailTemplate> read(Map<MailKind, Path> replaced) {
    return Arrays.stream(MailKind.values())
        .collect(
            Collectors.toMap(
                kind -> kind,
                kind ->
                    replaced.containsKey(kind)
                        ? parse(kind, replaced.get(kind))
                        : MailTemplate.parse(kind, bundled(kind))));
  }

  private static MailTemplate parse(MailKind kind, Path file) {
    try {
      return MailTemplate.parse(kind, decoded(Files.readAllBytes(file)));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + " is not UTF-8", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("in " + file + ", " + e.getMessage(), e);
    }
  }

  private static String bundled(MailKind kind) {
    try (InputStream file = MailTemplates.class.getResourceAsStream(fileOf(kind))) {
      return decoded(Objects.requireNonNull(file, fileOf(kind)).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Some editors begin a file with a byte order mark. */
  private static String decoded(byte[] bytes) throws CharacterCodingException {
    String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  MailTemplate of(MailKind kind) {
    return Objects.requireNonNull(templates.get(kind));
  }
}
