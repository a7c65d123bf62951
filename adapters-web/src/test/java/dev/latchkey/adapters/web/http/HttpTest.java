package dev.latchkey.adapters.web.http;

import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.Username;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;

/** Runs against a service that is up already: all tests that want the same settings share it. */
public abstract class HttpTest {

  protected final Node node;
  protected final AdjustableClock clock;
  protected final Client client;

  protected HttpTest() {
    this(Map.of());
  }

  /**
   * For tests that want other settings than the rest.
   *
   * @param settings those that differ
   */
  protected HttpTest(Map<String, Object> settings) {
    this(Node.shared(settings));
  }

  protected HttpTest(Node node) {
    this.node = node;
    this.clock = node.clock();
    this.client = node.client();
  }

  @BeforeEach
  final void setTheClock() {
    clock.reset();
  }

  /** Somebody new, who is logged in with exactly these roles. */
  protected final Tokens newcomerWithRoles(String... roles) {
    String username = Client.someone();
    client.register(username).hasStatus(201);
    changeRoles(username, roles);
    return Tokens.of(client.login(username, Client.PASSWORD).hasStatus(200).json());
  }

  /** From now on the user has these roles and no others. */
  protected final void changeRoles(String username, String... roles) {
    Users users = node.bean(Users.class);
    Set<Role> asked = Arrays.stream(roles).map(Role::of).collect(Collectors.toSet());
    User _ =
        node.bean(Transactions.class)
            .execute(
                () -> {
                  User user = users.findByUsername(Username.of(username)).orElseThrow();
                  users.changeRoles(user.id(), asked);
                  return user;
                });
  }
}
