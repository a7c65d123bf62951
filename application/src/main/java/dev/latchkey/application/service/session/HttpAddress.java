package dev.latchkey.application.service.session;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares addresses of the web as proofs name them: without query and fragment, whatever the case
 * of scheme and host, with or without the usual port (RFC 9449 §4.3, RFC 3986 §6.2.3).
 */
final class HttpAddress {

  private static final Pattern FORM =
      Pattern.compile(
          "(?<scheme>(?i:https?))://(?<host>[^/?#:@\\[\\]]+|\\[[0-9A-Fa-f:.]+])(?::(?<port>[0-9]{0,5}))?"
              + "(?<path>/[^?#]*)?(?:\\?[^#]*)?(?:#.*)?");

  private HttpAddress() {}

  static boolean equal(String one, String other) {
    Matcher a = FORM.matcher(one);
    Matcher b = FORM.matcher(other);
    return a.matches() && b.matches() && normal(a).equals(normal(b));
  }

  private static String normal(Matcher address) {
    String scheme = address.group("scheme").toLowerCase(Locale.ROOT);
    String port = address.group("port");
    String path = address.group("path");
    String usual = scheme.equals("https") ? "443" : "80";
    return scheme
        + "://"
        + address.group("host").toLowerCase(Locale.ROOT)
        + ":"
        + (port == null || port.isEmpty() ? usual : port)
        + (path == null ? "/" : path);
  }
}
