package dev.latchkey.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.mail.MailKind;
import org.junit.jupiter.api.Test;

class NoticesTest {

  @Test
  void areAllKindsThatTellWhatHappenedIfNoneIsSwitchedOff() {
    assertThat(new LatchkeySettings.Notices(true, true, true, true, true, true).kinds())
        .containsExactlyInAnyOrder(
            MailKind.PASSWORD_CHANGED,
            MailKind.EMAIL_CHANGED,
            MailKind.REFRESH_TOKEN_REUSED,
            MailKind.NEW_DEVICE,
            MailKind.ACCOUNT_CLOSED,
            MailKind.ACCOUNT_DELETED);
  }

  @Test
  void areSwitchedOffOneByOne() {
    assertThat(new LatchkeySettings.Notices(false, false, false, false, false, false).kinds())
        .isEmpty();
    assertThat(new LatchkeySettings.Notices(true, false, false, false, false, false).kinds())
        .containsExactly(MailKind.PASSWORD_CHANGED);
    assertThat(new LatchkeySettings.Notices(false, true, false, false, false, false).kinds())
        .containsExactly(MailKind.EMAIL_CHANGED);
    assertThat(new LatchkeySettings.Notices(false, false, true, false, false, false).kinds())
        .containsExactly(MailKind.REFRESH_TOKEN_REUSED);
    assertThat(new LatchkeySettings.Notices(false, false, false, true, false, false).kinds())
        .containsExactly(MailKind.NEW_DEVICE);
    assertThat(new LatchkeySettings.Notices(false, false, false, false, true, false).kinds())
        .containsExactly(MailKind.ACCOUNT_CLOSED);
    assertThat(new LatchkeySettings.Notices(false, false, false, false, false, true).kinds())
        .containsExactly(MailKind.ACCOUNT_DELETED);
  }
}
