package dev.latchkey.application.service.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.session.ExchangeRefreshToken.Result;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.domain.session.SessionLimit;
import dev.latchkey.testkit.InterleavedUsers;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class SessionLimitTest {

  @Test
  void aSecondDeviceEndsTheFirstWhereOnlyOneIsAllowed() {
    TestApplication latchkey = TestApplication.on(Stores.inMemory(), new SessionLimit(1));
    IssuedTokens laptop = latchkey.registered("ada");
    IssuedTokens phone = latchkey.loggedIn("ada");

    assertThat(latchkey.exchange(laptop.refreshTokenText())).isInstanceOf(Result.Revoked.class);
    assertThat(latchkey.exchange(phone.refreshTokenText())).isInstanceOf(Result.Exchanged.class);
    assertThat(latchkey.events().all())
        .hasAtLeastOneElementOfType(SecurityEvent.SessionSuperseded.class);
  }

  @Test
  void theOldestGivesWayEvenIfItWasUsedLast() {
    TestApplication latchkey = TestApplication.on(Stores.inMemory(), new SessionLimit(2));
    IssuedTokens oldest = latchkey.registered("ada");
    latchkey.clock().advance(Duration.ofMinutes(1));
    IssuedTokens second = latchkey.loggedIn("ada");
    latchkey.clock().advance(Duration.ofMinutes(1));
    IssuedTokens rotated = latchkey.exchanged(oldest.refreshTokenText());

    latchkey.loggedIn("ada");

    assertThat(latchkey.exchange(rotated.refreshTokenText())).isInstanceOf(Result.Revoked.class);
    assertThat(latchkey.exchange(second.refreshTokenText())).isInstanceOf(Result.Exchanged.class);
  }

  @Test
  void sessionsThatHaveEndedTakeNoPlace() {
    TestApplication latchkey = TestApplication.on(Stores.inMemory(), new SessionLimit(2));
    IssuedTokens laptop = latchkey.registered("ada");
    IssuedTokens phone = latchkey.loggedIn("ada");
    var _ = latchkey.logOut(phone.refreshTokenText());

    latchkey.loggedIn("ada");

    assertThat(latchkey.exchange(laptop.refreshTokenText())).isInstanceOf(Result.Exchanged.class);
  }

  @Test
  void aLogInThatWaitedForAnotherCountsItsSession() {
    Stores stores = Stores.inMemory();
    var users = new InterleavedUsers(stores.users());
    TestApplication latchkey = TestApplication.on(stores.with(users), new SessionLimit(1));
    var _ = latchkey.registered("ada");
    var rival = new ArrayList<IssuedTokens>();
    users.beforeNextLock(() -> rival.add(latchkey.loggedIn("ada")));

    IssuedTokens last = latchkey.loggedIn("ada");

    assertThat(rival).singleElement().satisfies(tokens -> assertRevoked(latchkey, tokens));
    assertThat(latchkey.exchange(last.refreshTokenText())).isInstanceOf(Result.Exchanged.class);
  }

  private static void assertRevoked(TestApplication latchkey, IssuedTokens tokens) {
    assertThat(latchkey.exchange(tokens.refreshTokenText())).isInstanceOf(Result.Revoked.class);
  }

  @Test
  void sessionsOfOthersAreNotConcerned() {
    TestApplication latchkey = TestApplication.on(Stores.inMemory(), new SessionLimit(1));
    IssuedTokens ada = latchkey.registered("ada");

    latchkey.registered("eve");

    assertThat(latchkey.exchange(ada.refreshTokenText())).isInstanceOf(Result.Exchanged.class);
  }
}
