import { jwtVerify } from 'jose';
/** @import { FeedOptions, Issuer, Options, Platform, Verdict } from './types.js' */

/** In seconds. The service renews its document every ten; who hears nothing for longer waits at a dead connection. */
const LONGEST_WAIT = 12;

/** How much longer than it may wait an answer may take, in milliseconds. */
const PATIENCE = 3_000;

/** Between two requests, whatever the answers are, in milliseconds. */
const BREATH = 100;

/** After so many milliseconds without news it is no more asked what is new, but for all of it. */
const TOO_LONG = 60_000;

/** How far the clock on the wall may be from the service's, in milliseconds, before somebody should look. */
const CLOCKS = 60_000;

/**
 * Listens to the feed of ended sessions, from now on until it is closed.
 *
 * How old its knowledge is, it goes by the monotonic clock alone, and counts from when it sent the request: the document is
 * at least as new as that.
 * @param {Pick<Options, 'issuer'> & Required<Pick<Options, 'algorithms' | 'warn'> & Pick<FeedOptions, 'maxAge'>>} options
 * @param {Issuer} source
 * @param {Platform} platform
 */
export const listenToEndedSessions = ({ issuer, algorithms, maxAge, warn }, source, platform) => {
  const closing = new AbortController();
  /** When each ended session was learned of, in order. @type {Map<string, number>} */
  const ended = new Map();
  let notBefore = -Infinity;
  /** The time of the newest document, and whether what was known before it is known. */
  let asOf = -Infinity;
  let whole = false;
  let knownAt = -Infinity;
  let warned = false;

  // Whoever must know more often than that does not let the service wait.
  const wait = Math.min(LONGEST_WAIT, Math.floor(maxAge / 3));
  const interval = Math.min(1_000, maxAge * 250);

  /** Reads once; says whether to ask again at once. */
  const read = async () => {
    const url = new URL(await source.endedSessionsUri());
    /** @type {Record<string, string>} */
    const headers = { Accept: 'application/ended-sessions+jwt' };
    const further = whole;
    if (further) {
      url.searchParams.set('since', String(asOf));
      if (wait > 0) {
        headers.Prefer = `wait=${wait}`;
      }
    }
    const sentAt = platform.monotonic();
    const timeOut = AbortSignal.timeout((further ? wait * 1000 : 0) + PATIENCE);
    const signal = AbortSignal.any([closing.signal, timeOut]);
    const response = await platform.fetch(url, { headers, redirect: 'error', signal });
    if (response.status !== 200) {
      await response.body?.cancel();
      whole &&= response.status !== 400; // Whatever is wrong with `since`: without it, then.
      throw new Error(`The answer was ${response.status}`);
    }
    learn(await documentOf(await response.text()), sentAt);
    return !further || response.headers.has('Preference-Applied');
  };

  /** @param {string} text */
  const documentOf = async (text) => {
    const { payload } = await jwtVerify(text, source.keys, { typ: 'ended-sessions+jwt', algorithms, issuer });
    const { as_of, since, sids, window, not_before } = /** @type {Record<string, any>} */ (payload);
    if (!Number.isSafeInteger(as_of) || !(since === undefined || Number.isSafeInteger(since)) || !(window > 0)
      || !(not_before === undefined || Number.isFinite(not_before))
      || !Array.isArray(sids) || !sids.every((sid) => typeof sid === 'string')) {
      throw new Error('The document of ended sessions cannot be read');
    }
    return /** @type {{ as_of: number, since?: number, sids: string[], window: number, not_before?: number }} */ (
      { as_of, since, sids, window, not_before });
  };

  /**
   * @param {Awaited<ReturnType<typeof documentOf>>} document
   * @param {number} sentAt
   */
  const learn = (document, sentAt) => {
    const now = platform.monotonic();
    whole = document.since === undefined || (whole && document.since <= asOf);
    if (!whole) {
      throw new Error('Ends are missing between two documents');
    }
    for (const sid of document.sids) {
      if (!ended.has(sid)) {
        ended.set(sid, now);
      }
    }
    for (const [sid, learnedAt] of ended) {
      if (learnedAt > now - document.window * 1000) {
        break;
      }
      ended.delete(sid);
    }
    notBefore = Math.max(notBefore, document.not_before ?? -Infinity);
    if (document.as_of > asOf) { // An older one, of a cache or another node, makes nothing newer.
      asOf = document.as_of;
      knownAt = sentAt;
    }
    compareClocks(document.as_of);
  };

  /** @param {number} time */
  const compareClocks = (time) => {
    if (!warned && Math.abs(platform.wallClock() - time) > CLOCKS) {
      warned = true;
      warn(`The clock of this machine differs from Latchkey's by ${Math.round((platform.wallClock() - time) / 1000)} s: `
        + 'tokens may be refused, or accepted for too long.');
    }
  };

  const listen = async () => {
    for (let failures = 0; !closing.signal.aborted;) {
      try {
        const atOnce = await read();
        failures = 0;
        started();
        await platform.pause(atOnce ? BREATH : interval, closing.signal);
      } catch (cause) {
        if (closing.signal.aborted) {
          return;
        }
        if (platform.monotonic() - knownAt > TOO_LONG) {
          whole = false;
        }
        if (failures === 0) {
          warn(`The feed of ended sessions cannot be read: ${/** @type {Error} */ (cause).message}`);
        }
        started();
        await platform.pause(backoff(failures++), closing.signal).catch(() => {});
      }
    }
  };

  let started = () => {};
  /** Whether it was tried once. @type {Promise<void>} */
  const tried = new Promise((resolve) => {
    started = resolve;
  });
  listen();

  return {
    /**
     * @param {import('jose').JWTPayload} claims of a token that was checked
     * @returns {Promise<Verdict>}
     */
    judge: async ({ sid, iat }) => {
      await tried;
      if (ended.has(/** @type {string} */ (sid)) || (iat ?? -Infinity) <= notBefore) {
        return 'ended';
      }
      return platform.monotonic() - knownAt <= maxAge * 1000 ? 'live' : 'unknown';
    },
    close: () => {
      closing.abort();
      started();
    },
  };
};

/** From 0.2 s to 5 s; by chance, so that not all services come back at once. @param {number} failures */
const backoff = (failures) => Math.min(200 * 2 ** failures, 5_000) * (0.5 + Math.random() / 2);
