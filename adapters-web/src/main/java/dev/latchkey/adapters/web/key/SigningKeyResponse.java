package dev.latchkey.adapters.web.key;

import dev.latchkey.application.port.in.key.ListSigningKeys;
import dev.latchkey.domain.key.SigningKey;
import dev.latchkey.domain.key.SigningKeyState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/**
 * A signing key as an administrator sees it; nothing of it is secret. Times are ISO 8601, UTC.
 *
 * @param id the {@code kid}
 * @param state pending, active, retiring or retired
 * @param signsFrom when it takes over from the key before
 */
@Schema(name = "SigningKey")
record SigningKeyResponse(
    @Schema(example = "2") int number,
    @Schema(example = "aXnA5b5F9Yc3ZxHkq1pT0g") String id,
    @Schema(
            allowableValues = {"ES256", "RS256", "EdDSA"},
            type = "string")
        String algorithm,
    @Schema(
            allowableValues = {"pending", "active", "retiring", "retired"},
            type = "string")
        String state,
    @Schema(format = "date-time", example = "2026-01-31T09:30:00Z") String createdAt,
    @Schema(format = "date-time", example = "2026-01-31T09:30:00Z") String signsFrom) {

  static SigningKeyResponse of(ListSigningKeys.Entry entry) {
    return of(entry.key(), entry.state());
  }

  static SigningKeyResponse pending(SigningKey key) {
    return of(key, SigningKeyState.PENDING);
  }

  private static SigningKeyResponse of(SigningKey key, SigningKeyState state) {
    return new SigningKeyResponse(
        key.number(),
        key.id(),
        key.algorithm().jwsName(),
        state.name().toLowerCase(Locale.ROOT),
        key.createdAt().toString(),
        key.signsFrom().toString());
  }
}
