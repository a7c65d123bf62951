import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cut, loseAnswer, startProxy } from './proxy.js';
import { REFRESH, codeOf, createBrowser, password, service, somebody } from './tab.js';
/** @import { StoredSession } from '../src/types.js' */

const FIVE_MINUTES = 300_000;

/** A browser in front of the service itself. @param {import('node:test').TestContext} t */
const setUp = async (t, options = {}) => {
  const proxy = await startProxy(service);
  t.after(proxy.close);
  /** @type {StoredSession | null} */
  let kept = null;
  return { proxy, ...createBrowser(t, proxy, {
    issuer: service,
    storage: {
      bound: true,
      read: async () => kept && { ...kept },
      write: async (session) => {
        kept = session;
      },
    },
    ...options,
  }) };
};

test('the service accepts proofs from registration to log-out, and asks for a nonce once', async (t) => {
  const { proxy, clock, open } = await setUp(t);
  const client = open();
  const person = somebody();
  await client.register(person);
  for (let round = 0; round < 3; round++) {
    assert.equal((await client.account()).username, person.username);
    clock.advance(FIVE_MINUTES);
  }
  assert.equal((await client.fetch(`${proxy.url}/api/accounts/me?x=y`)).status, 200);
  assert.deepEqual(proxy.seen.filter(({ status = 0 }) => status >= 400).map(({ path }) => path), ['/api/accounts']);
  await client.logout();
  assert.equal(proxy.requests('/api/auth/revoke').at(-1)?.status, 204);
  await client.login(person);
  assert.equal((await client.sessions()).length, 1, 'the first one is revoked');
});

test('the service binds a session whose access tokens are not bound', async (t) => {
  const { proxy, clock, open } = await setUp(t, { tokenType: 'Bearer' });
  const client = open();
  await client.register(somebody());
  clock.advance(FIVE_MINUTES);
  assert.equal((await client.sessions()).length, 1);
  const { body, headers } = proxy.requests(REFRESH).at(-1) ?? {};
  assert.ok(headers?.dpop);
  const answer = await fetch(service + REFRESH,
    { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  assert.equal((await answer.json()).code, 'invalid_dpop_proof');
  assert.match(proxy.requests('/api/sessions').at(-1)?.headers.authorization ?? '', /^Bearer /);
});

test('a log-in on a device ends its earlier session, whose key it shows', async (t) => {
  const { open } = await setUp(t);
  const client = open();
  const person = somebody();
  await client.register(person);
  await client.login({ username: person.username, password });
  assert.equal((await client.sessions()).length, 1);
});

for (const hours of [-26, 1]) {
  test(`a clock that is wrong by ${hours} h signs nobody out`, async (t) => {
    const { clock, open } = await setUp(t);
    const client = open({ wallClock: () => Date.now() + hours * 3_600_000 });
    await client.register(somebody());
    clock.advance(FIVE_MINUTES);
    assert.ok(await client.account());
  });
}

test('lost answers to an exchange are made good', async (t) => {
  const { proxy, clock, open } = await setUp(t);
  const client = open();
  await client.register(somebody());
  clock.advance(FIVE_MINUTES);
  proxy.next(REFRESH, loseAnswer, cut, loseAnswer);
  await clock.passUntil(client.account());
  clock.advance(FIVE_MINUTES);
  assert.ok(await client.account());
});

test('tabs share one bound session', async (t) => {
  const { clock, open } = await setUp(t);
  const [one, two] = [open(), open()];
  const signedInToo = new Promise((resolve) => two.subscribe(resolve));
  await one.register(somebody());
  await signedInToo;
  assert.ok(await two.account());
  clock.advance(FIVE_MINUTES);
  await Promise.all([one.account(), two.account()]);
  await one.logout();
  assert.equal(await codeOf(two.account()), 'signed_out');
});
