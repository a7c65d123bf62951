package dev.latchkey.adapters.web.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A session as its user sees it. Times are ISO 8601, UTC.
 *
 * @param exchangedAt when the refresh token was last exchanged, or first issued
 * @param idleExpiresAt the end unless there is an exchange before
 * @param absoluteExpiresAt the end in any case
 * @param current whether this request comes from it
 */
@Schema(name = "Session")
@JsonInclude(JsonInclude.Include.NON_NULL)
record SessionResponse(
    @Schema(format = "uuid", example = "018f4e9c-7a52-7c11-b3a4-5d0e2f6c9a10") String id,
    @Schema(format = "date-time", example = "2026-01-31T09:30:00Z") String startedAt,
    @Schema(format = "date-time", example = "2026-01-31T09:30:00Z") String exchangedAt,
    @Schema(format = "date-time", example = "2026-02-07T09:30:00Z") String idleExpiresAt,
    @Schema(format = "date-time", example = "2026-03-02T09:30:00Z") String absoluteExpiresAt,
    @Nullable @Schema(example = "192.0.2.7") String clientAddress,
    @Nullable @Schema(example = "curl/8.14.1") String userAgent,
    @Schema(example = "true") boolean current) {

  static SessionResponse of(Session session, SessionId current) {
    return new SessionResponse(
        session.id().toString(),
        session.startedAt().toString(),
        session.rotatedAt().toString(),
        session.idleExpiresAt().toString(),
        session.absoluteExpiresAt().toString(),
        session.device().address(),
        session.device().userAgent(),
        session.id().equals(current));
  }
}
