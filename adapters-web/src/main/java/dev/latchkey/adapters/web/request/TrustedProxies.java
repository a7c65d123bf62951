package dev.latchkey.adapters.web.request;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The proxies that every request passes on its way here. Each adds the address that it was called
 * from to the end of {@code X-Forwarded-For}. So the last entries are theirs, as many as there are
 * proxies; whatever comes before is the caller's own claim.
 *
 * @param hops how many there are, 0 to 10; with 0 the header is not believed at all
 */
public record TrustedProxies(int hops) {

  private static final int MAX_HOPS = 10;

  /**
   * An address in one of the usual spellings (RFC 4291 §2.2), with or without a port. Other texts
   * that Java reads as an address, such as a plain number, are none here.
   */
  private static final Pattern ENTRY =
      Pattern.compile(
          "(?<ipv4>[0-9]{1,3}(?:\\.[0-9]{1,3}){3})(?::[0-9]{1,5})?"
              + "|\\[(?<bracketed>[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,40})](?::[0-9]{1,5})?"
              + "|(?<ipv6>[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,40})");

  /**
   * @throws IllegalArgumentException if there are fewer than 0 or more than 10
   */
  public TrustedProxies {
    if (hops < 0 || hops > MAX_HOPS) {
      throw new IllegalArgumentException("it must be 0 to " + MAX_HOPS);
    }
  }

  /**
   * The address that the outermost proxy was called from; an IPv4 address that is written as an
   * IPv6 one (RFC 4291 §2.5.5.2) is the IPv4 address. No name is ever looked up. The work is as
   * limited as the size of a request's head is.
   *
   * @param forwardedFor the values of {@code X-Forwarded-For}, in the order of their lines
   * @return nothing if there are fewer entries than proxies, or the entry is no address
   */
  Optional<InetAddress> client(List<String> forwardedFor) {
    if (hops == 0) {
      return Optional.empty();
    }
    String[] entries = String.join(",", forwardedFor).split(",", -1);
    return entries.length < hops
        ? Optional.empty()
        : address(entries[entries.length - hops].strip());
  }

  private static Optional<InetAddress> address(String entry) {
    Matcher matcher = ENTRY.matcher(entry);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Stream.of("ipv4", "bracketed", "ipv6")
          .map(matcher::group)
          .filter(Objects::nonNull)
          .findFirst()
          .map(InetAddress::ofLiteral);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
