import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { SignJWT, calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { createResourceServer } from '../src/index.js';
import { node } from '../src/platform.js';
/** @import { CryptoKey } from 'jose' */
/** @import { Options, Platform } from '../src/types.js' */
/** @import { TestContext } from 'node:test' */
/** @typedef {{ algorithm: string, kid: string, privateKey: CryptoKey, publicKey: CryptoKey }} Key */

/** @type {(algorithm?: string, kid?: string) => Promise<Key>} */
export const newKey = async (algorithm = 'ES256', kid = randomUUID()) =>
  ({ algorithm, kid, ...await generateKeyPair(algorithm, { extractable: true }) });

/** @type {(key: Key, header: object, claims: object) => Promise<string>} */
export const sign = (key, header, claims) => new SignJWT({ ...claims })
  .setProtectedHeader({ alg: key.algorithm, kid: key.kid, ...header }).sign(key.privateKey);

/** @param {import('node:http').Server} server @param {TestContext} t */
const address = async (server, t) => {
  server.listen(0, 'localhost');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://localhost:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
};

/**
 * An issuer with metadata, keys and a feed, which signs whatever a test wants.
 * @param {TestContext} t
 */
export const startIssuer = async (t) => {
  const key = await newKey();
  const started = Date.now();
  const state = {
    /** @type {Key[]} */
    keys: [key],
    /** Answers with that, until it is 0 again. */
    broken: 0,
    keysBroken: 0,
    feedBroken: 0,
    /** @type {string} */
    document: '',
    asOf: started,
    requests: /** @type {{ path: string, since: string | null, prefer: string | undefined }[]} */ ([]),
  };
  /** @type {Set<() => void>} */
  const held = new Set();
  /** @type {Set<() => void>} */
  const watching = new Set();

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const since = searchParams.get('since');
    state.requests.push({ path: pathname, since, prefer: /** @type {any} */ (request.headers.prefer) });
    watching.forEach((check) => check());
    const feed = pathname === '/feed';
    if (feed && since === String(state.asOf) && request.headers.prefer && !state.feedBroken) {
      await new Promise((resolve) => held.add(() => resolve(undefined)));
    }
    const broken = state.broken || (feed && state.feedBroken) || (pathname === '/keys' && state.keysBroken);
    if (broken) {
      response.writeHead(broken).end();
    } else if (feed) {
      response.writeHead(200, { 'Preference-Applied': 'wait=20' }).end(state.document);
    } else if (pathname === '/keys') {
      const keys = await Promise.all(state.keys.map(async ({ kid, algorithm, publicKey }) =>
        ({ ...await exportJWK(publicKey), kid, alg: algorithm, use: 'sig' })));
      response.end(JSON.stringify({ keys }));
    } else if (pathname === '/.well-known/oauth-authorization-server') {
      response.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/keys`, ended_sessions_uri: `${issuer}/feed` }));
    } else {
      response.writeHead(404).end();
    }
  });
  const issuer = await address(server, t);
  const now = Math.floor(started / 1000);

  /** @param {object} [claims] @param {object} [header] @param {Key} [by] */
  const document = (claims, header, by = state.keys[0] ?? key) => sign(by, { typ: 'ended-sessions+jwt', ...header },
    { iss: issuer, as_of: state.asOf, sids: [], window: 600, ...claims });
  state.document = await document();

  /** The feed says that from now on. @param {string} text */
  const say = (text) => {
    state.document = text;
    held.forEach((release) => release());
    held.clear();
  };

  return {
    state,
    issuer,
    key,
    now,
    document,
    say,
    /** @param {object} [claims] @param {object} [header] @param {Key} [by] */
    token: (claims, header, by = key) => sign(by, { typ: 'at+jwt', ...header }, {
      iss: issuer, aud: 'latchkey', sub: 'ada', client_id: 'latchkey', iat: now, exp: now + 300, jti: randomUUID(), sid: 'one',
      auth_time: now, roles: ['user', 'auditor'], preferred_username: 'ada', ...claims }),
    /** The feed says more, at a later time. @param {object} claims @param {object} [header] @param {Key} [by] */
    publish: async (claims, header, by) => {
      state.asOf++;
      say(await document(claims, header, by));
    },
    release: () => say(state.document),
    /**
     * Resolves when somebody has asked so often for the path, or, without a number, for what comes after the newest document.
     * @param {string} path
     * @param {number} [times]
     */
    asked: (path, times) => new Promise((resolve) => {
      const check = () => {
        const those = state.requests.filter((request) => request.path === path);
        if (times ? those.length >= times : those.some(({ since }) => since === String(state.asOf))) {
          watching.delete(check);
          resolve(undefined);
        }
      };
      watching.add(check);
      check();
    }),
  };
};

/**
 * A resource server in front of a fake clock, with what it was warned of.
 * @param {TestContext} t
 * @param {Partial<Options>} options
 * @param {Partial<Platform>} [platform]
 */
export const startServer = async (t, options, platform = {}) => {
  const clock = { wall: Date.now(), monotonic: 0 };
  /** @type {string[]} */
  const warnings = [];
  const guard = createResourceServer(
    { issuer: '', feed: false, warn: (message) => warnings.push(message), ...options },
    {
      ...node,
      wallClock: () => clock.wall,
      monotonic: () => clock.monotonic,
      pause: (_, signal) => node.pause(5, signal),
      keyPause: 0,
      ...platform,
    });
  t.after(guard.close);
  const protect = guard.protect('auditor');
  const url = await address(createServer((request, response) => protect(request, response, () =>
    response.end(`The reports for ${/** @type {any} */ (request).token.subject}`))), t);
  /** @param {import('undici-types').HeadersInit} headers @param {string} [path] */
  const call = async (headers, path = '/reports') => {
    const answer = await fetch(url + path, { headers });
    const [status, challenge] = [answer.status, answer.headers.get('WWW-Authenticate')];
    return { status, challenge, body: await answer.text() };
  };
  return {
    clock,
    warnings,
    url,
    guard,
    call,
    /** @param {string} token */
    bearer: (token) => call({ Authorization: `Bearer ${token}` }),
  };
};

/** @param {Key} key */
export const thumbprint = async (key) => calculateJwkThumbprint(await exportJWK(key.publicKey));

/**
 * @param {Key} key
 * @param {object} claims
 * @param {object} [header]
 */
export const proof = async (key, claims, header) => sign(key, {
  typ: 'dpop+jwt', kid: undefined, jwk: await exportJWK(key.publicKey), ...header,
}, { htm: 'GET', iat: Math.floor(Date.now() / 1000), jti: randomUUID(), ...claims });

/** @param {string} token */
export const hash = (token) => createHash('sha256').update(token).digest('base64url');
