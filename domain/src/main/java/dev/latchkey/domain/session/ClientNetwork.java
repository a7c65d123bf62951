package dev.latchkey.domain.session;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a network address that tells one party from another: an IPv4 address as a whole, or
 * the first 64 bits of an IPv6 address, of which every host has all the rest to itself (RFC 4291
 * §2.5.4). All addresses that are not known count as one network.
 */
public final class ClientNetwork {

  /** Of every caller whose address is not known. */
  public static final ClientNetwork UNKNOWN = new ClientNetwork("unknown");

  private static final int GROUPS = 8;
  private static final int GROUPS_OF_A_NETWORK = 4;
  private static final List<String> NO_GROUPS = List.of();

  private final String text;

  private ClientNetwork(String text) {
    this.text = text;
  }

  /**
   * The network of an address.
   *
   * @param address an IPv4 or IPv6 address in one of the usual spellings (RFC 4291 §2.2), or null
   */
  public static ClientNetwork of(@Nullable String address) {
    if (address == null) {
      return UNKNOWN;
    }
    String withoutZone = address.split("%", 2)[0];
    if (!withoutZone.contains(":")) {
      return isIpv4(withoutZone) ? new ClientNetwork(withoutZone + "/32") : UNKNOWN;
    }
    String last = withoutZone.substring(withoutZone.lastIndexOf(':') + 1);
    // An IPv4 address in an IPv6 one (RFC 4291 §2.5.5) is the IPv4 host it names.
    return isIpv4(last) ? new ClientNetwork(last + "/32") : ipv6(withoutZone);
  }

  private static boolean isIpv4(String text) {
    String[] parts = text.split("\\.", -1);
    return parts.length == 4
        && Arrays.stream(parts)
            .allMatch(part -> part.matches("[0-9]{1,3}") && Integer.parseInt(part) <= 255);
  }

  private static ClientNetwork ipv6(String text) {
    String[] halves = text.split("::", -1);
    List<String> front = groups(halves[0]);
    List<String> back = halves.length == 2 ? groups(halves[1]) : NO_GROUPS;
    int missing = GROUPS - front.size() - back.size();
    boolean complete = halves.length == 1 ? missing == 0 : halves.length == 2 && missing >= 0;
    if (!complete
        || !Stream.concat(front.stream(), back.stream()).allMatch(ClientNetwork::isGroup)) {
      return UNKNOWN;
    }
    String network =
        Stream.of(front.stream(), Stream.generate(() -> "0").limit(missing), back.stream())
            .flatMap(groups -> groups)
            .limit(GROUPS_OF_A_NETWORK)
            .map(group -> Integer.toHexString(Integer.parseInt(group, 16)))
            .collect(Collectors.joining(":"));
    return new ClientNetwork(network + "::/64");
  }

  private static List<String> groups(String text) {
    return text.isEmpty() ? NO_GROUPS : List.of(text.split(":", -1));
  }

  private static boolean isGroup(String text) {
    return text.matches("[0-9A-Fa-f]{1,4}");
  }

  /** In the notation of RFC 4632 and RFC 4291 §2.3, for example {@code 192.0.2.1/32}. */
  public String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClientNetwork that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
