/** @import { Answer, KeyPair, Platform } from './types.js' */

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** How far this clock may be from the service's before proofs go by that one, in milliseconds. */
const TOLERABLE = 5_000;

/**
 * A key that no script can take away: it can be used where it is, and that is all.
 * @returns {Promise<KeyPair>}
 */
export const newKey = async () => {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(ECDSA, false, ['sign']);
  return { privateKey, publicKey };
};

/**
 * DPoP proofs (RFC 9449 §4.2): each shows for one request that its sender has the key.
 * @param {Platform} platform
 */
export const createProofs = (platform) => {
  /** The latest of each server. @type {Map<string, string>} */
  const nonces = new Map();
  /** How far the clock of each server is ahead of this one, in milliseconds. @type {Map<string, number>} */
  const ahead = new Map();

  /** @type {(pair: KeyPair, method: string, url: string, token?: string) => Promise<string>} */
  const make = async ({ privateKey, publicKey }, method, url, token) => {
    const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey);
    const { origin, pathname } = new URL(url);
    const text = `${encoded({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } })}.${encoded({
      jti: crypto.randomUUID(),
      htm: method,
      htu: origin + pathname,
      iat: Math.floor((platform.wallClock() + (ahead.get(origin) ?? 0)) / 1000),
      nonce: nonces.get(origin),
      ath: token && base64url(await crypto.subtle.digest('SHA-256', bytes(token))),
    })}`;
    return `${text}.${base64url(await crypto.subtle.sign(ECDSA, privateKey, bytes(text)))}`;
  };

  /**
   * What the server has to say about the next proof; why the refused one is worth another attempt, if it is.
   * @param {string} origin
   * @param {{ status: number, headers: Pick<Headers, 'get'>, body?: any }} answer
   */
  const learn = (origin, { status, headers, body }) => {
    const nonce = headers.get('DPoP-Nonce');
    if (nonce) {
      nonces.set(origin, nonce);
    }
    const refusal = status === 401 ? headers.get('WWW-Authenticate') : body?.code;
    if (/\buse_dpop_nonce\b/.test(refusal ?? '')) {
      return nonce && 'nonce';
    }
    const off = Date.parse(headers.get('Date') ?? '') - platform.wallClock();
    if (!/\binvalid_dpop_proof\b/.test(refusal ?? '') || !(Math.abs(off - (ahead.get(origin) ?? 0)) > TOLERABLE)) {
      return null;
    }
    ahead.set(origin, off);
    return 'clock';
  };

  return {
    /**
     * Sends a request with a proof. Again if the server wants a newer nonce, and again if it was this clock; not more.
     * @template {Answer | Response} T
     * @param {KeyPair} pair
     * @param {{ method: string, url: string, token?: string }} about
     * @param {(proof: string) => Promise<T>} send
     */
    with: async (pair, { method, url, token }, send) => {
      const { origin } = new URL(url);
      const reasons = new Set();
      for (;;) {
        const answer = await send(await make(pair, method, url, token));
        const reason = learn(origin, answer);
        if (!reason || reasons.has(reason)) {
          return answer;
        }
        reasons.add(reason);
      }
    },
    make,
    learn,
  };
};

/** @param {string} text */
const bytes = (text) => new TextEncoder().encode(text);

/** @param {ArrayBuffer | Uint8Array} binary */
const base64url = (binary) =>
  btoa(String.fromCharCode(...new Uint8Array(binary))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

/** @param {object} json */
const encoded = (json) => base64url(bytes(JSON.stringify(json)));
