import { createHash } from 'node:crypto';
import { EmbeddedJWK, calculateJwkThumbprint, jwtVerify } from 'jose';
import { addressOf, header, normalized } from './call.js';
/** @import { Call, Options, Platform } from './types.js' */

/** What a proof may be signed with: everything asymmetric that is in use. */
export const ALGORITHMS = ['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519', 'PS256', 'RS256'];

/** In characters. A proof with an RSA key of 4096 bits has about 2 500. */
const LONGEST = 4_096;

/**
 * DPoP proofs (RFC 9449 §4.3), each accepted once by this process. Proofs are remembered only after everything else about
 * them was right, so nobody without a token can fill the memory.
 * @param {Pick<Options, 'origin'> & Required<Pick<Options, 'proofAge' | 'proofsRemembered'>>} options
 * @param {Platform} platform
 */
export const createProofs = ({ origin, proofAge, proofsRemembered }, platform) => {
  /** @type {Map<string, number>} until when each is remembered, by the clock on the wall, in milliseconds */
  const seen = new Map();

  /**
   * Whether the proof was not here before, and remembers it for as long as it could be accepted again.
   * @param {string} key
   */
  const first = (key) => {
    const now = platform.wallClock();
    if ((seen.get(key) ?? now) > now) {
      return false;
    }
    for (const [oldest, until] of seen) {
      if (until > now && seen.size < proofsRemembered) {
        break;
      }
      seen.delete(oldest);
    }
    seen.set(key, now + 2 * proofAge * 1000 + 1000);
    return true;
  };

  return {
    /**
     * The thumbprint of the key (RFC 7638) that the proof of this call was made with, as a token names it (`cnf.jkt`), and
     * what makes the proof used. Throws if there is no proof, or not just one, or it is for another call or token.
     * @param {Call} call
     * @param {string} token
     */
    verify: async (call, token) => {
      const proofs = header(call, 'dpop');
      const [proof = ''] = proofs;
      if (proofs.length !== 1 || proof.length > LONGEST) {
        throw new Error('One proof is needed');
      }
      const { payload, key, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
        typ: 'dpop+jwt', algorithms: ALGORITHMS, currentDate: new Date(platform.wallClock()), clockTolerance: proofAge });
      const { jti, htm, htu, ath, iat } = payload;
      const address = addressOf(call, origin);
      const right = typeof jti === 'string' && jti !== '' && typeof iat === 'number'
        && Math.abs(platform.wallClock() / 1000 - iat) <= proofAge
        && htm === call.method && address !== undefined && normalized(htu) === address
        && ath === createHash('sha256').update(token).digest('base64url');
      if (!right || !key || !protectedHeader.jwk) {
        throw new Error('The proof is for something else');
      }
      const thumbprint = await calculateJwkThumbprint(protectedHeader.jwk);
      return {
        thumbprint,
        /** Whether the proof was not used before. */
        use: () => first(createHash('sha256').update(`${thumbprint} ${jti}`).digest('base64url')),
      };
    },
  };
};
