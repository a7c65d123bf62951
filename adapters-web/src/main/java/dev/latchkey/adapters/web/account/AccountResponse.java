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
    @Schema(format = "uuid") String id,
    String username,
    String email,
    boolean emailVerified,
    @Nullable String firstName,
    @Nullable String lastName,
    List<String> roles,
    @Schema(format = "date-time") String createdAt) {

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
