package dev.latchkey.adapters.web.auth;

import dev.latchkey.adapters.web.problem.FieldError;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.request.InvalidRequestException;
import dev.latchkey.adapters.web.request.JsonRequest;
import dev.latchkey.adapters.web.request.Secret;
import dev.latchkey.application.port.in.session.ExchangeRefreshToken;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.IdempotencyKey;
import dev.latchkey.domain.token.TokenText;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of an exchange. What the tokens look like is not checked here: a text that is no token
 * is an unknown token.
 *
 * @param accessToken may be empty
 * @param clientId may be empty
 */
record RefreshRequest(
    @Schema(type = "string", requiredMode = Schema.RequiredMode.REQUIRED) Secret refreshToken,
    @Schema(
            type = "string",
            description = "If sent, an access token of the same session, expired or not")
        Secret accessToken,
    @Schema(description = "The client that asks, if it is not the first-party one", maxLength = 100)
        String clientId)
    implements JsonRequest {

  RefreshRequest {
    refreshToken = Objects.requireNonNullElse(refreshToken, Secret.EMPTY);
    accessToken = Objects.requireNonNullElse(accessToken, Secret.EMPTY);
    clientId = Objects.requireNonNullElse(clientId, "");
  }

  /**
   * @param idempotencyKey the header of that name
   */
  ExchangeRefreshToken.Command toCommand(
      ClientId client, @Nullable String idempotencyKey, Device device) {
    List<FieldError> errors = new ArrayList<>();
    if (refreshToken.isEmpty()) {
      errors.add(new FieldError("refreshToken", "required", "must be given and not be empty"));
    }
    if (idempotencyKey != null && !IdempotencyKey.isWellFormed(idempotencyKey)) {
      errors.add(
          new FieldError(
              "Idempotency-Key", "invalid_format", "must have 1 to 255 visible ASCII characters"));
    }
    if (!errors.isEmpty()) {
      throw new InvalidRequestException(ProblemCode.VALIDATION_FAILED, errors);
    }
    return new ExchangeRefreshToken.Command(
        new TokenText(refreshToken.reveal()),
        client,
        idempotencyKey == null ? null : new IdempotencyKey(idempotencyKey),
        accessToken.isEmpty() ? null : new TokenText(accessToken.reveal()),
        device);
  }
}
