package dev.latchkey.application.service.account;

import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.account.ShowAccount;
import dev.latchkey.application.port.in.account.ShowAccount.Result;
import dev.latchkey.application.port.out.account.Users.Addition;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserStatus;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import org.junit.jupiter.api.Test;

final class ShowAccountServiceTest {

  private final TestApplication latchkey = TestApplication.on(Stores.inMemory());

  @Test
  void showsTheAccount() {
    User ada = added(aUser().build());

    assertThat(show(ada)).isEqualTo(new Result.Found(ada));
  }

  @Test
  void showsNoAccountThatIsDisabled() {
    assertThat(show(added(aUser().withStatus(UserStatus.DISABLED).build())))
        .isInstanceOf(Result.Gone.class);
  }

  @Test
  void showsNoAccountThatIsNotThere() {
    added(aUser().withUsername("ada").build());

    assertThat(show(aUser().withUsername("grace").build())).isInstanceOf(Result.Gone.class);
  }

  private User added(User user) {
    assertThat(latchkey.stores().users().add(user)).isEqualTo(Addition.ADDED);
    return user;
  }

  private Result show(User user) {
    return latchkey.showAccount().execute(new ShowAccount.Command(user.id()));
  }
}
