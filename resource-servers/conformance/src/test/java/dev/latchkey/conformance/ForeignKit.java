package dev.latchkey.conformance;

import java.util.List;
import java.util.Objects;

/**
 * The same list for whatever else is named by {@code -Dconformance.command}, words separated by
 * spaces: a command that starts a sample with the variables {@code LATCHKEY_ISSUER}, {@code PORT},
 * {@code LATCHKEY_FEED_MAX_AGE} (seconds) and {@code LATCHKEY_FEED_STALE} ({@code refuse} or {@code
 * accept}). It is only run when it is asked for, with {@code -Dtest=ForeignKit}.
 */
final class ForeignKit extends Conformance {

  @Override
  List<String> command() {
    String command = System.getProperty("conformance.command");
    return List.of(Objects.requireNonNull(command, "-Dconformance.command is missing").split(" "));
  }
}
