import { createRemoteJWKSet, customFetch, errors } from 'jose';
/** @import { Issuer, Options, Platform } from './types.js' */

/** Until an answer is complete, in milliseconds. */
const TIME_OUT = 5_000;

/**
 * Something of Latchkey's that is needed cannot be had now. It says nothing about any token.
 */
export class Unavailable extends Error {}

/**
 * Latchkey as it describes itself (RFC 8414). The description is read when it is first needed, and again until that succeeds.
 * @param {Pick<Options, 'issuer' | 'jwksUri' | 'endedSessionsUri'>} options
 * @param {Platform} platform
 * @returns {Issuer}
 */
export const createIssuer = ({ issuer, jwksUri, endedSessionsUri }, platform) => {
  /** @type {Promise<Record<string, unknown>> | null} */
  let metadata = null;
  /** @type {Promise<import('jose').JWTVerifyGetKey> | null} */
  let keys = null;

  const read = async () => {
    const response = await platform.fetch(metadataUri(issuer), {
      redirect: 'error', signal: AbortSignal.timeout(TIME_OUT), headers: { Accept: 'application/json' } });
    const body = /** @type {any} */ (response.ok ? await response.json() : {});
    if (body?.issuer !== issuer) { // RFC 8414 §3.3
      throw new Unavailable(`No metadata of ${issuer} at ${metadataUri(issuer)}`);
    }
    return body;
  };

  /** @param {string} name */
  const described = async (name) => {
    metadata ??= read().catch((cause) => {
      metadata = null;
      throw cause instanceof Unavailable ? cause : new Unavailable(`${issuer} cannot be reached`, { cause });
    });
    const value = (await metadata)[name];
    if (typeof value !== 'string') {
      throw new Unavailable(`The metadata of ${issuer} have no ${name}`);
    }
    return value;
  };

  const readKeys = async () => createRemoteJWKSet(new URL(jwksUri ?? await described('jwks_uri')), {
    timeoutDuration: TIME_OUT, cooldownDuration: platform.keyPause, [customFetch]: platform.fetch });

  return {
    keys: async (header, token) => {
      keys ??= readKeys().catch((cause) => {
        keys = null;
        throw cause;
      });
      const set = await keys;
      try {
        return await set(header, token);
      } catch (cause) {
        throw isAboutToken(cause) ? cause : new Unavailable('The keys cannot be had', { cause });
      }
    },
    endedSessionsUri: async () => endedSessionsUri ?? described('ended_sessions_uri'),
  };
};

/** RFC 8414 §3.1: between host and path. @param {string} issuer */
const metadataUri = (issuer) => {
  const { origin, pathname } = new URL(issuer);
  return `${origin}/.well-known/oauth-authorization-server${pathname === '/' ? '' : pathname}`;
};

/** Whether the keys are there, and the one that the token names is not. @param {unknown} cause */
const isAboutToken = (cause) =>
  cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys ||
  cause instanceof errors.JOSENotSupported;
