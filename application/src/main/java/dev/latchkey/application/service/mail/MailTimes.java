package dev.latchkey.application.service.mail;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How mail writes a time: to the minute, in UTC, the same in every language. */
final class MailTimes {

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private MailTimes() {}

  static String text(Instant time) {
    return FORM.format(time);
  }
}
