package dev.latchkey.adapters.mail.message;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.latchkey.application.port.out.mail.Mail;
import dev.latchkey.application.port.out.mail.MailField;
import dev.latchkey.application.port.out.mail.MailKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text of the mails of one kind. The first line is {@code Subject: …}, the second is empty, the
 * rest is the body. {@code {name}} stands for a value; braces have no other use.
 */
final class MailTemplate {

  /** Stands for the address of this service, in every kind of mail. */
  private static final String SERVICE = "service";

  private static final String SUBJECT = "Subject:";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(?<name>[^{}]*)}");
  private static final Pattern BRACE = Pattern.compile("[{}]");

  /** Line breaks, what turns the direction of writing, and other characters that are not seen. */
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

  private final String subject;
  private final String body;

  private MailTemplate(String subject, String body) {
    this.subject = subject;
    this.body = body;
  }

  /**
   * @throws IllegalArgumentException if it has no subject or no body, a placeholder that its kind
   *     has no value for, or none for a code that its kind has; the message is part of a sentence
   */
  static MailTemplate parse(MailKind kind, String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() < 3
        || !lines.getFirst().startsWith(SUBJECT)
        || !lines.get(1).isBlank()
        || lines.stream().skip(2).allMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "it must begin with a line \"Subject: …\" and an empty line, and a text must follow");
    }
    String subject = lines.getFirst().substring(SUBJECT.length()).strip();
    if (subject.isEmpty()) {
      throw new IllegalArgumentException("its subject is empty");
    }
    if (INVISIBLE.matcher(subject).find()) {
      throw new IllegalArgumentException("its subject has invisible characters");
    }
    String body = lines.stream().skip(2).collect(Collectors.joining("\n", "", "\n"));
    requireKnownPlaceholders(kind, subject + "\n" + body);
    if (kind.fields().contains(MailField.CODE)
        && !body.contains(placeholder(nameOf(MailField.CODE)))) {
      throw new IllegalArgumentException(
          "its text must have {code}, without which it is of no use");
    }
    return new MailTemplate(subject, body);
  }

  private static void requireKnownPlaceholders(MailKind kind, String text) {
    Set<String> known =
        Stream.concat(Stream.of(SERVICE), kind.fields().stream().map(MailTemplate::nameOf))
            .collect(toUnmodifiableSet());
    PLACEHOLDER
        .matcher(text)
        .results()
        .map(match -> match.group("name"))
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  placeholder(name)
                      + " stands for nothing in it; it can have "
                      + new TreeSet<>(known)
                          .stream().map(MailTemplate::placeholder).collect(joining(", ")));
            });
    if (BRACE.matcher(PLACEHOLDER.matcher(text).replaceAll("")).find()) {
      throw new IllegalArgumentException("it has a brace that belongs to no placeholder");
    }
  }

  private static String placeholder(String name) {
    return "{" + name + "}";
  }

  /** {@code USER_AGENT} is {@code userAgent} to whoever writes a template. */
  private static String nameOf(MailField field) {
    String name = field.name().toLowerCase(Locale.ROOT);
    return Pattern.compile("_(\\w)")
        .matcher(name)
        .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
  }

  /** On one line, whatever the values are. */
  String subject(Mail mail, String service) {
    return filled(subject, mail, service);
  }

  String body(Mail mail, String service) {
    return filled(body, mail, service);
  }

  /** Each value stands on one line, and what looks like a placeholder in it stays as it is. */
  private static String filled(String template, Mail mail, String service) {
    Map<String, String> values =
        mail.values().entrySet().stream()
            .collect(
                Collectors.toMap(value -> nameOf(value.getKey()), value -> seen(value.getValue())));
    Function<MatchResult, String> value =
        match -> {
          String name = match.group("name");
          return name.equals(SERVICE) ? service : values.getOrDefault(name, "");
        };
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(match -> Matcher.quoteReplacement(value.apply(match)));
  }

  private static String seen(String value) {
    return INVISIBLE.matcher(value).replaceAll(" ").strip();
  }
}
