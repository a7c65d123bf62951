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
    @Schema(format = "uuid") String id,
    @Schema(format = "date-time") String startedAt,
    @Schema(format = "date-time") String exchangedAt,
    @Schema(format = "date-time") String idleExpiresAt,
    @Schema(format = "date-time") String absoluteExpiresAt,
    @Nullable String clientAddress,
    @Nullable String userAgent,
    boolean current) {

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
