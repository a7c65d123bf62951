package dev.latchkey.adapters.security.password;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hash taken apart: {@code $argon2id$v=19$m=…,t=…,p=…$salt$tag}, Base64 without padding (the PHC
 * string format).
 */
final class Argon2idHash {

  /** Salts of 8 to 64 and tags of 16 to 64 bytes: a short tag would match by chance. */
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9][0-9]{0,6}),t=([1-9][0-9]{0,2}),p=([1-9][0-9]{0,2})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  private final Argon2Parameters parameters;
  private final byte[] salt;
  private final byte[] tag;

  Argon2idHash(Argon2Parameters parameters, byte[] salt, byte[] tag) {
    this.parameters = parameters;
    this.salt = salt;
    this.tag = tag;
  }

  /** Nothing if the text is of another form or algorithm, or its parameters are out of bounds. */
  static Optional<Argon2idHash> parse(String phc) {
    Matcher matcher = FORM.matcher(phc);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int memoryKiB = Integer.parseInt(matcher.group(1));
    int iterations = Integer.parseInt(matcher.group(2));
    int parallelism = Integer.parseInt(matcher.group(3));
    if (!Argon2Parameters.areSane(memoryKiB, iterations, parallelism)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Argon2idHash(
              new Argon2Parameters(memoryKiB, iterations, parallelism),
              Base64.getDecoder().decode(matcher.group(4)),
              Base64.getDecoder().decode(matcher.group(5))));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  String text() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    String costs =
        "m="
            + parameters.memoryKiB()
            + ",t="
            + parameters.iterations()
            + ",p="
            + parameters.parallelism();
    return "$argon2id$v=19$"
        + costs
        + "$"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(tag);
  }

  Argon2Parameters parameters() {
    return parameters;
  }

  byte[] salt() {
    return salt;
  }

  byte[] tag() {
    return tag;
  }

  @Override
  public String toString() {
    return "Argon2idHash[redacted]";
  }
}
