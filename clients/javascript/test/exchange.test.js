import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerWith, captivePortal, cut, holdAnswer, loseAnswer, pass, refuseWith, startProxy } from './proxy.js';
import { REFRESH, codeOf, createBrowser, nextChange, service, somebody } from './tab.js';

const FIVE_MINUTES = 300_000;

/** A signed-in tab whose access token has expired. @param {import('node:test').TestContext} t */
const signedIn = async (t) => {
  const proxy = await startProxy(service);
  t.after(proxy.close);
  const { clock, open } = createBrowser(t, proxy);
  const client = open();
  await client.register(somebody());
  clock.advance(FIVE_MINUTES);
  const keys = () => proxy.requests(REFRESH).map(({ headers }) => headers['idempotency-key']);
  return { proxy, clock, client, keys };
};

test('calls at the same time share one exchange', async (t) => {
  const { proxy, client } = await signedIn(t);
  const [account, sessions, token] = await Promise.all([client.account(), client.sessions(), client.accessToken()]);
  assert.equal(account.id, client.user?.id);
  assert.equal(sessions.length, 1);
  assert.equal(token, await client.accessToken());
  assert.equal(proxy.requests(REFRESH).length, 1);
});

test('a token that lasts is not exchanged', async (t) => {
  const { proxy, clock, client } = await signedIn(t);
  const token = await client.accessToken();
  clock.advance(FIVE_MINUTES - 31_000);
  assert.equal(await client.accessToken(), token);
  assert.equal(proxy.requests(REFRESH).length, 1);
});

test('a token that expires soon is used while the next one is on its way', async (t) => {
  const { proxy, clock, client } = await signedIn(t);
  const token = await client.accessToken();
  clock.advance(FIVE_MINUTES - 16_000);
  const held = holdAnswer();
  proxy.next(REFRESH, held.fault);
  assert.equal(await client.accessToken(), token);
  await held.arrived;
  held.release();
  clock.advance(2_000);
  assert.notEqual(await client.accessToken(), token);
  assert.equal(proxy.requests(REFRESH).length, 2);
});

test('a lost answer is asked for again under the same name, and the next exchange has another', async (t) => {
  const { proxy, clock, client, keys } = await signedIn(t);
  proxy.next(REFRESH, loseAnswer, loseAnswer);
  await clock.passUntil(client.account());
  clock.advance(FIVE_MINUTES);
  await client.account();
  const [first, second, third, fourth] = keys();
  assert.deepEqual([second, third], [first, first]);
  assert.notEqual(fourth, first);
});

test('a call gives up after a while, and the next goes on under the same name', async (t) => {
  const { proxy, clock, client, keys } = await signedIn(t);
  proxy.next(REFRESH, loseAnswer, ...Array(40).fill(cut));
  assert.equal(await codeOf(clock.passUntil(client.account())), 'network_error');
  assert.ok(client.user);
  proxy.next(REFRESH);
  await client.account();
  assert.equal(new Set(keys()).size, 1);
});

test('an answer that does not come in time counts as lost', async (t) => {
  const { proxy, clock, client, keys } = await signedIn(t);
  const held = holdAnswer();
  proxy.next(REFRESH, held.fault);
  const call = client.account();
  await held.arrived;
  clock.advance(10_000);
  await clock.passUntil(call);
  held.release();
  assert.equal(keys().length, 2);
  assert.equal(new Set(keys()).size, 1);
});

for (const [what, fault] of /** @type {const} */ ([
  ['too many attempts', refuseWith(429, 'too_many_attempts', { 'Retry-After': '3' })],
  ['an overloaded service', refuseWith(503, 'overloaded', { 'Retry-After': '3' })],
])) {
  test(`${what} is asked again after Retry-After, and keeps the session`, async (t) => {
    const { proxy, clock, client, keys } = await signedIn(t);
    proxy.next(REFRESH, fault);
    const before = clock.now();
    await clock.passUntil(client.account());
    assert.ok(clock.now() - before >= 3000);
    assert.equal(new Set(keys()).size, 1);
  });
}

test('a service that wants to be left alone for long is not asked before', async (t) => {
  const { proxy, clock, client } = await signedIn(t);
  proxy.next(REFRESH, refuseWith(503, 'overloaded', { 'Retry-After': '120' }));
  await assert.rejects(client.account(), { code: 'overloaded', status: 503, retryAfter: 120 });
  await assert.rejects(client.account(), { code: 'overloaded' });
  assert.equal(proxy.requests(REFRESH).length, 1);
  clock.advance(120_000);
  await client.account();
  assert.equal(proxy.requests(REFRESH).length, 2);
});

test('nobody keeps a tab from asking for longer than five minutes', async (t) => {
  const { proxy, clock, client } = await signedIn(t);
  for (const seconds of ['86400', '1e99', 'Infinity']) {
    proxy.next(REFRESH, answerWith(503, { 'Retry-After': seconds }, '<h1>Maintenance</h1>'));
    await assert.rejects(client.account(), { code: 'unexpected_answer', retryAfter: Number(seconds) });
    clock.advance(300_000);
    await client.account();
    clock.advance(300_000);
  }
});

test('a Retry-After that is no number of seconds to come is none', async (t) => {
  const { proxy, clock, client } = await signedIn(t);
  for (const value of ['-5', 'soon', 'Wed, 21 Oct 2015 07:28:00 GMT', '']) {
    proxy.next(REFRESH, refuseWith(503, 'overloaded', { 'Retry-After': value }));
    const before = clock.now();
    await clock.passUntil(client.account());
    assert.ok(clock.now() - before <= 1000);
    clock.advance(300_000);
  }
});

test('a caller that does not want to wait does not, and the exchange goes on for others', async (t) => {
  const { proxy, client } = await signedIn(t);
  const held = holdAnswer();
  proxy.next(REFRESH, held.fault);
  const abort = new AbortController();
  const call = client.fetch(`${proxy.url}/api/accounts/me`, { signal: abort.signal });
  await held.arrived;
  const reason = new Error('The user has gone on.');
  abort.abort(reason);
  await assert.rejects(call, reason);
  await assert.rejects(client.fetch(`${proxy.url}/api/accounts/me`, { signal: abort.signal }), reason);
  held.release();
  assert.ok(await client.account());
  assert.equal(proxy.requests(REFRESH).length, 1);
  assert.equal(proxy.requests('/api/accounts/me').length, 1);
});

for (const [what, fault] of /** @type {const} */ ([
  ['the page of a captive portal', captivePortal],
  ['a page of a proxy with the status 401', answerWith(401, { 'Content-Type': 'text/html' }, '<h1>401</h1>')],
  ['half of a JSON text', answerWith(200, { 'Content-Type': 'application/json' }, '{"accessToken":"ey')],
  ['JSON of somebody else', answerWith(200, { 'Content-Type': 'application/json' }, '{"ok":true}')],
  ['an outage of the storage', refuseWith(503, 'storage_unavailable')],
])) {
  test(`${what} does not end the session`, async (t) => {
    const { proxy, clock, client, keys } = await signedIn(t);
    proxy.next(REFRESH, fault, fault);
    await clock.passUntil(client.account());
    assert.equal(keys().length, 3);
    assert.equal(new Set(keys()).size, 1);
  });
}

test('a refusal of the request keeps the session, and is not asked again', async (t) => {
  const { proxy, client } = await signedIn(t);
  for (const [status, code] of /** @type {const} */ ([
    [400, 'validation_failed'], [401, 'invalid_client'], [401, 'access_token_mismatch'], [403, 'origin_not_allowed'],
    [400, 'session_revoked'],
  ])) {
    proxy.next(REFRESH, refuseWith(status, code));
    assert.equal(await codeOf(client.accessToken()), code);
    assert.ok(client.user);
  }
  assert.equal(proxy.requests(REFRESH).length, 5);
});

for (const code of ['invalid_refresh_token', 'refresh_token_expired', 'session_revoked', 'refresh_token_reused']) {
  test(`${code} ends the session`, async (t) => {
    const { proxy, client } = await signedIn(t);
    proxy.next(REFRESH, refuseWith(401, code));
    const change = nextChange(client);
    assert.equal(await codeOf(client.accessToken()), code);
    assert.deepEqual(await change, { user: null, reason: code });
    assert.equal(client.user, null);
    assert.equal(await codeOf(client.accessToken()), 'signed_out');
  });
}

test('a session that another device has ended is noticed by the next call', async (t) => {
  const { client, proxy } = await signedIn(t);
  const person = somebody();
  await client.register(person);
  const elsewhere = createBrowser(t, { url: service }).open();
  await elsewhere.login(person);
  await elsewhere.endOtherSessions();
  const change = nextChange(client);
  const response = client.fetch(`${proxy.url}/api/accounts/me`);
  assert.equal(await codeOf(response), 'session_revoked');
  assert.deepEqual(await change, { user: null, reason: 'session_revoked' });
});

test('a token that expired while the clock stood still is replaced, and the request repeated', async (t) => {
  const { client, proxy } = await signedIn(t);
  await client.accessToken();
  const expired = refuseWith(401, 'access_token_expired', { 'Token-Expired': 'true' });
  proxy.next('/api/accounts/me', expired);
  const init = { method: 'PATCH', body: '{"firstName":"Ada"}', headers: { 'Content-Type': 'application/json' } };
  const response = await client.fetch(new Request(`${proxy.url}/api/accounts/me`, init));
  assert.equal((await response.json()).firstName, 'Ada');
  const sent = proxy.requests('/api/accounts/me');
  assert.deepEqual(sent.map(({ body }) => body.firstName), ['Ada', 'Ada']);
  assert.notEqual(sent[0]?.headers.authorization, sent[1]?.headers.authorization);
  assert.equal(proxy.requests(REFRESH).length, 2);
});

test('a request is repeated once, not for ever', async (t) => {
  const { client, proxy } = await signedIn(t);
  const invalid = refuseWith(401, 'invalid_access_token', { 'WWW-Authenticate': 'Bearer error="invalid_token"' });
  proxy.next('/api/accounts/me', invalid, invalid, pass);
  assert.equal(await codeOf(client.account()), 'invalid_access_token');
  assert.equal(proxy.requests('/api/accounts/me').length, 2);
  assert.ok(client.user);
});

test('a 401 that says nothing about the token is an answer like any other', async (t) => {
  const { client, proxy } = await signedIn(t);
  proxy.next('/api/accounts/me', answerWith(401, {}, ''));
  assert.equal((await client.fetch(`${proxy.url}/api/accounts/me`)).status, 401);
  assert.equal(proxy.requests('/api/accounts/me').length, 1);
});

test('the clock on the wall may be wrong', async (t) => {
  const { client, clock, proxy } = await signedIn(t);
  const now = Date.now;
  t.after(() => {
    Date.now = now;
  });
  Date.now = () => 0;
  const token = await client.accessToken();
  Date.now = () => now() + 365 * 86_400_000;
  clock.advance(60_000);
  assert.equal(await client.accessToken(), token);
  assert.equal(proxy.requests(REFRESH).length, 1);
});
