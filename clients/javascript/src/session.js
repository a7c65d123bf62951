import { accept } from './api.js';
import { LatchkeyError } from './errors.js';
import { createExchange } from './exchange.js';
import { newKey } from './proofs.js';
import { createTabs } from './tabs.js';
import { newer, sessionOf } from './tokens.js';
/** @import { Api, Change, KeyPair, Message, Platform, Proofs, Session, Storage, StoredSession, User, Version } from './types.js' */

/** How long other tabs have to say that they know better, in milliseconds. */
const ASK = 100;

const nothing = () => {};

const signedOut = () => new LatchkeyError('signed_out', { message: 'Nobody is signed in.' });

/**
 * The session of this browser as this tab knows it: signs in and out, and exchanges.
 * @param {{ name: string, issuer: string, api: Api, proofs: Proofs, storage: Storage, clientId?: string,
 *   tokenType: 'DPoP' | 'Bearer', publish: (change: Change) => void }} parts
 * @param {Platform} platform
 */
export const createSession = ({ name, issuer, api, proofs, storage, clientId, tokenType, publish }, platform) => {
  /** @type {Session | StoredSession | null} */
  let session = null;
  /** @type {User | null} */
  let user = null;
  /** @type {AbortController | null} */
  let attempt = null;
  /** @type {Promise<unknown>} */
  let signingIn = Promise.resolve();
  /** An access token that a service has rejected, whatever this clock says. @type {string | undefined} */
  let rejected;
  /** Ended sessions, which a tab that has slept may still believe in. @type {Set<string>} */
  const ended = new Set();

  /** @param {Message} message */
  const receive = (message) => {
    switch (message.type) {
      case 'ask':
        return answer(message);
      case 'session':
        return adopt(message);
      case 'exchanging':
        // The same exchange has the same name in every tab, or a retry by another one would look like reuse.
        if (session && same(session, message)) {
          session.key ??= message.key;
        }
        return;
      case 'signing_in':
        // A late answer about the old session must not touch the cookie of the new one.
        return attempt?.abort();
      case 'signed_out':
        if (session && (!message.id || message.id === session.id)) {
          forget(message.reason);
        }
        if (message.id) {
          ended.add(message.id);
        }
    }
  };

  const tabs = createTabs(name, platform, receive);

  /** @param {Version} asker */
  const answer = (asker) => {
    if (asker.id && ended.has(asker.id)) {
      tabs.send({ type: 'signed_out', id: asker.id, reason: 'logged_out' });
    } else if (session && 'user' in session && newer(session, asker)) {
      tabs.send({ type: 'session', session: shared(session) });
    }
  };

  /** @param {{ session: Session, replaces?: string, begins?: boolean }} message */
  const adopt = ({ session: theirs, replaces, begins }) => {
    if (replaces) {
      ended.add(replaces);
    }
    // Sign-ins take turns, so the one that is heard last was the last, even if both began within one second.
    if (begins && session?.id && session.id !== theirs.id && session.startedAt === theirs.startedAt) {
      ended.add(session.id);
    }
    if (ended.has(theirs.id) || (session && !ended.has(session.id ?? '') && !newer(theirs, session))) {
      return;
    }
    // A message may have waited for this tab to wake up.
    become({ ...theirs, expiresAt: Math.min(theirs.expiresAt, platform.now() + theirs.lifetime) });
    if (storage.channel) {
      storage.write(stored(theirs));
    }
  };

  /** @param {Session} mine */
  const shared = (mine) => (storage.channel ? mine : { ...mine, refreshToken: undefined, pair: undefined });

  /**
   * @param {Session | StoredSession | null} next
   * @param {Change['reason']} [reason]
   */
  const become = (next, reason = null) => {
    const before = user?.sessionId;
    session = next;
    user = next && 'user' in next ? next.user : next && user;
    if (user?.sessionId !== before) {
      publish({ user, reason });
    }
  };

  /** @param {NonNullable<Change['reason']>} reason */
  const forget = (reason) => {
    if (session?.id) {
      ended.add(session.id);
    }
    attempt?.abort();
    become(null, reason);
    if (storage.channel) {
      storage.write(null);
    }
  };

  /** Learns what other tabs have done meanwhile. */
  const catchUp = async () => {
    const record = await storage.read();
    if (!session) {
      return;
    }
    if (storage.cookie ? record?.owed : !record) {
      forget('logged_out');
    } else if (record && newer(record, session)) {
      become(record);
    } else if (record && same(record, session)) {
      session.refreshToken = record.refreshToken;
      session.pair = record.pair;
      session.key ??= record.key;
    }
    if (storage.channel) {
      await ask();
    }
  };

  const ask = () => {
    const before = session;
    tabs.send({ type: 'ask', ...version(session) });
    return tabs.until(() => session !== before, ASK);
  };

  /** The session to exchange, unless another tab has done so. */
  const next = async () => {
    await signingIn;
    await tabs.idle();
    await catchUp();
    if (!session) {
      throw signedOut();
    }
    return fresh(session) ? null : session;
  };

  /** @param {Session | StoredSession} asked */
  const once = async (asked) => {
    const abort = attempt = new AbortController();
    asked.key ??= crypto.randomUUID();
    await storage.write(stored(asked));
    tabs.send({ type: 'exchanging', ...version(asked), key: asked.key });
    try {
      const sentAt = platform.now();
      const body = { refreshToken: storage.cookie ? undefined : asked.refreshToken, clientId };
      const headers = { 'Idempotency-Key': asked.key };
      const tokens = accept(await post('/api/auth/refresh', body, { headers, abort, pair: asked.pair }));
      await keep(sessionOf(tokens, sentAt, asked));
    } finally {
      attempt = null;
      tabs.send({ type: 'idle' });
    }
  };

  /** @param {Session} next */
  const keep = async (next) => {
    const record = await storage.read();
    if (ended.has(next.id)) {
      throw signedOut();
    }
    if (!record || next.id !== record.id || newer(next, record)) {
      await storage.write(stored(next));
    }
    if (!session || next.id !== session.id || newer(next, session)) {
      become(next);
      tabs.send({ type: 'session', session: shared(next) });
    }
  };

  /**
   * Ends the session, unless another tab has moved it on meanwhile: then the refusal is about a token of the past.
   * @param {LatchkeyError} refusal
   * @param {Version} asked
   */
  const believe = async (refusal, asked) => {
    await tabs.idle();
    await catchUp();
    if (!session || !same(session, asked)) {
      return;
    }
    forget(/** @type {Change['reason'] & string} */ (refusal.code));
    await storage.write(null);
    if (asked.id) {
      tabs.send({ type: 'signed_out', id: asked.id, reason: /** @type {any} */ (refusal.code) });
    }
    throw refusal;
  };

  /** @param {number} time */
  const sleepUntil = (time) => tabs.until(() => !session, time - platform.now());

  const exchange = createExchange({ next, once, believe, sleepUntil }, platform);

  /**
   * @param {string} path
   * @param {object} body
   * @param {{ headers?: Record<string, string>, abort?: AbortController, keepalive?: boolean, pair?: KeyPair }} [options]
   */
  const post = (path, body, { headers, pair, ...options } = {}) => {
    /** @param {Record<string, string>} [more] */
    const send = (more) => api.send('POST', path, {
      body,
      headers: storage.cookie ? { ...headers, 'Latchkey-Refresh-Token': 'cookie' } : { ...headers, ...more },
      credentials: storage.cookie ? 'include' : 'omit',
      ...options,
    });
    return pair
      ? proofs.with(pair, { method: 'POST', url: issuer + path }, (proof) => send({ DPoP: proof })) : send();
  };

  /**
   * Log-in and registration: resolves to the user, or null if there is no session yet (202).
   * @param {string} path
   * @param {object} body
   * @returns {Promise<User | null>}
   */
  const signIn = (path, body) => inTurn(async () => {
    // The key of the session before: whoever shows it may end that one.
    const pair = storage.bound ? (await storage.read())?.pair ?? await newKey() : undefined;
    const sentAt = platform.now();
    const wanted = pair && tokenType === 'Bearer' ? tokenType : undefined;
    const answered = accept(await post(path, { ...body, clientId, tokenType: wanted }, { pair }));
    if (!answered) {
      return null;
    }
    const tokens = answered.tokens ?? answered;
    if (pair && tokens.tokenType !== tokenType) {
      throw new LatchkeyError('unexpected_answer', { message: 'The service did not bind the session to the key.' });
    }
    return begin(sessionOf(tokens, sentAt, undefined, pair));
  });

  /**
   * Signs in or out after whoever does so already, in any tab. The browser keeps the cookie that arrives last, which
   * must be the one of the session that the tabs show.
   * @template T
   * @param {() => Promise<T>} action
   * @returns {Promise<T>}
   */
  const inTurn = (action) => {
    const result = signingIn.then(async () => {
      attempt?.abort();
      try {
        await tabs.turn();
        return await action();
      } finally {
        tabs.send({ type: 'idle' });
      }
    });
    signingIn = result.catch(nothing);
    return result;
  };

  /** @param {Session} next */
  const begin = async (next) => {
    const replaces = session?.id ?? (await storage.read())?.id;
    if (replaces) {
      ended.add(replaces);
    }
    await storage.write(stored(next));
    become(next);
    tabs.send({ type: 'session', session: shared(next), replaces, begins: true });
    return next.user;
  };

  const signOut = async () => {
    await signingIn;
    const ending = session;
    forget('logged_out');
    tabs.send({ type: 'signed_out', id: ending?.id, reason: 'logged_out' });
    const record = await storage.read();
    // No script can remove the cookie. Until the service has, the note keeps the session from coming back.
    await storage.write(storage.cookie ? { count: 0, owed: true } : null);
    const refreshToken = record?.refreshToken ?? ending?.refreshToken;
    if (storage.cookie || refreshToken) {
      await revoke(refreshToken, (record ?? ending)?.pair);
    }
  };

  /** @param {string} [refreshToken] @param {KeyPair} [pair] */
  const revoke = (refreshToken, pair) => inTurn(async () => {
    if (storage.cookie && !(await storage.read())?.owed) {
      return; // Another tab has signed in meanwhile, which has ended the session.
    }
    try {
      accept(await post('/api/auth/revoke', { refreshToken, clientId }, { keepalive: true, pair }));
      if (storage.cookie) {
        await storage.write(null);
      }
    } catch {
      // This device has forgotten the token, or the note stays.
    }
  });

  const restore = async () => {
    await signingIn;
    if (user) {
      return user;
    }
    const record = await storage.read();
    if (record?.owed) {
      await revoke();
      return null;
    }
    session ??= record ?? (storage.cookie ? { count: 0 } : null);
    await ask();
    try {
      await (session && credentials());
    } catch (error) {
      if (session) {
        throw error;
      }
    }
    return user;
  };

  /** @param {Session | StoredSession | null} of */
  const left = (of) =>
    of && 'user' in of && of.accessToken !== rejected ? (of.expiresAt - platform.now()) / margin(of) : 0;

  /** @param {Session | StoredSession} of */
  const fresh = (of) => left(of) > 1;

  /** What a request needs: the token, and the key if the token is bound to it. */
  const credentials = async () => {
    await signingIn;
    if (!session) {
      throw signedOut();
    }
    if (!fresh(session)) {
      const exchanged = exchange();
      if (left(session) > 0.5) {
        exchanged.catch(nothing); // Beside the call; the next one would learn of it.
      } else {
        await exchanged;
      }
    }
    if (storage.bound && session && !session.pair) {
      await catchUp(); // Another tab has got the token; the key is in the storage.
    }
    if (!session || !('user' in session) || (storage.bound && !session.pair)) {
      throw signedOut();
    }
    const { accessToken, pair } = session;
    return { accessToken, pair: session.tokenType === 'DPoP' ? pair : undefined };
  };

  return {
    get user() {
      return user;
    },
    restore,
    signIn,
    /** @param {{ username: string, password: string }} credentials */
    login: async ({ username, password }) => {
      const earlier = storage.cookie ? undefined : (await storage.read())?.refreshToken;
      return /** @type {Promise<User>} */ (signIn('/api/auth/login', { username, password, refreshToken: earlier }));
    },
    signOut,
    credentials,
    /** @param {string} token that a service did not accept */
    reject: (token) => {
      rejected = token;
    },
    close: () => {
      attempt?.abort();
      session = user = null;
      tabs.close();
    },
  };
};

/** How much earlier than its expiry a token is exchanged, in milliseconds. @param {Session} session */
const margin = ({ lifetime }) => Math.min(30_000, lifetime / 5);

/** @type {(session: Session | StoredSession) => StoredSession} */
const stored = ({ id, startedAt, count, key, refreshToken, pair }) =>
  ({ id, startedAt, count, key, refreshToken, pair });

/** @type {(session: Version | null) => Version} */
const version = (session) =>
  ({ id: session?.id, startedAt: session?.startedAt, count: session?.count ?? 0, expiresAt: session?.expiresAt });

/** @type {(a: Version, b: Version) => boolean} */
const same = (a, b) => a.id === b.id && a.count === b.count;
