import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newKey, startIssuer, startServer } from './issuer.js';

const ended = { status: 401, challenge: 'Bearer error="invalid_token"', body: '' };

/** A server that listens, and knows what there is. @param {import('node:test').TestContext} t @param {object} [feed] */
const listening = async (t, feed = {}) => {
  const latchkey = await startIssuer(t);
  const server = await startServer(t, { issuer: latchkey.issuer, feed });
  await latchkey.asked('/feed', 2);
  return { latchkey, ...server };
};

/** @param {Awaited<ReturnType<typeof startIssuer>>} latchkey @param {object} claims */
const publish = async (latchkey, claims) => {
  await latchkey.publish(claims);
  await latchkey.asked('/feed');
};

/**
 * Says something that is not to be believed, until the listener has asked for the next document.
 * @param {Awaited<ReturnType<typeof startIssuer>>} latchkey
 * @param {string} text
 */
const heard = async (latchkey, text) => {
  const next = latchkey.asked('/feed', latchkey.state.requests.filter(({ path }) => path === '/feed').length + 1);
  latchkey.say(text);
  await next;
};

test('a session that the feed names has ended, and no other', async (t) => {
  const { latchkey, bearer } = await listening(t);
  const [token, other] = [await latchkey.token(), await latchkey.token({ sid: 'two' })];
  assert.equal((await bearer(token)).status, 200);
  await publish(latchkey, { since: latchkey.state.asOf, sids: ['one'] });
  assert.deepEqual(await bearer(token), ended);
  assert.equal((await bearer(other)).status, 200);
  await publish(latchkey, { since: latchkey.state.asOf, sids: [] });
  assert.deepEqual(await bearer(token), ended, 'later documents name only what is new');
});

test('what ended before the start is known at the first call', async (t) => {
  const latchkey = await startIssuer(t);
  await latchkey.publish({ sids: ['one'] });
  const { bearer } = await startServer(t, { issuer: latchkey.issuer, feed: {} });
  assert.deepEqual(await bearer(await latchkey.token()), ended);
});

test('tokens that are not newer than not_before are refused, newer ones go on', async (t) => {
  const { latchkey, bearer } = await listening(t);
  await publish(latchkey, { not_before: latchkey.now - 10 });
  assert.deepEqual(await bearer(await latchkey.token({ iat: latchkey.now - 10 })), ended);
  assert.equal((await bearer(await latchkey.token({ iat: latchkey.now - 9 }))).status, 200);
});

test('the second request waits, and asks for what is new', async (t) => {
  const { latchkey } = await listening(t);
  const [first, second] = latchkey.state.requests.filter(({ path }) => path === '/feed');
  assert.deepEqual(first, { path: '/feed', since: null, prefer: undefined });
  assert.deepEqual(second, { path: '/feed', since: String(latchkey.state.asOf), prefer: 'wait=12' });
});

test('whoever must know within a second does not let the service wait', async (t) => {
  const { latchkey } = await listening(t, { maxAge: 1 });
  const [, second] = latchkey.state.requests.filter(({ path }) => path === '/feed');
  assert.equal(second?.prefer, undefined);
});

test('a feed that cannot be read closes the service after a while, and opens it when it can be again', async (t) => {
  const { latchkey, clock, bearer, warnings } = await listening(t);
  const token = await latchkey.token({ exp: latchkey.now + 900 });
  latchkey.state.feedBroken = 503;
  latchkey.release();
  await latchkey.asked('/feed', 4);
  clock.monotonic += 60_000;
  assert.equal((await bearer(token)).status, 200);
  clock.monotonic += 1;
  assert.deepEqual(await bearer(token), { status: 503, challenge: null, body: '' });
  assert.deepEqual(warnings, ['The feed of ended sessions cannot be read: The answer was 503']);
  latchkey.state.feedBroken = 0;
  await publish(latchkey, {});
  assert.equal((await bearer(token)).status, 200);
});

test('by setting it stays open, and refuses what it knows of', async (t) => {
  const { latchkey, clock, bearer } = await listening(t, { stale: 'accept' });
  await publish(latchkey, { sids: ['two'] });
  latchkey.state.feedBroken = 500;
  latchkey.release();
  clock.monotonic += 200_000;
  assert.equal((await bearer(await latchkey.token())).status, 200);
  assert.deepEqual(await bearer(await latchkey.token({ sid: 'two' })), ended);
});

for (const [stale, status] of /** @type {const} */ ([['refuse', 503], ['accept', 200]])) {
  test(`a service that starts while there is no feed answers ${status} if it shall ${stale}`, async (t) => {
    const latchkey = await startIssuer(t);
    latchkey.state.feedBroken = 500;
    const { bearer } = await startServer(t, { issuer: latchkey.issuer, feed: { stale } });
    assert.equal((await bearer(await latchkey.token())).status, status);
  });
}

test('the age of what is known counts from when it was asked for', async (t) => {
  const { latchkey, clock, bearer } = await listening(t);
  const token = await latchkey.token();
  clock.monotonic += 40_000; // The request that is held was sent before.
  await publish(latchkey, {});
  clock.monotonic += 20_001;
  assert.equal((await bearer(token)).status, 503);
});

test('a clock on the wall that is wrong is named once, and closes nothing', async (t) => {
  const latchkey = await startIssuer(t);
  latchkey.state.asOf -= 61_000;
  await latchkey.publish({});
  const { bearer, warnings } = await startServer(t, { issuer: latchkey.issuer, feed: {} });
  assert.equal((await bearer(await latchkey.token())).status, 200);
  await publish(latchkey, {});
  await publish(latchkey, {});
  assert.equal(warnings.length, 1);
  assert.match(warnings[0] ?? '', /differs from Latchkey's by 61 s/);
});

test('a document that Latchkey did not make is not believed, and makes nothing newer', async (t) => {
  const { latchkey, clock, bearer } = await listening(t);
  const token = await latchkey.token();
  const { document, state, key } = latchkey;
  const sids = ['one'];
  const as_of = () => state.asOf + 1;
  const [namesake, stranger] = [await newKey('ES256', key.kid), await newKey()];
  const forged = {
    'of a foreign key': () => document({ as_of: as_of(), sids }, {}, namesake),
    'of an unknown key': () => document({ as_of: as_of(), sids }, {}, stranger),
    'of another type': () => document({ as_of: as_of(), sids }, { typ: 'at+jwt' }),
    'of no type': () => document({ as_of: as_of(), sids }, { typ: undefined }),
    'of another issuer': () => document({ as_of: as_of(), sids, iss: 'https://other.example.org' }),
    'of no time': () => document({ as_of: undefined, sids }),
    'whose time is text': () => document({ sids, as_of: '1' }),
    'without sessions': () => document({ as_of: as_of(), sids: undefined }),
    'with sessions that are none': () => document({ as_of: as_of(), sids: ['one', 1] }),
    'without a window': () => document({ as_of: as_of(), sids, window: undefined }),
    'that begins at no time': () => document({ as_of: as_of(), sids, since: 'x' }),
    'that refuses at no time': () => document({ as_of: as_of(), sids, not_before: '9999999999' }),
    'that is an access token': () => latchkey.token(),
    'that is a page': async () => '<html>Accept our terms</html>',
  };
  clock.monotonic += 30_000;
  for (const [what, text] of Object.entries(forged)) {
    await heard(latchkey, await text());
    assert.equal((await bearer(token)).status, 200, `a document ${what}`);
    await publish(latchkey, {});
  }
  clock.monotonic += 30_001;
  await heard(latchkey, await forged['of a foreign key']());
  clock.monotonic += 30_001;
  assert.equal((await bearer(token)).status, 503);
});

test('an old document that comes again makes nothing newer', async (t) => {
  const { latchkey, clock, bearer } = await listening(t);
  const old = latchkey.state.document;
  await publish(latchkey, {});
  clock.monotonic += 60_001;
  await heard(latchkey, old);
  assert.equal((await bearer(await latchkey.token())).status, 503);
});

test('after a gap between two documents all of it is asked for', async (t) => {
  const { latchkey, bearer } = await listening(t);
  const before = latchkey.state.asOf;
  latchkey.state.asOf += 5_000;
  latchkey.say(await latchkey.document({ since: before + 1_000, sids: [] }));
  await latchkey.asked('/feed', 3);
  const [, , third] = latchkey.state.requests.filter(({ path }) => path === '/feed');
  assert.equal(third?.since, null);
  await publish(latchkey, { sids: ['one'] });
  assert.deepEqual(await bearer(await latchkey.token()), ended);
});

test('whatever is wrong with since, it is left out the next time', async (t) => {
  const { latchkey, bearer } = await listening(t);
  latchkey.state.feedBroken = 400;
  latchkey.release();
  await latchkey.asked('/feed', 3);
  const [, , third] = latchkey.state.requests.filter(({ path }) => path === '/feed');
  assert.equal(third?.since, null);
  latchkey.state.feedBroken = 0;
  await publish(latchkey, { sids: ['one'] });
  assert.deepEqual(await bearer(await latchkey.token()), ended);
});

test('after a long outage all of it is asked for', async (t) => {
  const { latchkey, clock, bearer } = await listening(t);
  clock.monotonic += 60_001;
  latchkey.state.feedBroken = 503;
  latchkey.release();
  await latchkey.asked('/feed', 3);
  const [, , third] = latchkey.state.requests.filter(({ path }) => path === '/feed');
  assert.equal(third?.since, null);
  latchkey.state.feedBroken = 0;
  await publish(latchkey, { sids: ['one'] });
  assert.deepEqual(await bearer(await latchkey.token()), ended);
});

test('an ended session is forgotten when its last token has expired', async (t) => {
  const { latchkey, clock, bearer } = await listening(t);
  await publish(latchkey, { sids: ['one'] });
  clock.monotonic += 600_001;
  await publish(latchkey, { sids: ['two'] });
  await publish(latchkey, { sids: ['two'] });
  assert.equal((await bearer(await latchkey.token())).status, 200);
  assert.deepEqual(await bearer(await latchkey.token({ sid: 'two' })), ended);
});

test('a document that a new key signed is believed', async (t) => {
  const { latchkey, bearer } = await listening(t);
  const next = await newKey();
  latchkey.state.keys = [next];
  await latchkey.publish({ sids: ['one'] }, {}, next);
  await latchkey.asked('/feed');
  assert.deepEqual(await bearer(await latchkey.token({}, {}, next)), ended);
});

test('what is closed asks no more', async (t) => {
  const { latchkey, guard } = await listening(t);
  guard.close();
  const { length } = latchkey.state.requests;
  latchkey.release();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(latchkey.state.requests.length, length);
});
