import { accept, createApi } from './api.js';
import { LatchkeyError } from './errors.js';
import { browser } from './platform.js';
import { createProofs } from './proofs.js';
import { createSession } from './session.js';
import { storageOf } from './storage.js';
/** @import { Answer, Change, Client, KeyPair, Options, Platform } from './types.js' */

/**
 * A client of the Latchkey at `url`. One for each page is enough.
 * @param {Options} [options]
 * @param {Platform} [platform] for tests
 * @returns {Client}
 */
export const createClient = (options = {}, platform = browser) => {
  const { clientId, storage: mode = 'cookie', resources = [] } = options;
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
    // A listener that throws harms nobody but itself.
    publish: (change) => listeners.forEach((listener) => queueMicrotask(() => listener(change))),
  }, platform);

  /**
   * Sends with an access token, and once more with another if the first was not accepted: it may have expired while
   * the clock of a sleeping laptop stood still, or the session may have ended, which the exchange will tell. Never as
   * somebody else, who may have signed in meanwhile, in another tab or at another origin.
   * @template {Answer | Response} T
   * @param {string} method
   * @param {string} to
   * @param {(headers: Record<string, string>) => Promise<T>} send
   */
  const withToken = async (method, to, send) => {
    const { user } = session;
    const own = async () => {
      const credentials = await session.credentials();
      if (user && user.id !== session.user?.id) {
        throw new LatchkeyError('signed_out', { message: 'Somebody else has signed in.' });
      }
      return credentials;
    };
    /** @param {{ accessToken: string, pair?: KeyPair }} credentials */
    const sendWith = ({ accessToken: token, pair }) => pair
      ? proofs.with(pair, { method, url: seen(to), token }, (proof) => send(bound(token, proof)))
      : send({ Authorization: `Bearer ${token}` });
    const credentials = await own();
    const answer = await sendWith(credentials);
    if (answer.status !== 401 || !isAboutToken(answer.headers)) {
      return answer;
    }
    session.reject(credentials.accessToken);
    return sendWith(await own());
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
    authorization: async (method, to) => {
      const target = new URL(to, page);
      if (!origins.has(target.origin)) {
        throw foreign(target);
      }
      const { accessToken, pair } = await session.credentials();
      return pair
        ? bound(accessToken, await proofs.make(pair, method.toUpperCase(), seen(target.href), accessToken))
        : { Authorization: `Bearer ${accessToken}` };
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

/** RFC 9449 §7.1. @type {(token: string, proof: string) => Record<string, string>} */
const bound = (token, proof) => ({ Authorization: `DPoP ${token}`, DPoP: proof });

/** RFC 6750 §3.1, or Latchkey's own header. @param {Headers} headers */
const isAboutToken = (headers) =>
  headers.get('Token-Expired') === 'true' || /\binvalid_token\b/.test(headers.get('WWW-Authenticate') ?? '');
