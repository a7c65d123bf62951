package dev.latchkey.adapters.web.account;

import dev.latchkey.adapters.web.request.Fields;
import dev.latchkey.adapters.web.request.JsonRequest;
import dev.latchkey.adapters.web.request.Secret;
import dev.latchkey.application.port.in.account.ChangeEmail;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.Password;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;

/** The body of a change of address: the new one, and the password once more. */
record ChangeEmailRequest(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            maxLength = 254,
            example = "ada@example.net")
        String email,
    @Schema(
            type = "string",
            requiredMode = Schema.RequiredMode.REQUIRED,
            example = "four quiet herons at dusk")
        Secret password)
    implements JsonRequest {

  ChangeEmailRequest {
    email = Objects.requireNonNullElse(email, "");
    password = Objects.requireNonNullElse(password, Secret.EMPTY);
  }

  ChangeEmail.Command toCommand(AccessToken token, Device device) {
    var fields = new Fields();
    Parsed<EmailAddress> address = fields.require("email", email, EmailAddress::parse);
    Parsed<Password> typed = fields.require("password", password.reveal(), Password::parse);
    fields.orRefuse();
    return new ChangeEmail.Command(
        token.userId(), token.sessionId(), typed.orThrow(), address.orThrow(), device);
  }
}
