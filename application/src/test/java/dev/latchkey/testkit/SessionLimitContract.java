package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionLimit;
import org.junit.jupiter.api.Test;

/** What every store must give so that a limit to the sessions of a user holds when log-ins race. */
public abstract class SessionLimitContract {

  /** Returns one without data; called before each test. */
  protected abstract Stores emptyStores();

  @Test
  void ofManyLogInsAtOnceAsManySessionsLiveAsAreAllowed() throws Exception {
    TestApplication latchkey = TestApplication.on(emptyStores(), new SessionLimit(3));
    IssuedTokens ada = latchkey.registered("ada");

    var sessions = Race.run(_ -> latchkey.loggedIn("ada").session().id());

    assertThat(
            latchkey
                .stores()
                .sessions()
                .activeOf(ada.session().userId(), latchkey.clock().instant()))
        .hasSize(3)
        .extracting(Session::id)
        .isSubsetOf(sessions);
  }
}
