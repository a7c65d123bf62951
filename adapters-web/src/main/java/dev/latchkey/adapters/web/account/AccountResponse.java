package dev.latchkey.adapters.web.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.domain.user.PersonName;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account as its owner sees it.
 *
 * @param emailVerified whether its user has proved that the address is theirs
 * @param createdAt ISO 8601, UTC
 */
@Schema(name = "Account")
@JsonInclude(JsonInclude.Include.NON_NULL)
record AccountResponse(
    @Schema(format = "uuid", example = "018f4e9c-1d3b-7f02-9c5e-6a7b8c9d0e1f") String id,
    @Schema(example = "ada") String username,
    @Schema(example = "ada@example.org") String email,
    @Schema(example = "true") boolean emailVerified,
    @Nullable @Schema(example = "Ada") String firstName,
    @Nullable @Schema(example = "Lovelace") String lastName,
    List<String> roles,
    @Schema(format = "date-time", example = "2026-01-31T09:30:00Z") String createdAt) {

  static AccountResponse of(User user) {
    return new AccountResponse(
        user.id().toString(),
        user.username().text(),
        user.email().text(),
        user.isEmailVerified(),
        text(user.firstName()),
        text(user.lastName()),
        user.roles().stream().map(Role::text).sorted().toList(),
        user.createdAt().toString());
  }

  private static @Nullable String text(@Nullable PersonName name) {
    return name == null ? null : name.text();
  }
}
