package dev.latchkey.adapters.web.account;

import dev.latchkey.adapters.web.request.Fields;
import dev.latchkey.adapters.web.request.JsonRequest;
import dev.latchkey.application.port.in.account.ChangeNames;
import dev.latchkey.application.port.in.account.ChangeNames.Edit;
import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.user.PersonName;
import dev.latchkey.domain.user.UserId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of a change of names.
 *
 * @param firstName null: stays; empty: goes
 * @param lastName the same
 */
record ChangeNamesRequest(
    @Nullable @Schema(maxLength = 100, example = "Ada") String firstName,
    @Nullable @Schema(maxLength = 100, example = "Lovelace") String lastName)
    implements JsonRequest {

  ChangeNames.Command toCommand(UserId userId) {
    var fields = new Fields();
    Optional<Parsed<PersonName>> first = parse(fields, "firstName", firstName);
    Optional<Parsed<PersonName>> last = parse(fields, "lastName", lastName);
    fields.orRefuse();
    return new ChangeNames.Command(userId, edit(firstName, first), edit(lastName, last));
  }

  private static Optional<Parsed<PersonName>> parse(
      Fields fields, String field, @Nullable String text) {
    return text == null ? Optional.empty() : fields.allow(field, text, PersonName::parse);
  }

  private static Edit edit(@Nullable String text, Optional<Parsed<PersonName>> name) {
    return text == null
        ? new Edit.Keep()
        : new Edit.Replace(name.map(Parsed::orThrow).orElse(null));
  }
}
