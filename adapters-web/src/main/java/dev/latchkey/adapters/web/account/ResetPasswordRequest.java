package dev.latchkey.adapters.web.account;

import dev.latchkey.adapters.web.request.Fields;
import dev.latchkey.adapters.web.request.JsonRequest;
import dev.latchkey.adapters.web.request.Secret;
import dev.latchkey.application.port.in.account.ResetPassword;
import dev.latchkey.domain.code.Code;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.user.NewPassword;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;

/** The body of a reset: the mailed code, and the password to have from now on. */
record ResetPasswordRequest(
    @Schema(
            type = "string",
            requiredMode = Schema.RequiredMode.REQUIRED,
            example = "7K3M-9QXT-2BVN-HD4C-8RWJ-5FZA")
        Secret code,
    @Schema(
            type = "string",
            requiredMode = Schema.RequiredMode.REQUIRED,
            minLength = 8,
            maxLength = 128,
            example = "seven loud geese at dawn")
        Secret newPassword)
    implements JsonRequest {

  ResetPasswordRequest {
    code = Objects.requireNonNullElse(code, Secret.EMPTY);
    newPassword = Objects.requireNonNullElse(newPassword, Secret.EMPTY);
  }

  ResetPassword.Command toCommand(Device device) {
    var fields = new Fields();
    Parsed<String> typed = fields.require("code", code.reveal(), CodeRequest::parse);
    Parsed<NewPassword> replacement =
        fields.require("newPassword", newPassword.reveal(), NewPassword::parse);
    fields.orRefuse();
    return new ResetPassword.Command(Code.parse(typed.orThrow()), replacement.orThrow(), device);
  }
}
