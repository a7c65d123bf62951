package dev.latchkey.adapters.web.connection;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What two servers in a row could read differently: where a request ends, and whom it addresses. A
 * proxy that sees one request where this service sees two lets the second one pass unseen (request
 * smuggling, RFC 9112 §11.2).
 */
final class RequestShape {

  /** RFC 9110 §7.2, without user information and without the comma that joins repeated fields. */
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._~!$&'()*+;=%-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]*)?");

  /** Visible characters (RFC 3986 §2), and no fragment (RFC 9112 §3.2). */
  private static final Pattern TARGET = Pattern.compile("[!-\"$-~]+");

  private RequestShape() {}

  /** Whether everybody who reads this head reads the same. */
  static boolean isUnambiguous(HttpRequest request) {
    return isKnownVersion(request)
        && isFramedOnce(request)
        && isAddressedOnce(request)
        && hasTarget(request);
  }

  /**
   * The preface of HTTP/2 looks like a request of version 2.0; that protocol is not spoken here.
   */
  private static boolean isKnownVersion(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
  }

  /**
   * Either a length or the one transfer coding that ends by itself, and that named once (RFC 9112
   * §6.1, §6.3).
   */
  private static boolean isFramedOnce(HttpRequest request) {
    List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    int lengths = request.headers().getAll(HttpHeaderNames.CONTENT_LENGTH).size();
    if (codings.isEmpty()) {
      return lengths <= 1;
    }
    return lengths == 0
        && codings.size() == 1
        && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.getFirst())
        && !request.protocolVersion().equals(HttpVersion.HTTP_1_0);
  }

  /**
   * RFC 9112 §3.2: a request of HTTP/1.1 without Host, or with several, or with an invalid one is
   * refused.
   */
  private static boolean isAddressedOnce(HttpRequest request) {
    List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
    if (hosts.isEmpty()) {
      return request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    }
    return hosts.size() == 1 && HOST.matcher(hosts.getFirst()).matches();
  }

  /** RFC 9112 §3.2: a path, or the address that Host names as well; tunnels are not made here. */
  private static boolean hasTarget(HttpRequest request) {
    String target = request.uri();
    if (!TARGET.matcher(target).matches()) {
      return false;
    }
    return target.startsWith("/")
        || (target.equals("*") && request.method().equals(HttpMethod.OPTIONS))
        || isSameHost(target, request.headers().get(HttpHeaderNames.HOST, ""));
  }

  private static boolean isSameHost(String target, String host) {
    try {
      URI uri = new URI(target);
      return uri.getScheme() != null
          && uri.getScheme().toLowerCase(Locale.ROOT).matches("https?")
          && uri.getRawAuthority() != null
          && uri.getRawAuthority().equalsIgnoreCase(host);
    } catch (URISyntaxException _) {
      return false;
    }
  }
}
