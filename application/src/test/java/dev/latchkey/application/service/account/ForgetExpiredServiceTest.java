package dev.latchkey.application.service.account;

import static dev.latchkey.testkit.TestApplication.DEVICE;
import static dev.latchkey.testkit.TestApplication.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.account.ForgetExpired;
import dev.latchkey.application.port.in.account.ForgetExpired.Result;
import dev.latchkey.application.port.in.session.Login;
import dev.latchkey.domain.attempt.AttemptCount;
import dev.latchkey.domain.attempt.AttemptKey;
import dev.latchkey.domain.attempt.AttemptPolicy;
import dev.latchkey.domain.session.ClientNetwork;
import dev.latchkey.testkit.FakeTrustedTime;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ForgetExpiredServiceTest {

  private final Stores stores = Stores.inMemory();
  private final TestApplication latchkey = TestApplication.on(stores);
  private final FakeTrustedTime time = new FakeTrustedTime(latchkey.clock());
  private final ForgetExpired forgetExpired =
      new ForgetExpiredService(
          stores.transactions(),
          stores.attemptCounts(),
          stores.mailedCodes(),
          stores.registrations(),
          stores.users(),
          AttemptPolicy.DEFAULT,
          time);

  @Test
  void aBusyNetworkIsForgottenAMonthAfterItsLastRegistration() {
    for (int i = 0; i < 101; i++) {
      latchkey.registered("user" + i);
    }
    var network = AttemptKey.registration(ClientNetwork.of("192.0.2.1"));

    latchkey.clock().advance(Duration.ofDays(30));
    assertThat(forgetExpired.execute()).isInstanceOf(Result.Forgotten.class);
    assertThat(stores.attemptCounts().find(List.of(network)).get(network))
        .extracting(AttemptCount::count)
        .isEqualTo(101);

    latchkey.clock().advance(Duration.ofMillis(1));
    assertThat(forgetExpired.execute()).isInstanceOf(Result.Forgotten.class);
    assertThat(stores.attemptCounts().find(List.of(network))).isEmpty();
  }

  @Test
  void aMonthDoesNotOpenAnAccount() {
    AttemptKey ada = AttemptKey.account(latchkey.registered("ada").session().userId());
    var closing = new AttemptCount(100, latchkey.clock().instant());
    assertThat(stores.attemptCounts().replace(ada, Optional.empty(), closing)).isTrue();
    latchkey.clock().advance(Duration.ofDays(31));

    assertThat(forgetExpired.execute()).isInstanceOf(Result.Forgotten.class);

    assertThat(latchkey.logIn("ada", PASSWORD, DEVICE))
        .isInstanceOf(Login.Result.InvalidCredentials.class);
  }

  @Test
  void forgetsNothingWhileTheTimeCannotBeReliedOn() {
    latchkey.registered("ada");
    latchkey.clock().advance(Duration.ofDays(31));
    Object before = latchkey.contents();
    time.distrust();

    assertThat(forgetExpired.execute()).isEqualTo(new Result.Suspended());

    assertThat(latchkey.contents()).isEqualTo(before);
  }

  @Test
  void forgetsAllThereIs() {
    for (int i = 0; i < 1001; i++) {
      AttemptKey network = AttemptKey.network(ClientNetwork.of("192.0." + i / 256 + "." + i % 256));
      var count = new AttemptCount(1, latchkey.clock().instant());
      assertThat(stores.attemptCounts().replace(network, Optional.empty(), count)).isTrue();
    }
    latchkey.clock().advance(Duration.ofDays(31));

    assertThat(forgetExpired.execute()).isEqualTo(new Result.Forgotten(1001));
  }
}
