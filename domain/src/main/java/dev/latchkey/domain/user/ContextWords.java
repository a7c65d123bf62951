package dev.latchkey.domain.user;

import dev.latchkey.domain.text.InputText;
import dev.latchkey.domain.text.InvisibleCharacters;
import java.util.BitSet;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words that whoever guesses a password tries first because of where it is used and by whom:
 * the name of the service, those of the user, and what the operator adds (NIST SP 800-63B-4
 * §3.1.1.2, "context-specific words"). A text counts as a whole, and so does each of its parts
 * between punctuation. Shorter words than 3 characters are left out: they are in too many others.
 */
public final class ContextWords {

  private static final int MIN_LENGTH = 3;
  private static final String SERVICE = "latchkey";
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]++");

  private final Set<String> words;

  private ContextWords(Stream<String> words) {
    this.words = words.collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The words of an installation, whoever the user is: the name of this service, and
   *
   * @param host that clients reach the service by, but for its last label, say {@code org}; may be
   *     empty
   * @param texts that the operator adds
   * @throws IllegalArgumentException if one of these has no word
   */
  public static ContextWords ofInstallation(String host, Collection<String> texts) {
    for (String text : texts) {
      if (wordsOf(text).findAny().isEmpty()) {
        throw new IllegalArgumentException("\"" + text + "\" has fewer than 3 characters");
      }
    }
    return new ContextWords(
        Stream.concat(Stream.of(SERVICE, withoutLastLabel(host)), texts.stream())
            .flatMap(ContextWords::wordsOf));
  }

  /** These and the words of a user; of the e-mail address, the last label is none by itself. */
  public ContextWords and(Username username, EmailAddress email) {
    Stream<String> own =
        Stream.of(username.text(), email.localPart(), withoutLastLabel(email.domainName()))
            .flatMap(ContextWords::wordsOf);
    return new ContextWords(
        Stream.concat(words.stream(), Stream.concat(own, Stream.of(folded(email.text())))));
  }

  private static String withoutLastLabel(String domainName) {
    int dot = domainName.lastIndexOf('.');
    return dot < 0 ? domainName : domainName.substring(0, dot);
  }

  private static Stream<String> wordsOf(String text) {
    String folded = folded(text).strip();
    return Stream.concat(Stream.of(folded), BETWEEN_WORDS.splitAsStream(folded))
        .filter(word -> InputText.length(word) >= MIN_LENGTH);
  }

  /** The form in which texts are compared: NFKC, lower case, without invisible characters. */
  static String folded(String text) {
    return InvisibleCharacters.removedFrom(Password.normalized(text)).toLowerCase(Locale.ROOT);
  }

  /** What remains of a {@link #folded} text if all the words in it go, even where they overlap. */
  String takenOutOf(String folded) {
    var covered = new BitSet(folded.length());
    for (String word : words) {
      for (int at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
        covered.set(at, at + word.length());
      }
    }
    var rest = new StringBuilder();
    for (int at = covered.nextClearBit(0);
        at < folded.length();
        at = covered.nextClearBit(at + 1)) {
      rest.append(folded.charAt(at));
    }
    return rest.toString();
  }

  @Override
  public String toString() {
    return "ContextWords" + words;
  }
}
