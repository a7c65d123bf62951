import { accept, createApi } from './api.js';
import { LatchkeyError } from './errors.js';
import { browser } from './platform.js';
import { createProofs } from './proofs.js';
import { createSession } from './session.js';
import { storageOf } from './storage.js';
/** @import { Answer, Attempt, Change, Client, Options, Platform, Refusal } from './types.js' */

/**
 * A client of the Latchkey at `url`. One for each page is enough.
 * @param {Options} [options]
 * @param {Platform} [platform] for tests
 * @returns {Client}
 */
export const createClient = (options = {}, platform = browser) => {
  const { clientId, storage: mode = 'bound', tokenType = 'DPoP', resources = [] } = options;
  const page = globalThis.location?.href;
  const url = (options.url ?? '').replace(/\/$/, '');
  const address = new URL(url || '/', page);
  const base = address.href.replace(/\/$/, '');
  const issuer = options.issuer ?? base;
  const origins = new Set([...(page ? [page] : []), address, ...resources].map((each) => new URL(each).origin));
  const name = `latchkey ${typeof mode === 'string' ? mode : 'own'} ${address.href}`;
  /** @type {Set<(change: Change) => void>} */
  const listeners = new Set();

  const api = createApi(url, platform);
  const storage = storageOf(mode, name);
  const proofs = createProofs(platform);
  const session = createSession({
    name,
    issuer,
    api,
    proofs,
    storage,
    clientId,
    tokenType,
    // A listener that throws harms nobody but itself.
    publish: (change) => listeners.forEach((listener) => queueMicrotask(() => listener(change))),
  }, platform);

  /** Whose each attempt was, with which token, and why it was not the first. @type {WeakMap<object, Attempt>} */
  const attempts = new WeakMap();

  /**
   * The headers for one request; for another attempt at it, with what was sent and how that was refused. Null if another
   * attempt would be no better, and for each reason there is one: the token may have expired while the clock of a sleeping
   * laptop stood still, or the session may have ended, which the exchange will tell; the service may want a nonce, or have
   * another time. Never as somebody else, who may have signed in meanwhile, in another tab or at another origin.
   * @param {string} method
   * @param {string} to
   * @param {Refusal} [refusal]
   */
  const authorize = async (method, to, refusal) => {
    const { user, token, tried } = (refusal && attempts.get(refusal.sent)) ?? { user: session.user, tried: [] };
    const reason = refusal && reasonIn(refusal, to);
    if (refusal && (!reason || tried.includes(reason))) {
      return null;
    }
    if (reason === 'token' && token) {
      session.reject(token);
    }
    const { accessToken, pair } = await session.credentials();
    if (user && user.id !== session.user?.id) {
      throw new LatchkeyError('signed_out', { message: 'Somebody else has signed in.' });
    }
    /** @type {Record<string, string>} */
    const headers = pair // RFC 9449 §7.1
      ? { Authorization: `DPoP ${accessToken}`, DPoP: await proofs.make(pair, method.toUpperCase(), seen(to), accessToken) }
      : { Authorization: `Bearer ${accessToken}` };
    attempts.set(headers, { user, token: accessToken, tried: reason ? [...tried, reason] : tried });
    return headers;
  };

  /** Why another attempt may be better, if it may. @param {Refusal} refusal @param {string} to */
  const reasonIn = ({ status, headers, sent }, to) =>
    (sent.DPoP && proofs.learn(new URL(seen(to)).origin, { status, headers }))
      || (status === 401 && isAboutToken(headers) && 'token');

  /**
   * Sends with an access token, and again for as long as that may be better.
   * @template {Answer | Response} T
   * @param {string} method
   * @param {string} to
   * @param {(headers: Record<string, string>) => Promise<T>} send
   */
  const withToken = async (method, to, send) => {
    for (let sent = await authorize(method, to); ;) {
      const answer = await send(/** @type {Record<string, string>} */ (sent));
      const next = await authorize(method, to, { status: answer.status, headers: answer.headers, sent: sent ?? {} });
      if (!next) {
        return answer;
      }
      sent = next;
    }
  };

  /** An address as who is there knows it: Latchkey by its issuer. @param {string} to */
  const seen = (to) => (`${to}/`.startsWith(`${base}/`) ? issuer + to.slice(base.length) : to);

  /** @type {(method: string, path: string, body?: object) => Promise<any>} */
  const call = async (method, path, body) =>
    accept(await withToken(method, base + path, (headers) => api.send(method, path, { body, headers })));

  /** @type {(method: string, path: string, body: object) => Promise<any>} */
  const callSignedOut = async (method, path, body) => accept(await api.send(method, path, { body }));

  return {
    get user() {
      return session.user;
    },
    restore: session.restore,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    register: ({ username, email, password, firstName, lastName }) =>
      session.signIn('/api/accounts', { username, email, password, firstName, lastName }),
    login: session.login,
    logout: session.signOut,
    accessToken: async ({ rejected } = {}) => {
      if (rejected) {
        session.reject(rejected);
      }
      return (await session.credentials()).accessToken;
    },
    /** @type {(method: string, to: string | URL, refusal?: Refusal) => Promise<any>} */
    authorization: async (method, to, refusal) => {
      const target = new URL(to, page);
      if (!origins.has(target.origin)) {
        throw foreign(target);
      }
      return authorize(method, target.href, refusal);
    },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (!origins.has(new URL(request.url).origin)) {
        throw foreign(request.url);
      }
      const { signal } = request;
      signal.throwIfAborted();
      const aborted = new Promise((_, reject) => {
        signal.onabort = () => reject(signal.reason);
      });
      return Promise.race([aborted, withToken(request.method, request.url, (headers) => {
        const copy = request.clone();
        Object.entries(headers).forEach(([header, value]) => copy.headers.set(header, value));
        return platform.fetch(copy);
      })]);
    },
    account: () => call('GET', '/api/accounts/me'),
    changeNames: ({ firstName, lastName }) => call('PATCH', '/api/accounts/me', { firstName, lastName }),
    changePassword: ({ currentPassword, newPassword, otherSessions }) =>
      call('PUT', '/api/accounts/me/password', { currentPassword, newPassword, otherSessions }),
    changeEmail: ({ email, password }) => call('PUT', '/api/accounts/me/email', { email, password }),
    deleteAccount: async ({ password }) => {
      await call('DELETE', '/api/accounts/me', { password });
      await session.signOut();
    },
    requestPasswordReset: ({ email }) => callSignedOut('POST', '/api/accounts/password-reset', { email }),
    resetPassword: ({ code, newPassword }) =>
      callSignedOut('PUT', '/api/accounts/password-reset', { code, newPassword }),
    requestEmailVerification: ({ email }) => callSignedOut('POST', '/api/accounts/email-verification', { email }),
    verifyEmail: ({ code }) => callSignedOut('PUT', '/api/accounts/email-verification', { code }),
    sessions: async () => (await call('GET', '/api/sessions')).sessions,
    endSession: (id) =>
      id === session.user?.sessionId ? session.signOut() : call('DELETE', `/api/sessions/${encodeURIComponent(id)}`),
    endOtherSessions: () => call('DELETE', '/api/sessions?except=current'),
    close: () => {
      listeners.clear();
      session.close();
    },
  };
};

/** @param {string | URL} to */
const foreign = (to) => new LatchkeyError('foreign_origin', { message: `No access token is sent to ${to}.` });

/** RFC 6750 §3.1, or Latchkey's own header. @param {Refusal['headers']} headers */
const isAboutToken = (headers) =>
  headers.get('Token-Expired') === 'true' || /\binvalid_token\b/.test(headers.get('WWW-Authenticate') ?? '');
