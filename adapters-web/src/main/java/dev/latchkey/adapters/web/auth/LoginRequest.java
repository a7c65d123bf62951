package dev.latchkey.adapters.web.auth;

import dev.latchkey.adapters.web.request.Fields;
import dev.latchkey.adapters.web.request.JsonRequest;
import dev.latchkey.adapters.web.request.Secret;
import dev.latchkey.application.port.in.session.Login;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;

/**
 * The body of a log-in.
 *
 * @param username the user name or the e-mail address
 * @param clientId may be empty
 */
record LoginRequest(
    @Schema(
            description = "User name or e-mail address",
            requiredMode = Schema.RequiredMode.REQUIRED,
            example = "ada")
        String username,
    @Schema(
            type = "string",
            requiredMode = Schema.RequiredMode.REQUIRED,
            example = "correct horse battery staple")
        Secret password,
    @Schema(description = "The client that asks, if it is not the first-party one", maxLength = 100)
        String clientId)
    implements JsonRequest {

  /** Longer than any user name and any e-mail address. */
  private static final int MAX_LOGIN = 254;

  LoginRequest {
    username = Objects.requireNonNullElse(username, "");
    password = Objects.requireNonNullElse(password, Secret.EMPTY);
    clientId = Objects.requireNonNullElse(clientId, "");
  }

  Login.Command toCommand(ClientId client, Device device) {
    new Fields()
        .require("username", username, text -> PlainText.violationOf(text, MAX_LOGIN))
        .require("password", password.reveal(), Password::violationOf)
        .orRefuse();
    return new Login.Command(username, new Password(password.reveal()), client, device);
  }
}
