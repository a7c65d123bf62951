package dev.latchkey.adapters.persistence.user;

import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.adapters.persistence.PostgresServer;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.domain.user.User;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.UsersContract;
import org.junit.jupiter.api.Test;

final class PostgresUsersTest extends UsersContract {

  @Override
  protected Stores emptyStores() {
    return PostgresServer.emptyStores();
  }

  @Test
  void neverTakesASecondUserOfOneIdForAnAnswer() {
    Users users = emptyStores().users();
    User ada = aUser().withUsername("ada").build();
    assertThat(users.add(ada)).isEqualTo(Users.Addition.ADDED);

    assertThatThrownBy(() -> users.add(aUser().withId(ada.id()).withUsername("grace").build()))
        .isInstanceOf(IllegalStateException.class);
  }
}
