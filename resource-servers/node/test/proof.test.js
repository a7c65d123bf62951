import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { exportJWK, generateSecret, SignJWT } from 'jose';
import { hash, newKey, proof, startIssuer, startServer, thumbprint } from './issuer.js';

/** @type {import('./issuer.js').Key} */
let device;

before(async () => {
  device = await newKey();
});

/** @param {import('node:test').TestContext} t @param {object} [options] */
const started = async (t, options) => {
  const latchkey = await startIssuer(t);
  const server = await startServer(t, { issuer: latchkey.issuer, ...options });
  const token = await latchkey.token({ cnf: { jkt: await thumbprint(device) } });
  const htu = `${server.url}/reports`;
  return {
    latchkey,
    ...server,
    token,
    htu,
    /** @param {object} [claims] @param {object} [header] @param {import('./issuer.js').Key} [key] */
    proven: (claims, header, key = device) => proof(key, { htu, ath: hash(token), ...claims }, header),
    /** @param {string} text @param {string} [path] */
    present: (text, path) => server.call({ Authorization: `DPoP ${token}`, DPoP: text }, path),
  };
};

/** @param {{ status: number, challenge: string | null }} answer */
const refusal = ({ status, challenge }) => `${status} ${challenge?.replace(/", algs="ES256 ES384 [^"]+"$/, '"')}`;

const badProof = '401 DPoP error="invalid_dpop_proof"';
const badToken = '401 DPoP error="invalid_token"';

test('a bound token with a proof of its key is accepted, whatever the proof is signed with', async (t) => {
  const { latchkey, call, htu, present, proven } = await started(t);
  assert.deepEqual(await present(await proven()), { status: 200, challenge: null, body: 'The reports for ada' });
  assert.equal((await present(await proven({ htu: `${htu}?a=b#c` }), '/reports?x=y')).status, 200, 'queries do not count');
  for (const algorithm of ['ES384', 'ES512', 'Ed25519', 'PS256', 'RS256']) {
    const key = await newKey(algorithm);
    const token = await latchkey.token({ cnf: { jkt: await thumbprint(key) } });
    const text = await proof(key, { htu, ath: hash(token) });
    assert.equal((await call({ Authorization: `dpop ${token}`, DPoP: text })).status, 200, algorithm);
  }
});

test('a bound token by the scheme Bearer is refused, with and without a proof', async (t) => {
  const { call, token, proven } = await started(t);
  const answer = '401 Bearer error="invalid_token"';
  assert.equal(refusal(await call({ Authorization: `Bearer ${token}` })), answer);
  assert.equal(refusal(await call({ Authorization: `Bearer ${token}`, DPoP: await proven() })), answer);
});

test('an unbound token by the scheme DPoP is refused', async (t) => {
  const { latchkey, call, htu } = await started(t);
  const token = await latchkey.token();
  const text = await proof(device, { htu, ath: hash(token) });
  assert.equal(refusal(await call({ Authorization: `DPoP ${token}`, DPoP: text })), badToken);
});

test('a token that is bound in a way that nobody knows is refused', async (t) => {
  const { latchkey, call, htu } = await started(t);
  for (const cnf of [{}, null, { jkt: 1 }, { 'x5t#S256': 'abc' }]) {
    const token = await latchkey.token({ cnf });
    const text = await proof(device, { htu, ath: hash(token) });
    assert.equal(refusal(await call({ Authorization: `DPoP ${token}`, DPoP: text })), badToken);
    assert.equal((await call({ Authorization: `Bearer ${token}` })).status, 401);
  }
});

test('a proof of another key is refused', async (t) => {
  const { present, proven } = await started(t);
  assert.equal(refusal(await present(await proven({}, {}, await newKey()))), badProof);
});

test('a proof that is wrong in one thing is refused, and one that is right is accepted after it', async (t) => {
  const { call, guard, token, htu, present, proven } = await started(t);
  const now = Math.floor(Date.now() / 1000);
  const jwk = await exportJWK(device.publicKey);
  const secret = await generateSecret('HS256', { extractable: true });
  const symmetric = await new SignJWT({ htm: 'GET', htu, ath: hash(token), jti: 'one', iat: now }).setProtectedHeader({
    alg: 'HS256', typ: 'dpop+jwt', jwk: await exportJWK(secret) }).sign(secret);
  const good = await proven();
  const wrong = {
    'for another method': await proven({ htm: 'POST' }),
    'for the method in other letters': await proven({ htm: 'get' }),
    'for no method': await proven({ htm: undefined }),
    'for another address': await proven({ htu: `${htu}/all` }),
    'for another host': await proven({ htu: 'https://other.example.org/reports' }),
    'for another scheme': await proven({ htu: htu.replace('http:', 'https:') }),
    'for an address with a user': await proven({ htu: htu.replace('//', '//ada@') }),
    'for no address': await proven({ htu: undefined }),
    'for something that is no address': await proven({ htu: '/reports' }),
    'that is old': await proven({ iat: now - 70 }),
    'of the future': await proven({ iat: now + 70 }),
    'of no time': await proven({ iat: undefined }),
    'that has expired': await proven({ exp: now - 70 }),
    'for another token': await proven({ ath: hash('another') }),
    'for no token': await proven({ ath: undefined }),
    'without a name': await proven({ jti: undefined }),
    'with an empty name': await proven({ jti: '' }),
    'whose name is a number': await proven({ jti: 1 }),
    'of another type': await proven({}, { typ: 'JWT' }),
    'of no type': await proven({}, { typ: undefined }),
    'without a key': await proven({}, { jwk: undefined }),
    'with a private key': await proven({}, { jwk: await exportJWK(device.privateKey) }),
    'with a key that did not sign': await proven({}, { jwk: await exportJWK((await newKey()).publicKey) }),
    'with a key that is none': await proven({}, { jwk: { ...jwk, x: 'AAAA' } }),
    'signed with a secret': symmetric,
    'of a foreign algorithm': `${Buffer.from('{"alg":"none","typ":"dpop+jwt"}').toString('base64url')}.e30.`,
    'of 8 kB': await proven({ more: 'x'.repeat(6_000) }),
    'that is an access token': token,
    'that is no JWT': 'proof',
    'that comes twice': `${good}, ${good}`,
  };
  for (const [what, text] of Object.entries(wrong)) {
    assert.equal(refusal(await present(text)), badProof, `a proof ${what}`);
  }
  assert.equal(refusal(await call({ Authorization: `DPoP ${token}` })), badProof);
  const { headers } = /** @type {any} */ (await guard.verify(/** @type {any} */ ({
    method: 'GET', url: htu, headers: {}, headersDistinct: { authorization: [`DPoP ${token}`], dpop: [good, good] } })));
  assert.match(headers['WWW-Authenticate'], /^DPoP error="invalid_dpop_proof"/);
  assert.equal((await present(good)).status, 200);
});

test('a proof is accepted once, for as long as it could be accepted', async (t) => {
  const { clock, present, proven } = await started(t);
  const now = Math.floor(clock.wall / 1000);
  const text = await proven({ iat: now + 59 });
  assert.equal((await present(text)).status, 200);
  assert.equal(refusal(await present(text)), badProof);
  clock.wall = (now + 118) * 1000;
  assert.equal((await present(await proven({ iat: now + 118 }))).status, 200);
  assert.equal(refusal(await present(text)), badProof);
});

test('the same name with another key is another proof', async (t) => {
  const { latchkey, call, htu, present, proven } = await started(t);
  assert.equal((await present(await proven({ jti: 'one' }))).status, 200);
  const other = await newKey();
  const token = await latchkey.token({ cnf: { jkt: await thumbprint(other) } });
  const text = await proof(other, { htu, ath: hash(token), jti: 'one' });
  assert.equal((await call({ Authorization: `DPoP ${token}`, DPoP: text })).status, 200);
});

test('no more proofs are remembered than allowed, the latest', async (t) => {
  const { present, proven } = await started(t, { proofsRemembered: 2 });
  const [first, second, third] = [await proven(), await proven(), await proven()];
  for (const text of [first, second, third]) {
    assert.equal((await present(text)).status, 200);
  }
  assert.equal(refusal(await present(second)), badProof);
  assert.equal(refusal(await present(third)), badProof);
});

test('a proof of somebody without a token is not remembered', async (t) => {
  const { latchkey, call, present, proven } = await started(t);
  const text = await proven();
  const foreign = await latchkey.token({}, {}, await newKey());
  assert.equal(refusal(await call({ Authorization: `DPoP ${foreign}`, DPoP: text })), badToken);
  assert.equal((await present(text)).status, 200);
});

test('behind a proxy the address is the one that callers see', async (t) => {
  const { present, proven, htu } = await started(t, { origin: 'https://api.example.org/v1' });
  assert.equal((await present(await proven({ htu: 'https://api.example.org/v1/reports' }))).status, 200);
  assert.equal((await present(await proven({ htu: 'https://API.example.org:443/v1/reports' }))).status, 200);
  assert.equal(refusal(await present(await proven({ htu }))), badProof);
});

test('a caller without the role is challenged in the scheme that was used', async (t) => {
  const { latchkey, call, htu } = await started(t);
  const token = await latchkey.token({ roles: [], cnf: { jkt: await thumbprint(device) } });
  const text = await proof(device, { htu, ath: hash(token) });
  const answer = await call({ Authorization: `DPoP ${token}`, DPoP: text });
  assert.equal(refusal(answer), '403 DPoP error="insufficient_scope"');
});
