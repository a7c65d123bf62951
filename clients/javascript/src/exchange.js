import { endsSession, passes } from './errors.js';
/** @import { LatchkeyError } from './errors.js' */
/** @import { Platform, Session, StoredSession } from './types.js' */

/** How long a call goes on trying, in milliseconds. The next call goes on where it gave up, under the same name. */
const PATIENCE = 30_000;

/** In seconds. Whoever wants to be left alone for longer may be a proxy that guesses how long an outage lasts. */
const LONGEST_PAUSE = 300;

/**
 * Exchanges, one at a time, however many calls need it; tries again until the service has answered.
 * @param {object} steps
 * @param {() => Promise<Session | StoredSession | null>} steps.next the session to exchange now; null if none needs it
 * @param {(asked: Session | StoredSession) => Promise<void>} steps.once
 * @param {(refusal: LatchkeyError, asked: StoredSession) => Promise<void>} steps.believe throws it, unless outdated
 * @param {(time: number) => Promise<void>} steps.sleepUntil
 * @param {Platform} platform
 */
export const createExchange = ({ next, once, believe, sleepUntil }, platform) => {
  /** @type {Promise<void> | null} */
  let running = null;
  /** Before that the service does not want to be asked again, by this call or another. */
  let quiet = { until: 0, error: /** @type {LatchkeyError | null} */ (null) };

  const run = async () => {
    const deadline = platform.now() + PATIENCE;
    let { until, error: last } = quiet;
    for (let failures = 0; ; failures++) {
      if (last && until > deadline) {
        throw last;
      }
      await sleepUntil(until);
      const asked = await next();
      if (!asked) {
        return;
      }
      try {
        return await once(asked);
      } catch (error) {
        if (endsSession(error)) {
          await believe(error, asked);
        } else if (passes(error)) {
          last = error;
          until = platform.now() + Math.max(backoff(failures), Math.min(error.retryAfter ?? 0, LONGEST_PAUSE) * 1000);
          quiet = error.retryAfter ? { until, error } : quiet;
        } else {
          throw error;
        }
      }
    }
  };

  return () => running ??= run().finally(() => {
    running = null;
  });
};

/** From half a second to 8 s; the jitter keeps tabs and devices from coming back together. @param {number} failures */
const backoff = (failures) => Math.min(500 * 2 ** failures, 8_000) * (0.5 + Math.random() / 2);
