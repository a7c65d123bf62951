import { accept, createApi } from './api.js';
import { LatchkeyError } from './errors.js';
import { browser } from './platform.js';
import { createSession } from './session.js';
import { storageOf } from './storage.js';
/** @import { Change, Client, Options, Platform } from './types.js' */

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
  const origins = new Set([...(page ? [page] : []), address, ...resources].map((each) => new URL(each).origin));
  const name = `latchkey ${typeof mode === 'string' ? mode : 'own'} ${address.href}`;
  /** @type {Set<(change: Change) => void>} */
  const listeners = new Set();

  const api = createApi(url, platform);
  const storage = storageOf(mode, name);
  const session = createSession({
    name,
    api,
    storage,
    clientId,
    // A listener that throws harms nobody but itself.
    publish: (change) => listeners.forEach((listener) => queueMicrotask(() => listener(change))),
  }, platform);

  /**
   * Sends with an access token, and once more with another if the first was not accepted: it may have expired while
   * the clock of a sleeping laptop stood still, or the session may have ended, which the exchange will tell. Never as
   * somebody else, who may have signed in meanwhile, in another tab or at another origin.
   * @template {{ status: number, headers: Headers }} T
   * @param {(token: string) => Promise<T>} send
   */
  const withToken = async (send) => {
    const { user } = session;
    const own = async () => {
      const token = await session.accessToken();
      if (user && user.id !== session.user?.id) {
        throw new LatchkeyError('signed_out', { message: 'Somebody else has signed in.' });
      }
      return token;
    };
    const token = await own();
    const answer = await send(token);
    if (answer.status !== 401 || !isAboutToken(answer.headers)) {
      return answer;
    }
    session.reject(token);
    return send(await own());
  };

  /** @type {(method: string, path: string, body?: object) => Promise<any>} */
  const call = async (method, path, body) =>
    accept(await withToken((token) => api.send(method, path, { body, headers: { Authorization: `Bearer ${token}` } })));

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
    accessToken: ({ rejected } = {}) => {
      if (rejected) {
        session.reject(rejected);
      }
      return session.accessToken();
    },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (!origins.has(new URL(request.url).origin)) {
        throw new LatchkeyError('foreign_origin', { message: `No access token is sent to ${request.url}.` });
      }
      const { signal } = request;
      signal.throwIfAborted();
      const aborted = new Promise((_, reject) => {
        signal.onabort = () => reject(signal.reason);
      });
      return Promise.race([aborted, withToken((token) => {
        const copy = request.clone();
        copy.headers.set('Authorization', `Bearer ${token}`);
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

/** RFC 6750 §3.1, or Latchkey's own header. @param {Headers} headers */
const isAboutToken = (headers) =>
  headers.get('Token-Expired') === 'true' || /\binvalid_token\b/.test(headers.get('WWW-Authenticate') ?? '');
