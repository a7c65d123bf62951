package dev.latchkey.application.service.account;

import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.account.ChangeNames;
import dev.latchkey.application.port.in.account.ChangeNames.Edit;
import dev.latchkey.application.port.in.account.ChangeNames.Result;
import dev.latchkey.application.port.out.account.Users.Addition;
import dev.latchkey.domain.user.PersonName;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserStatus;
import dev.latchkey.testkit.InterleavedUsers;
import dev.latchkey.testkit.Stores;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ChangeNamesServiceTest {

  private static final Edit KEEP = new Edit.Keep();
  private static final Edit REMOVE = new Edit.Replace(null);

  private final Stores stores = Stores.inMemory();
  private final InterleavedUsers users = new InterleavedUsers(stores.users());
  private final ChangeNames changeNames = new ChangeNamesService(stores.transactions(), users);
  private final User ada = aUser().withFirstName("Ada").withLastName("Byron").build();

  @BeforeEach
  void add() {
    assertThat(users.add(ada)).isEqualTo(Addition.ADDED);
  }

  @Test
  void replacesOneNameAndKeepsTheOther() {
    assertChanged(change(KEEP, to("Lovelace")), "Ada", "Lovelace");
    assertChanged(change(to("Augusta"), KEEP), "Augusta", "Lovelace");
  }

  @Test
  void removesAName() {
    User withoutLast = ada.withNames(PersonName.of("Ada"), null);

    assertThat(change(KEEP, REMOVE)).isEqualTo(new Result.Changed(withoutLast));
    assertThat(users.find(ada.id())).contains(withoutLast);

    User withoutAny = ada.withNames(null, null);
    assertThat(change(REMOVE, KEEP)).isEqualTo(new Result.Changed(withoutAny));
    assertThat(users.find(ada.id())).contains(withoutAny);
  }

  @Test
  void changesNothingIfBothAreKept() {
    assertThat(change(KEEP, KEEP)).isEqualTo(new Result.Changed(ada));
    assertThat(users.find(ada.id())).contains(ada);
  }

  /** Each writes both names: one that went by an older reading would undo the other. */
  @Test
  void aChangeThatWaitedForAnotherKeepsWhatThatOneChanged() {
    users.beforeNextLock(
        () -> assertThat(change(to("Augusta"), KEEP)).isInstanceOf(Result.Changed.class));

    assertChanged(change(KEEP, to("Lovelace")), "Augusta", "Lovelace");
  }

  @Test
  void aUserWhoIsDisabledOrDeletedIsGone() {
    users.changeStatus(ada.id(), UserStatus.DISABLED);
    assertThat(change(to("Augusta"), KEEP)).isEqualTo(new Result.Gone());
    assertThat(users.find(ada.id()).orElseThrow().firstName()).hasToString("Ada");

    users.delete(ada.id(), Instant.EPOCH);
    assertThat(change(to("Augusta"), KEEP)).isEqualTo(new Result.Gone());
  }

  private void assertChanged(Result result, String firstName, String lastName) {
    User changed = ada.withNames(PersonName.of(firstName), PersonName.of(lastName));
    assertThat(result).isEqualTo(new Result.Changed(changed));
    assertThat(users.find(ada.id())).contains(changed);
  }

  private Result change(Edit firstName, Edit lastName) {
    return changeNames.execute(new ChangeNames.Command(ada.id(), firstName, lastName));
  }

  private static Edit to(String name) {
    return new Edit.Replace(PersonName.of(name));
  }
}
