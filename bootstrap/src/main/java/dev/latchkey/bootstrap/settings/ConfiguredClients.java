package dev.latchkey.bootstrap.settings;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.latchkey.application.port.out.client.RegisteredClients;
import dev.latchkey.domain.client.Client;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.client.ClientSecretHash;
import dev.latchkey.domain.user.Role;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@link RegisteredClients} as the setting {@code latchkey.clients} names them: one entry each,
 *
 * <pre>
 * ID                              a public client
 * ID sha256:HASH                  a confidential client
 * ID sha256:HASH introspect       a confidential client that may introspect, say a resource server
 * </pre>
 *
 * each with {@code roles=ROLE+ROLE} at its end if its tokens contain no others, and with {@code
 * dpop} if its sessions must be bound; and the first-party client, which is public unless it has an
 * entry of its own.
 */
public final class ConfiguredClients implements RegisteredClients {

  private static final Pattern ENTRY =
      Pattern.compile(
          "(?<id>[\\x21-\\x7e]{1,100})(?: +(?<hash>sha256:[0-9a-f]{64})(?<introspect>"
              + " +introspect)?)?(?: +roles=(?<roles>[a-z0-9_:+-]+))?(?<dpop> +dpop)?");

  private final Map<ClientId, Client> clients;

  private ConfiguredClients(Map<ClientId, Client> clients) {
    this.clients = Map.copyOf(clients);
  }

  /**
   * Reads the setting.
   *
   * @throws IllegalArgumentException if an entry has another form, or an id comes twice; the
   *     message repeats no entry, as it may hold a secret where the hash should be
   */
  public static ConfiguredClients parse(List<String> entries) {
    var clients = new HashMap<ClientId, Client>();
    int position = 1;
    for (String entry : entries) {
      Client client = parse(entry, position);
      if (clients.putIfAbsent(client.id(), client) != null) {
        throw new IllegalArgumentException("entry " + position + " names a client again");
      }
      position++;
    }
    clients.putIfAbsent(ClientId.FIRST_PARTY, Client.publicClient(ClientId.FIRST_PARTY));
    return new ConfiguredClients(clients);
  }

  private static Client parse(String entry, int position) {
    Matcher matcher = ENTRY.matcher(entry);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "entry "
              + position
              + " is not of the form ID, or ID sha256:HASH, or ID sha256:HASH introspect, and then"
              + " roles=ROLE+ROLE or dpop if they are wanted");
    }
    String hash = matcher.group("hash");
    return new Client(
        ClientId.of(matcher.group("id")),
        hash == null ? null : new ClientSecretHash(hash),
        matcher.group("introspect") != null,
        roles(matcher.group("roles"), position),
        matcher.group("dpop") != null);
  }

  private static @Nullable Set<Role> roles(@Nullable String names, int position) {
    if (names == null) {
      return null;
    }
    try {
      return Arrays.stream(names.split("\\+", -1)).map(Role::of).collect(toUnmodifiableSet());
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("entry " + position + " names something that is no role");
    }
  }

  @Override
  public Optional<Client> find(ClientId id) {
    return Optional.ofNullable(clients.get(id));
  }
}
