package dev.latchkey.adapters.web.connection;

/**
 * What the connections do now, and what became of others since the start.
 *
 * @param open now
 * @param gaveWay closed because a new one came above the limit
 * @param refused closed as soon as they came: above the limit, and none of the others waited
 * @param timedOut closed because their client kept the service waiting for too long
 */
public record ConnectionCounts(int open, long gaveWay, long refused, long timedOut) {}
