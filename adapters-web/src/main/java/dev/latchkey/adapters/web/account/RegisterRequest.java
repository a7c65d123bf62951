package dev.latchkey.adapters.web.account;

import dev.latchkey.adapters.web.request.Fields;
import dev.latchkey.adapters.web.request.JsonRequest;
import dev.latchkey.adapters.web.request.Secret;
import dev.latchkey.application.port.in.account.Register;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.Binding;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.NewPassword;
import dev.latchkey.domain.user.PersonName;
import dev.latchkey.domain.user.Username;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of a registration.
 *
 * @param firstName may be empty
 * @param lastName may be empty
 * @param clientId may be empty
 * @param tokenType may be empty
 */
record RegisterRequest(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            minLength = 3,
            maxLength = 32,
            example = "ada")
        String username,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            maxLength = 254,
            example = "ada@example.org")
        String email,
    @Schema(
            type = "string",
            description =
                "Any script, compared in Unicode form NFKC. Several spaces in a row count as one,"
                    + " invisible characters do not count. No common or leaked password, and none"
                    + " that is little more than the user name, the e-mail address or the name of"
                    + " the service",
            requiredMode = Schema.RequiredMode.REQUIRED,
            minLength = 8,
            maxLength = 128,
            example = "four quiet herons at dusk")
        Secret password,
    @Schema(maxLength = 100, requiredMode = Schema.RequiredMode.NOT_REQUIRED, example = "Ada")
        String firstName,
    @Schema(maxLength = 100, requiredMode = Schema.RequiredMode.NOT_REQUIRED, example = "Lovelace")
        String lastName,
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

  RegisterRequest {
    username = Objects.requireNonNullElse(username, "");
    email = Objects.requireNonNullElse(email, "");
    password = Objects.requireNonNullElse(password, Secret.EMPTY);
    firstName = Objects.requireNonNullElse(firstName, "");
    lastName = Objects.requireNonNullElse(lastName, "");
    clientId = Objects.requireNonNullElse(clientId, "");
    tokenType = Objects.requireNonNullElse(tokenType, "");
  }

  Register.Command toCommand(ClientId client, @Nullable Binding binding, Device device) {
    var fields = new Fields();
    Parsed<Username> validUsername = fields.require("username", username, Username::parse);
    Parsed<EmailAddress> validEmail = fields.require("email", email, EmailAddress::parse);
    Parsed<NewPassword> validPassword =
        fields.require("password", password.reveal(), NewPassword::parse);
    Optional<Parsed<PersonName>> validFirstName =
        fields.allow("firstName", firstName, PersonName::parse);
    Optional<Parsed<PersonName>> validLastName =
        fields.allow("lastName", lastName, PersonName::parse);
    fields.orRefuse();
    return new Register.Command(
        validUsername.orThrow(),
        validEmail.orThrow(),
        validPassword.orThrow(),
        validFirstName.map(Parsed::orThrow).orElse(null),
        validLastName.map(Parsed::orThrow).orElse(null),
        client,
        binding,
        device);
  }
}
