package dev.latchkey.adapters.web.session;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The active sessions of a user, the oldest first. */
@Schema(name = "Sessions")
record SessionsResponse(List<SessionResponse> sessions) {}
