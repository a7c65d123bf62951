package dev.latchkey.adapters.web.ended;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The preference {@code wait} of a request (RFC 7240 §4.3): how long whoever asks is ready to wait
 * for the answer.
 */
record Wait(Duration duration) {

  static final String PREFER = "Prefer";
  static final String APPLIED = "Preference-Applied";

  private static final int MOST_SECONDS = 30;

  /** Among others, of which each may have parameters; names have no case. */
  private static final Pattern WAIT =
      Pattern.compile(
          "(?:^|,)\\s*wait\\s*=\\s*\"?(?<seconds>[0-9]{1,9})\"?\\s*(?:[;,]|$)",
          Pattern.CASE_INSENSITIVE);

  /**
   * The first one there is; longer ones are cut to what proxies on the way can be relied on to
   * bear.
   *
   * @param prefer the values of that header
   */
  static Optional<Wait> of(List<String> prefer) {
    return prefer.stream()
        .map(WAIT::matcher)
        .filter(Matcher::find)
        .map(found -> Math.min(MOST_SECONDS, Integer.parseInt(found.group("seconds"))))
        .findFirst()
        .filter(seconds -> seconds > 0)
        .map(seconds -> new Wait(Duration.ofSeconds(seconds)));
  }

  /** For the header that says that it is granted. */
  String applied() {
    return "wait=" + duration.toSeconds();
  }
}
