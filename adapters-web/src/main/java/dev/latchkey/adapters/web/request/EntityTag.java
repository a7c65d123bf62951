package dev.latchkey.adapters.web.request;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A strong validator (RFC 9110 §8.8.3): the hash of a body, so all nodes have the same for the
 * same.
 *
 * @param text with its quotes
 */
public record EntityTag(String text) {

  private static final Pattern TAG = Pattern.compile("\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"");

  public static EntityTag of(byte[] body) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      return new EntityTag(
          '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + '"');
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK lacks SHA-256", e);
    }
  }

  /**
   * Whether the caller has this already. Weak tags count too: the comparison is the weak one (RFC
   * 9110 §13.1.2).
   *
   * @param ifNoneMatch the values of that header, each one tag or more, or an asterisk
   */
  public boolean isAmong(List<String> ifNoneMatch) {
    return ifNoneMatch.stream()
        .anyMatch(
            value ->
                value.strip().equals("*")
                    || TAG.matcher(value).results().map(MatchResult::group).anyMatch(text::equals));
  }
}
