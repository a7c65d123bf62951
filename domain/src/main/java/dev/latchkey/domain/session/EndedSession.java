package dev.latchkey.domain.session;

import java.time.Instant;

/**
 * A session that ended before its time.
 *
 * @param at by the clock of the node that ended it, which read it before it wrote
 */
public record EndedSession(SessionId id, Instant at) {}
