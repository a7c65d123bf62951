package dev.latchkey.adapters.security.password;

import java.time.Duration;

/**
 * What the threads that hash do now, and did since the start.
 *
 * @param waiting passwords that wait for room or for a thread, now
 * @param computing passwords that are being hashed, now
 * @param refused callers that found no room
 * @param computed passwords whose turn came
 * @param waited how long all of those waited for it together, once they had found room
 */
public record HashingLoad(
    int waiting, int computing, long refused, long computed, Duration waited) {}
