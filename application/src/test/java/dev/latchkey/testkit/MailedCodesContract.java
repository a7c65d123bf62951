package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.application.port.out.mail.MailedCodes;
import dev.latchkey.domain.code.CodeHash;
import dev.latchkey.domain.code.CodePurpose;
import dev.latchkey.domain.code.MailedCode;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link MailedCodes} keeps to. */
public abstract class MailedCodesContract {

  private static final Instant END = Instant.parse("2026-01-01T00:30:00.001Z");
  private static final Duration TICK = Duration.ofMillis(1);
  private static final UserId ADA = new UserId(new UUID(0, 1));
  private static final UserId GRACE = new UserId(new UUID(0, 2));

  private final SequentialIdentifiers identifiers = new SequentialIdentifiers();
  private Stores stores;
  private MailedCodes codes;

  /** Returns one without data; called before each test. */
  protected abstract Stores emptyStores();

  @BeforeEach
  void open() {
    stores = emptyStores();
    codes = stores.mailedCodes();
  }

  @ParameterizedTest
  @EnumSource
  void givesBackEveryField(CodePurpose purpose) {
    MailedCode code = code(ADA, purpose, END);
    codes.add(code);

    assertThat(codes.find(code.hash())).contains(code);
    assertThat(codes.find(code.hash()).map(MailedCode::email))
        .map(EmailAddress::toString)
        .contains("Ada@Example.ORG");
    assertThat(codes.take(code.hash())).contains(code);
  }

  @Test
  void hasNothingThatWasNotAdded() {
    added(ADA, CodePurpose.PASSWORD_RESET);
    CodeHash other = identifiers.newCode().hash();

    assertThat(codes.find(other)).isEmpty();
    assertThat(codes.take(other)).isEmpty();
  }

  @Test
  void usesUpOnlyTheCodeThatIsTaken() {
    MailedCode code = added(ADA, CodePurpose.PASSWORD_RESET);
    MailedCode other = added(ADA, CodePurpose.PASSWORD_RESET);

    assertThat(codes.take(code.hash())).contains(code);

    assertThat(codes.take(code.hash())).isEmpty();
    assertThat(codes.find(code.hash())).isEmpty();
    assertThat(codes.find(other.hash())).contains(other);
  }

  @Test
  void givesACodeToOneOfManyAtOnce() {
    MailedCode code = added(ADA, CodePurpose.PASSWORD_RESET);

    List<Optional<MailedCode>> taken = Race.run(_ -> codes.take(code.hash()));

    assertThat(taken)
        .containsOnlyOnce(Optional.of(code))
        .containsOnly(Optional.of(code), Optional.empty());
  }

  @Test
  void letsACodeBeUsedAgainIfWhoTookItFails() {
    MailedCode code = added(ADA, CodePurpose.PASSWORD_RESET);

    rolledBack(() -> assertThat(codes.take(code.hash())).contains(code));

    assertThat(codes.take(code.hash())).contains(code);
  }

  @Test
  void hasNoCodeIfWhoAddedItFails() {
    MailedCode code = code(ADA, CodePurpose.PASSWORD_RESET, END);

    rolledBack(() -> codes.add(code));

    assertThat(codes.find(code.hash())).isEmpty();
  }

  @Test
  void locksNothingThatIsOnlyFound() {
    MailedCode code = added(ADA, CodePurpose.PASSWORD_RESET);

    Optional<MailedCode> takenByAnother =
        stores
            .transactions()
            .execute(
                () -> {
                  assertThat(codes.find(code.hash())).contains(code);
                  return CompletableFuture.supplyAsync(() -> codes.take(code.hash())).join();
                });

    assertThat(takenByAnother).contains(code);
  }

  @Test
  void deletesThoseOfOneOwnerForOnePurpose() {
    MailedCode first = added(ADA, CodePurpose.PASSWORD_RESET);
    MailedCode second = added(ADA, CodePurpose.PASSWORD_RESET);
    MailedCode otherPurpose = added(ADA, CodePurpose.EMAIL_CHANGE);
    MailedCode otherOwner = added(GRACE, CodePurpose.PASSWORD_RESET);

    codes.deleteOf(ADA, CodePurpose.PASSWORD_RESET);

    assertThat(codes.find(first.hash())).isEmpty();
    assertThat(codes.find(second.hash())).isEmpty();
    assertThat(codes.find(otherPurpose.hash())).isPresent();
    assertThat(codes.find(otherOwner.hash())).isPresent();
  }

  @Test
  void deletesThoseOfOneOwner() {
    MailedCode first = added(ADA, CodePurpose.PASSWORD_RESET);
    MailedCode second = added(ADA, CodePurpose.EMAIL_CHANGE);
    MailedCode otherOwner = added(GRACE, CodePurpose.PASSWORD_RESET);

    codes.deleteOf(ADA);

    assertThat(codes.find(first.hash())).isEmpty();
    assertThat(codes.find(second.hash())).isEmpty();
    assertThat(codes.find(otherOwner.hash())).isPresent();
  }

  @Test
  void deletesWhatExpiredBeforeAndNothingElse() {
    MailedCode code = added(ADA, CodePurpose.PASSWORD_RESET);
    MailedCode later = code(ADA, CodePurpose.PASSWORD_RESET, END.plus(TICK));
    codes.add(later);

    assertThat(codes.deleteExpiredBefore(END, 10)).isZero();
    assertThat(codes.deleteExpiredBefore(END.plus(TICK), 10)).isEqualTo(1);

    assertThat(codes.find(code.hash())).isEmpty();
    assertThat(codes.find(later.hash())).isPresent();
  }

  @Test
  void deletesNoMoreThanAskedFor() {
    for (int i = 0; i < 5; i++) {
      added(ADA, CodePurpose.PASSWORD_RESET);
    }

    assertThat(codes.deleteExpiredBefore(END.plus(TICK), 3)).isEqualTo(3);
    assertThat(codes.deleteExpiredBefore(END.plus(TICK), 3)).isEqualTo(2);
    assertThat(codes.deleteExpiredBefore(END.plus(TICK), 3)).isZero();
  }

  private MailedCode added(UserId owner, CodePurpose purpose) {
    MailedCode code = code(owner, purpose, END);
    codes.add(code);
    return code;
  }

  private MailedCode code(UserId owner, CodePurpose purpose, Instant expiresAt) {
    return new MailedCode(
        identifiers.newCode().hash(),
        purpose,
        owner,
        EmailAddress.of("Ada@Example.ORG"),
        expiresAt);
  }

  private void rolledBack(Runnable work) {
    assertThatThrownBy(
            () ->
                stores
                    .transactions()
                    .execute(
                        () -> {
                          work.run();
                          throw new IllegalStateException("rolled back");
                        }))
        .hasMessage("rolled back");
  }
}
