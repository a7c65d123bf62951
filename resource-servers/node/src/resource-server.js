import { errors, jwtVerify } from 'jose';
import { header } from './call.js';
import { listenToEndedSessions } from './ended-sessions.js';
import { createIssuer, Unavailable } from './issuer.js';
import { node } from './platform.js';
import { ALGORITHMS, createProofs } from './proofs.js';
/** @import { AccessToken, Call, Options, Platform, Refused, ResourceServer } from './types.js' */

const PROOF_ALGORITHMS = `algs="${ALGORITHMS.join(' ')}"`;

/**
 * Checks the access tokens of one Latchkey. One for each process is enough: it listens to the feed of ended sessions from
 * now on.
 * @param {Options} options
 * @param {Platform} [platform] for tests
 * @returns {ResourceServer}
 */
export const createResourceServer = (options, platform = node) => {
  const { issuer, audience = 'latchkey', algorithms = ['ES256'], leeway = 60, feed = {}, origin } = options;
  const { proofAge = 60, proofsRemembered = 100_000, warn = (message) => console.warn(message) } = options;
  const { maxAge = 60, stale = 'refuse' } = feed || {};
  check(URL.canParse(issuer ?? ''), 'issuer is not an address');
  check(origin === undefined || (URL.canParse(origin) && !origin.endsWith('/')), 'origin is not like https://example.org');
  check(stale === 'refuse' || stale === 'accept', 'feed.stale is neither refuse nor accept');
  check([maxAge, proofAge, proofsRemembered].every((number) => number > 0), 'a number is not above 0');
  check(algorithms.length > 0 && !algorithms.some((name) => /^(HS|none)/.test(name)), 'algorithms must be of public keys');

  const source = createIssuer(options, platform);
  const endedSessions = feed && listenToEndedSessions({ issuer, algorithms, maxAge, warn }, source, platform);
  const proofs = createProofs({ origin, proofAge, proofsRemembered }, platform);

  /** @param {string} text */
  const checked = async (text) => {
    const { payload } = await jwtVerify(text, source.keys, {
      typ: 'at+jwt', algorithms, issuer, audience, requiredClaims: ['sub', 'exp', 'iat'], clockTolerance: leeway,
      currentDate: new Date(platform.wallClock()) });
    if (typeof payload.sub !== 'string' || /** @type {number} */ (payload.iat) > platform.wallClock() / 1000 + leeway) {
      throw new errors.JWTClaimValidationFailed('The token is of the future, or of nobody', payload);
    }
    return payload;
  };

  /**
   * Whether the call may present this token in this way: a bound one with a proof of its key, any other without.
   * @param {Call} call
   * @param {string} text
   * @param {import('jose').JWTPayload} claims
   * @param {Challenger} challenge
   * @returns {Promise<Refused | undefined>}
   */
  const misused = async (call, text, claims, challenge) => {
    const bound = claims.cnf !== undefined;
    if (bound !== (challenge === dpop)) {
      return refused(401, challenge('invalid_token'));
    }
    if (!bound) {
      return undefined;
    }
    const proof = await proofs.verify(call, text).catch(() => null);
    const { jkt } = /** @type {{ jkt?: unknown }} */ (claims.cnf ?? {});
    if (typeof jkt !== 'string') {
      return refused(401, dpop('invalid_token'));
    }
    return proof?.thumbprint === jkt && proof.use() ? undefined : refused(401, dpop('invalid_dpop_proof'));
  };

  /** @type {ResourceServer['verify']} */
  const verify = async (call, { role } = {}) => {
    const [authorization = '', ...more] = header(call, 'authorization');
    const [, scheme = '', text] = /^(Bearer|DPoP) +(\S+) *$/i.exec(authorization) ?? [];
    if (!text) {
      return refused(401, bearer(), dpop());
    }
    const challenge = scheme.toLowerCase() === 'dpop' ? dpop : bearer;
    if (more.length) {
      return refused(401, challenge('invalid_token'));
    }
    try {
      const claims = await checked(text);
      const verdict = endedSessions ? await endedSessions.judge(claims) : 'live';
      if (verdict === 'ended') {
        return refused(401, challenge('invalid_token'));
      }
      if (verdict === 'unknown' && stale === 'refuse') {
        return unavailable();
      }
      const token = accessTokenOf(claims);
      return await misused(call, text, claims, challenge)
        ?? (role === undefined || token.roles.includes(role)
          ? { ok: true, token } : refused(403, challenge('insufficient_scope')));
    } catch (error) {
      if (error instanceof Unavailable) {
        return unavailable();
      }
      if (error instanceof errors.JOSEError) {
        return refused(401, challenge('invalid_token'));
      }
      throw error;
    }
  };

  return {
    verify,
    protect: (role) => async (request, response, next) => {
      /** @type {Awaited<ReturnType<typeof verify>>} */
      let answer;
      try {
        answer = await verify(request, { role });
      } catch (error) {
        next(error);
        return;
      }
      if (answer.ok) {
        request.token = answer.token;
        next();
      } else {
        response.writeHead(answer.status, answer.headers).end();
      }
    },
    close: () => {
      if (endedSessions) {
        endedSessions.close();
      }
    },
  };
};

/** @typedef {(error?: string) => string} Challenger */

/** RFC 6750 §3. @type {Challenger} */
const bearer = (error) => (error ? `Bearer error="${error}"` : 'Bearer');

/** RFC 9449 §7.1. @type {Challenger} */
const dpop = (error) => (error ? `DPoP error="${error}", ${PROOF_ALGORITHMS}` : `DPoP ${PROOF_ALGORITHMS}`);

/** @type {(status: 401 | 403, ...challenges: string[]) => Refused} */
const refused = (status, ...challenges) => ({
  ok: false,
  status,
  headers: { 'WWW-Authenticate': challenges.length === 1 ? /** @type {string} */ (challenges[0]) : challenges },
});

/** @returns {Refused} */
const unavailable = () => ({ ok: false, status: 503, headers: { 'Retry-After': '5' } });

/**
 * @param {import('jose').JWTPayload} claims
 * @returns {AccessToken}
 */
const accessTokenOf = (claims) => {
  const { sub, preferred_username, client_id, sid, roles } = /** @type {Record<string, any>} */ (claims);
  return Object.freeze({
    subject: sub,
    username: preferred_username,
    roles: Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [],
    clientId: client_id,
    sessionId: sid,
    claims: Object.freeze(claims),
  });
};

/** @type {(condition: boolean, message: string) => void} */
const check = (condition, message) => {
  if (!condition) {
    throw new TypeError(message);
  }
};
