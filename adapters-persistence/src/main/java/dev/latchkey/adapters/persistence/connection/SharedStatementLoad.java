package dev.latchkey.adapters.persistence.connection;

/**
 * What a shared statement does now, and did since the start.
 *
 * @param waiting callers that wait for their turn, now
 * @param trips to the database
 * @param callers that these trips were for, together: by the number of trips, the size of a group
 * @param late callers whose turn did not come in time
 */
public record SharedStatementLoad(int waiting, long trips, long callers, long late) {}
