import { LatchkeyError } from './errors.js';
/** @import { KeyPair, Session, StoredSession, Version } from './types.js' */

/**
 * The session that an answer with tokens brings. Its time counts from before the request was sent and by `expiresIn`
 * alone, so that no wrong clock can make a token seem valid for too long.
 * @param {any} tokens
 * @param {number} sentAt
 * @param {StoredSession} [before] of the exchange
 * @param {KeyPair} [pair] that the session is bound to
 * @returns {Session}
 */
export const sessionOf = (tokens, sentAt, before, pair = before?.pair) => {
  try {
    const { accessToken, refreshToken, tokenType } = tokens;
    const { sub, sid, auth_time: startedAt, preferred_username: username, roles } = claimsOf(accessToken);
    const lifetime = tokens.expiresIn * 1000;
    return {
      id: sid,
      startedAt,
      count: before && before.id === sid ? before.count + 1 : 0,
      refreshToken,
      pair,
      accessToken,
      tokenType,
      lifetime,
      expiresAt: sentAt + lifetime,
      user: { id: sub, username, roles, sessionId: sid },
    };
  } catch (cause) {
    throw new LatchkeyError('unexpected_answer', { cause, message: 'The answer contains no tokens.' });
  }
};

/**
 * Whether `a` comes after `b`. A session counts its exchanges; of two sessions the later one counts, by the service's
 * clock.
 * @param {Version} a
 * @param {Version} b
 */
export const newer = (a, b) => {
  if (a.id !== b.id) {
    return !b.id || order(a.startedAt, b.startedAt) || (a.startedAt === b.startedAt && order(a.id, b.id));
  }
  return a.count > b.count || (a.count === b.count && order(a.expiresAt, b.expiresAt));
};

/** @type {(a: any, b: any) => boolean} */
const order = (a, b) => (a ?? 0) > (b ?? 0);

/**
 * The payload of a JWT (RFC 7519 §3), unverified: that is for the services it is sent to.
 * @param {string} token
 */
const claimsOf = (token) => {
  const payload = token.split('.')[1] ?? '';
  const bytes = Uint8Array.from(atob(payload.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
};
