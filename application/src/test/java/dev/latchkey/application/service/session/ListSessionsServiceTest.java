package dev.latchkey.application.service.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ListSessionsServiceTest {

  private final TestApplication latchkey = TestApplication.on(Stores.inMemory());
  private final IssuedTokens laptop = latchkey.registered("ada");
  private final IssuedTokens phone = latchkey.loggedIn("ada");
  private final UserId ada = laptop.session().userId();

  @Test
  void listsTheSessionsOfTheUserAndOfNobodyElse() {
    latchkey.registered("grace");

    assertThat(listed()).containsExactlyInAnyOrder(laptop.session().id(), phone.session().id());
  }

  @Test
  void listsNoSessionThatHasEnded() {
    latchkey.logOut(laptop.refreshTokenText());
    assertThat(listed()).containsExactly(phone.session().id());

    latchkey.clock().set(phone.session().idleExpiresAt());
    assertThat(listed()).isEmpty();
  }

  private List<SessionId> listed() {
    return latchkey.listSessions().execute(ada).stream().map(Session::id).toList();
  }
}
