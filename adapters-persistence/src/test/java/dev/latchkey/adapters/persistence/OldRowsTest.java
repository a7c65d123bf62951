package dev.latchkey.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.session.AuthenticateBearer.Result.Authenticated;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.IssuedTokens.Outcome;
import dev.latchkey.domain.user.PersonName;
import dev.latchkey.domain.user.User;
import dev.latchkey.testkit.TestApplication;
import org.junit.jupiter.api.Test;

/** Accounts from before a rule became stricter. */
final class OldRowsTest {

  private final TestApplication latchkey = TestApplication.on(PostgresServer.emptyStores());

  @Test
  void aUserWhomTheRulesForNewOnesWouldRefuseStaysLoggedInAndLogsInAgain() {
    IssuedTokens before = latchkey.registered("ada");
    PostgresServer.execute(
        """
        UPDATE users SET username = 'Ada Lovelace', username_key = 'ada lovelace',
            first_name = E'\\u202Eada', last_name = E'\\u200B'
        """);

    IssuedTokens after = latchkey.exchanged(before.refreshTokenText());
    IssuedTokens again = latchkey.loggedIn("ada@example.org");

    assertThat(after.outcome()).isEqualTo(Outcome.ROTATED);
    assertThat(after.accessToken().username()).hasToString("Ada Lovelace");
    assertThat(latchkey.authenticate(after.accessTokenText())).isInstanceOf(Authenticated.class);
    assertThat(latchkey.authenticate(again.accessTokenText())).isInstanceOf(Authenticated.class);
    User user = latchkey.stores().users().find(before.session().userId()).orElseThrow();
    assertThat(user.firstName()).isEqualTo(PersonName.stored("\u202eada"));
  }
}
