import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { cut, holdAnswer, loseAnswer, refuseWith, startProxy } from './proxy.js';
import { REFRESH, codeOf, createBrowser, service, somebody } from './tab.js';

const FIVE_MINUTES = 300_000;

/** @type {Map<string, string>} */
const items = new Map();
let full = false;

Object.assign(globalThis, {
  localStorage: {
    getItem: (/** @type {string} */ name) => items.get(name) ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ value) => {
      if (full) {
        throw new DOMException('full', 'QuotaExceededError');
      }
      items.set(name, value);
    },
    removeItem: (/** @type {string} */ name) => items.delete(name),
  },
});

beforeEach(() => {
  items.clear();
  full = false;
});

/** To a tab that hears nothing. */
const silence = () => ({ onmessage: null, postMessage: () => {}, close: () => {} });

const kept = () => JSON.parse([...items.values()][0] ?? 'null');

/** A signed-in tab with an expired access token. @param {import('node:test').TestContext} t */
const signedIn = async (t) => {
  const proxy = await startProxy(service);
  t.after(proxy.close);
  const { clock, open } = createBrowser(t, proxy, { storage: 'local' });
  const client = open();
  await client.register(somebody());
  clock.advance(FIVE_MINUTES);
  return { proxy, clock, open, client };
};

test('a session in localStorage outlives its tab', async (t) => {
  const { open, client } = await signedIn(t);
  const { user } = client;
  client.close();
  const later = open();
  assert.deepEqual(await later.restore(), user);
  assert.ok(await later.account());
});

test('no access token is written to localStorage', async (t) => {
  const { client } = await signedIn(t);
  const token = await client.accessToken();
  assert.ok(!JSON.stringify([...items]).includes(token));
});

test('an exchange whose answer was lost is repeated under its name by the next tab', async (t) => {
  const { proxy, clock, open, client } = await signedIn(t);
  proxy.next(REFRESH, loseAnswer, ...Array(20).fill(cut));
  assert.equal(await codeOf(clock.passUntil(client.accessToken())), 'network_error');
  client.close();
  proxy.next(REFRESH);
  await open().restore();
  assert.equal(new Set(proxy.requests(REFRESH).map(({ headers }) => headers['idempotency-key'])).size, 1);
});

test('a tab that has missed an exchange reads the newer token from localStorage', async (t) => {
  const { proxy, clock, open, client } = await signedIn(t);
  const deaf = open({ channel: silence });
  await deaf.restore();
  for (let round = 0; round < 2; round++) {
    clock.advance(FIVE_MINUTES);
    await client.account();
  }
  assert.ok(await deaf.account());
  const tokens = proxy.requests(REFRESH).map(({ body }) => body.refreshToken);
  assert.equal(new Set(tokens).size, tokens.length);
});

test('a late answer does not write an older token over a newer one', async (t) => {
  const { proxy, open, client } = await signedIn(t);
  const deaf = open({ channel: silence });
  const held = holdAnswer();
  proxy.next(REFRESH, held.fault);
  const late = deaf.restore();
  await held.arrived;
  await client.account();
  proxy.next('/api/accounts/me', refuseWith(401, 'access_token_expired', { 'Token-Expired': 'true' }));
  await client.account();
  const { count, refreshToken } = kept();
  held.release();
  await late;
  assert.equal(proxy.requests(REFRESH).length, 3);
  assert.deepEqual([kept().count, kept().refreshToken], [count, refreshToken]);
});

test('a refusal is not believed while localStorage has a newer token', async (t) => {
  const { proxy, open, client } = await signedIn(t);
  const deaf = open({ channel: silence });
  const held = holdAnswer(refuseWith(401, 'invalid_refresh_token'));
  proxy.next(REFRESH, held.fault);
  const call = deaf.restore();
  await held.arrived;
  await client.account();
  held.release();
  assert.deepEqual(await call, client.user);
});

test('a log-out removes the token, and a tab that has not heard of it does not go on', async (t) => {
  const { clock, open, client } = await signedIn(t);
  const deaf = open({ channel: silence });
  await deaf.restore();
  await client.logout();
  assert.equal(items.size, 0);
  clock.advance(FIVE_MINUTES);
  assert.equal(await codeOf(deaf.account()), 'signed_out');
  assert.equal(deaf.user, null);
});

test('a localStorage that refuses to write costs nobody the session', async (t) => {
  const { clock, client } = await signedIn(t);
  full = true;
  for (let round = 0; round < 3; round++) {
    await client.account();
    clock.advance(FIVE_MINUTES);
  }
  assert.ok(client.user);
});

test('a storage of your own keeps the session', async (t) => {
  const proxy = await startProxy(service);
  t.after(proxy.close);
  /** @type {import('../src/types.js').StoredSession | null} */
  let mine = null;
  const { clock, open } = createBrowser(t, proxy, {
    storage: {
      read: async () => mine,
      write: async (session) => {
        mine = session;
      },
    },
  });
  const client = open();
  await client.register(somebody());
  clock.advance(FIVE_MINUTES);
  client.close();
  const later = open();
  assert.ok(await later.restore());
  await later.logout();
  assert.equal(mine, null);
});
