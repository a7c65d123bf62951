package dev.latchkey.adapters.web.auth;

import dev.latchkey.adapters.web.request.Fields;
import dev.latchkey.adapters.web.request.JsonRequest;
import dev.latchkey.adapters.web.request.Secret;
import dev.latchkey.adapters.web.request.TokenExamples;
import dev.latchkey.application.port.in.session.ExchangeRefreshToken;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.IdempotencyKey;
import dev.latchkey.domain.session.KeyProof;
import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.text.Violation;
import dev.latchkey.domain.token.TokenText;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of an exchange. What the tokens look like is not checked here: a text that is no token
 * is an unknown token.
 *
 * @param refreshToken empty if a cookie carries it
 * @param accessToken may be empty
 * @param clientId may be empty
 */
record RefreshRequest(
    @Schema(
            type = "string",
            description = "Required unless a cookie carries it",
            requiredMode = Schema.RequiredMode.NOT_REQUIRED,
            example = TokenExamples.REFRESH)
        Secret refreshToken,
    @Schema(
            type = "string",
            description = "If sent, an access token of the same session, expired or not",
            requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Secret accessToken,
    @Schema(
            description = "The client that asks, if it is not the first-party one",
            maxLength = 100,
            requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        String clientId)
    implements JsonRequest {

  RefreshRequest {
    refreshToken = Objects.requireNonNullElse(refreshToken, Secret.EMPTY);
    accessToken = Objects.requireNonNullElse(accessToken, Secret.EMPTY);
    clientId = Objects.requireNonNullElse(clientId, "");
  }

  /**
   * @param presented the refresh token, however it came
   * @param idempotencyKey the header of that name
   * @param keyProof of the request, if there is one
   */
  ExchangeRefreshToken.Command toCommand(
      Secret presented,
      ClientId client,
      @Nullable String idempotencyKey,
      @Nullable KeyProof keyProof,
      Device device) {
    var fields = new Fields();
    Parsed<TokenText> token =
        fields.require("refreshToken", presented.reveal(), RefreshRequest::tokenText);
    Optional<Parsed<IdempotencyKey>> key =
        Optional.ofNullable(idempotencyKey)
            .map(text -> fields.require("Idempotency-Key", text, IdempotencyKey::parse));
    fields.orRefuse();
    return new ExchangeRefreshToken.Command(
        token.orThrow(),
        client,
        key.map(Parsed::orThrow).orElse(null),
        accessToken.isEmpty() ? null : new TokenText(accessToken.reveal()),
        keyProof,
        device);
  }

  private static Parsed<TokenText> tokenText(String text) {
    return text.isEmpty()
        ? new Parsed.Invalid<>(Violation.required())
        : new Parsed.Valid<>(new TokenText(text));
  }
}
