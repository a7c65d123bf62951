package dev.latchkey.adapters.web.auth;

import dev.latchkey.adapters.web.request.Fields;
import dev.latchkey.adapters.web.request.JsonRequest;
import dev.latchkey.adapters.web.request.Secret;
import dev.latchkey.application.port.in.session.Login;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.Binding;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.text.InputText;
import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.user.Password;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of a log-in.
 *
 * @param username the user name or the e-mail address
 * @param refreshToken may be empty
 * @param clientId may be empty
 * @param tokenType may be empty
 */
record LoginRequest(
    @Schema(
            description = "User name or e-mail address",
            requiredMode = Schema.RequiredMode.REQUIRED,
            example = "ada")
        String username,
    @Schema(
            type = "string",
            description = "Compared in Unicode form NFKC, and changed in no other way",
            requiredMode = Schema.RequiredMode.REQUIRED,
            example = "four quiet herons at dusk")
        Secret password,
    @Schema(
            type = "string",
            description =
                "A refresh token of the session that this device had before, even a spent one:"
                    + " shows that the device is known, and ends that session",
            requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Secret refreshToken,
    @Schema(
            description = "The client that asks, if it is not the first-party one",
            maxLength = 100,
            requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        String clientId,
    @Schema(
            type = "string",
            description =
                "Of a session that a DPoP proof binds: DPoP binds its access tokens as well, Bearer"
                    + " the refresh token alone",
            allowableValues = {"DPoP", "Bearer"},
            requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        String tokenType)
    implements JsonRequest {

  /** Longer than any user name and any e-mail address. */
  private static final int MAX_LOGIN = 254;

  LoginRequest {
    username = Objects.requireNonNullElse(username, "");
    password = Objects.requireNonNullElse(password, Secret.EMPTY);
    refreshToken = Objects.requireNonNullElse(refreshToken, Secret.EMPTY);
    clientId = Objects.requireNonNullElse(clientId, "");
    tokenType = Objects.requireNonNullElse(tokenType, "");
  }

  /**
   * @param presented a refresh token of this device's earlier session, however it came; may be
   *     empty
   */
  Login.Command toCommand(
      Secret presented, ClientId client, @Nullable Binding binding, Device device) {
    var fields = new Fields();
    Parsed<String> login =
        fields.require("username", username, text -> InputText.parse(text, MAX_LOGIN));
    Parsed<Password> typed = fields.require("password", password.reveal(), Password::parse);
    fields.orRefuse();
    TokenText earlier = presented.isEmpty() ? null : new TokenText(presented.reveal());
    return new Login.Command(login.orThrow(), typed.orThrow(), earlier, client, binding, device);
  }
}
