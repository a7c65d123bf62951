package dev.latchkey.adapters.web.account;

import dev.latchkey.adapters.web.request.Fields;
import dev.latchkey.adapters.web.request.JsonRequest;
import dev.latchkey.adapters.web.request.Secret;
import dev.latchkey.application.port.in.account.DeleteAccount;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.user.Password;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;

/** The body of a deletion: the password, once more. */
record DeleteAccountRequest(
    @Schema(
            type = "string",
            requiredMode = Schema.RequiredMode.REQUIRED,
            example = "four quiet herons at dusk")
        Secret password)
    implements JsonRequest {

  DeleteAccountRequest {
    password = Objects.requireNonNullElse(password, Secret.EMPTY);
  }

  DeleteAccount.Command toCommand(AccessToken token, Device device) {
    var fields = new Fields();
    Parsed<Password> typed = fields.require("password", password.reveal(), Password::parse);
    fields.orRefuse();
    return new DeleteAccount.Command(token.userId(), token.sessionId(), typed.orThrow(), device);
  }
}
