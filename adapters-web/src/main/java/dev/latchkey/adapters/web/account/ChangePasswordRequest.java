package dev.latchkey.adapters.web.account;

import dev.latchkey.adapters.web.request.Fields;
import dev.latchkey.adapters.web.request.JsonRequest;
import dev.latchkey.adapters.web.request.Secret;
import dev.latchkey.application.port.in.account.ChangePassword;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.text.Violation;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.user.NewPassword;
import dev.latchkey.domain.user.Password;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;

/**
 * The body of a change of password.
 *
 * @param otherSessions may be empty: then they end
 */
record ChangePasswordRequest(
    @Schema(
            type = "string",
            requiredMode = Schema.RequiredMode.REQUIRED,
            example = "four quiet herons at dusk")
        Secret currentPassword,
    @Schema(
            type = "string",
            requiredMode = Schema.RequiredMode.REQUIRED,
            minLength = 8,
            maxLength = 128,
            example = "seven loud geese at dawn")
        Secret newPassword,
    @Schema(
            type = "string",
            description = "What becomes of all other sessions",
            requiredMode = Schema.RequiredMode.NOT_REQUIRED,
            allowableValues = {"end", "keep"},
            defaultValue = "end")
        String otherSessions)
    implements JsonRequest {

  private static final String END = "end";
  private static final String KEEP = "keep";

  ChangePasswordRequest {
    currentPassword = Objects.requireNonNullElse(currentPassword, Secret.EMPTY);
    newPassword = Objects.requireNonNullElse(newPassword, Secret.EMPTY);
    otherSessions = Objects.requireNonNullElse(otherSessions, END);
  }

  ChangePassword.Command toCommand(AccessToken token, Device device) {
    var fields = new Fields();
    Parsed<Password> current =
        fields.require("currentPassword", currentPassword.reveal(), Password::parse);
    Parsed<NewPassword> replacement =
        fields.require("newPassword", newPassword.reveal(), NewPassword::parse);
    Parsed<Boolean> endOthers =
        fields.require("otherSessions", otherSessions, ChangePasswordRequest::parseEnd);
    fields.orRefuse();
    return new ChangePassword.Command(
        token.userId(),
        token.sessionId(),
        current.orThrow(),
        replacement.orThrow(),
        endOthers.orThrow(),
        device);
  }

  private static Parsed<Boolean> parseEnd(String text) {
    return Parsed.of(
        text,
        checked ->
            checked.equals(END) || checked.equals(KEEP)
                ? null
                : new Violation("invalid_value", "must be end or keep"),
        END::equals);
  }
}
