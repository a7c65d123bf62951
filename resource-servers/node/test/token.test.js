import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UnsecuredJWT, decodeJwt } from 'jose';
import { createResourceServer } from '../src/index.js';
import { newKey, startIssuer, startServer } from './issuer.js';

const invalid = { status: 401, challenge: 'Bearer error="invalid_token"', body: '' };

/** @param {import('node:test').TestContext} t @param {object} [options] */
const started = async (t, options) => {
  const latchkey = await startIssuer(t);
  return { latchkey, ...await startServer(t, { issuer: latchkey.issuer, ...options }) };
};

test('who has the role gets in', async (t) => {
  const { latchkey, bearer } = await started(t);
  assert.deepEqual(await bearer(await latchkey.token()), { status: 200, challenge: null, body: 'The reports for ada' });
});

test('who lacks the role is turned away', async (t) => {
  const { latchkey, bearer } = await started(t);
  const refusal = { status: 403, challenge: 'Bearer error="insufficient_scope"', body: '' };
  for (const roles of [['user'], [], undefined, 'auditor', { auditor: true }]) {
    assert.deepEqual(await bearer(await latchkey.token({ roles })), refusal);
  }
});

test('a call without a token is challenged for either kind', async (t) => {
  const { call } = await started(t);
  /** @type {Record<string, string>[]} */
  const without = [{}, { Authorization: 'Basic YWRhOmFkYQ==' }, { Authorization: 'Bearer' }];
  for (const headers of without) {
    const { status, challenge } = await call(headers);
    assert.equal(status, 401);
    assert.match(challenge ?? '', /^Bearer, DPoP algs="ES256 [^"]+"$/);
  }
});

test('a call without a role needs a token all the same', async (t) => {
  const { latchkey, guard } = await started(t);
  const headers = { Authorization: `Bearer ${await latchkey.token({ roles: [] })}` };
  const answer = await guard.verify(new Request('http://localhost/', { headers }));
  assert.deepEqual(answer.ok && { ...answer.token, claims: 0 }, {
    subject: 'ada', username: 'ada', roles: [], clientId: 'latchkey', sessionId: 'one', claims: 0 });
  assert.equal((await guard.verify(new Request('http://localhost/'))).ok, false);
});

test('a token of a foreign key under the name of a published one is refused', async (t) => {
  const { latchkey, bearer } = await started(t);
  const forged = await latchkey.token({}, {}, await newKey('ES256', latchkey.key.kid));
  assert.deepEqual(await bearer(forged), invalid);
});

test('a token that is wrong in one thing is refused, though its signature is good', async (t) => {
  const { latchkey, bearer } = await started(t);
  const rsa = await newKey('RS256');
  latchkey.state.keys.push(rsa);
  const { now, token } = latchkey;
  assert.equal((await bearer(await token())).status, 200);
  const wrong = {
    'of another type': await token({}, { typ: 'JWT' }),
    'of no type': await token({}, { typ: undefined }),
    'that is an ended-sessions document': await token({}, { typ: 'ended-sessions+jwt' }),
    'of another issuer': await token({ iss: 'https://other.example.org' }),
    'of an issuer that only ends alike': await token({ iss: `evil-${latchkey.issuer}` }),
    'for another audience': await token({ aud: 'billing' }),
    'for no audience': await token({ aud: undefined }),
    'that has expired': await token({ exp: now - 120 }),
    'that never expires': await token({ exp: undefined }),
    'of nobody': await token({ sub: undefined }),
    'of somebody without a name': await token({ sub: 7 }),
    'of no time': await token({ iat: undefined }),
    'of the future': await token({ iat: now + 300, exp: now + 600 }),
    'that is not valid yet': await token({ nbf: now + 300 }),
    'of a published key of another algorithm': await token({}, {}, rsa),
    'of an unknown key': await token({}, {}, await newKey()),
    'without a signature': new UnsecuredJWT(decodeJwt(await token())).encode(),
    'with a signature cut short': (await token()).slice(0, -4),
    'that is no token': 'lkr_token',
  };
  for (const [what, text] of Object.entries(wrong)) {
    assert.deepEqual(await bearer(text), invalid, `a token ${what}`);
  }
});

test('clocks may differ by a minute', async (t) => {
  const { latchkey, bearer } = await started(t);
  assert.equal((await bearer(await latchkey.token({ exp: latchkey.now - 30 }))).status, 200);
  assert.equal((await bearer(await latchkey.token({ iat: latchkey.now + 30 }))).status, 200);
});

test('two tokens in one call are none', async (t) => {
  const { latchkey, guard } = await started(t);
  const token = await latchkey.token();
  const call = /** @type {any} */ ({
    method: 'GET', url: '/', headers: {}, headersDistinct: { authorization: [`Bearer ${token}`, `Bearer ${token}`] } });
  const answer = await guard.verify(call);
  assert.deepEqual(answer.ok || answer.headers, { 'WWW-Authenticate': 'Bearer error="invalid_token"' });
});

test('another algorithm is accepted if it was chosen, and then alone', async (t) => {
  const { latchkey, bearer } = await started(t, { algorithms: ['RS256'] });
  const rsa = await newKey('RS256');
  latchkey.state.keys.push(rsa);
  assert.equal((await bearer(await latchkey.token({}, {}, rsa))).status, 200);
  assert.deepEqual(await bearer(await latchkey.token()), invalid);
});

test('a new key is found when a token names it', async (t) => {
  const { latchkey, bearer } = await started(t);
  assert.equal((await bearer(await latchkey.token())).status, 200);
  const next = await newKey();
  latchkey.state.keys.push(next);
  assert.equal((await bearer(await latchkey.token({}, {}, next))).status, 200);
});

test('while keys or metadata cannot be had nobody learns that a token is bad, and later it goes on', async (t) => {
  const { latchkey, call, bearer } = await started(t);
  const token = await latchkey.token();
  for (const broken of [500, 404]) {
    latchkey.state.broken = broken;
    assert.deepEqual(await bearer(token), { status: 503, challenge: null, body: '' });
  }
  assert.equal((await call({})).status, 401);
  Object.assign(latchkey.state, { broken: 0, keysBroken: 500 });
  assert.equal((await bearer(token)).status, 503);
  latchkey.state.keysBroken = 0;
  assert.equal((await bearer(token)).status, 200);
  latchkey.state.broken = 500;
  assert.equal((await bearer(token)).status, 200, 'with the keys that are known');
});

test('metadata of another issuer are not used', async (t) => {
  const latchkey = await startIssuer(t);
  const { bearer } = await startServer(t, { issuer: `${latchkey.issuer}/` });
  assert.equal((await bearer(await latchkey.token({ iss: `${latchkey.issuer}/` }))).status, 503);
});

test('mistakes in the options are said at once', () => {
  const issuer = 'https://auth.example.org';
  for (const wrong of [{}, { issuer: 'auth' }, { issuer, algorithms: ['HS256'] }, { issuer, algorithms: [] },
    { issuer, feed: { maxAge: 0 } }, { issuer, feed: { maxAge: NaN } }, { issuer, feed: { stale: 'ignore' } },
    { issuer, origin: 'api.example.org' }]) {
    assert.throws(() => createResourceServer(/** @type {any} */ (wrong)), TypeError);
  }
});
