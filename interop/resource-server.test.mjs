// The resource server with the tokens of a running Latchkey, whose address is LATCHKEY_URL.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { decodeJwt, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { resourceServer } from './resource-server.mjs';

const latchkey = process.env.LATCHKEY_URL;
const audience = process.env.LATCHKEY_AUDIENCE ?? 'latchkey';
const issuer = process.env.LATCHKEY_ISSUER ?? latchkey;
const published = `${latchkey}/.well-known/jwks.json`;
const servers = [];

let genuine; // an access token of somebody new, who has the role `user` and no other

before(async () => {
  assert.ok(latchkey, 'LATCHKEY_URL is the address of a running Latchkey');
  const username = `interop-${crypto.randomUUID().slice(0, 8)}`;
  const answer = await fetch(`${latchkey}/api/accounts`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username, email: `${username}@example.org`, password: 'four quiet herons at dusk' }),
  });
  assert.equal(answer.status, 201);
  genuine = (await answer.json()).tokens.accessToken;
});

after(() => servers.forEach((server) => server.close()));

async function started(server) {
  servers.push(server.listen(0, 'localhost'));
  await once(server, 'listening');
  return `http://localhost:${server.address().port}`;
}

function reportsFor(role, jwks = published) {
  return started(resourceServer({ jwks, issuer, audience, role }));
}

async function call(address, token) {
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  const answer = await fetch(`${address}/reports`, { headers });
  return { status: answer.status, challenge: answer.headers.get('WWW-Authenticate'), body: await answer.text() };
}

const invalid = { status: 401, challenge: 'Bearer error="invalid_token"', body: '' };

test('who has the role gets in', async () => {
  const answer = await call(await reportsFor('user'), genuine);

  assert.deepEqual(answer, { status: 200, challenge: null, body: `The reports for ${decodeJwt(genuine).sub}` });
});

test('who lacks the role is turned away', async () => {
  const answer = await call(await reportsFor('auditor'), genuine);

  assert.deepEqual(answer, { status: 403, challenge: 'Bearer error="insufficient_scope"', body: '' });
});

test('who brings no token is asked for one', async () => {
  assert.deepEqual(await call(await reportsFor('user')), { status: 401, challenge: 'Bearer', body: '' });
});

test('a token of a foreign key under the name of a published one is refused', async () => {
  const { privateKey } = await generateKeyPair('ES256');
  const { keys } = await (await fetch(published)).json();
  const header = { alg: 'ES256', typ: 'at+jwt', kid: keys[0].kid };
  const forged = await new SignJWT(decodeJwt(genuine)).setProtectedHeader(header).sign(privateKey);

  assert.deepEqual(await call(await reportsFor('user'), forged), invalid);
});

test('a token that is wrong in one thing is refused, though its signature is good', async () => {
  const ec = await generateKeyPair('ES256');
  const rsa = await generateKeyPair('RS256');
  const keys = [
    { ...(await exportJWK(ec.publicKey)), kid: 'ec', alg: 'ES256', use: 'sig' },
    { ...(await exportJWK(rsa.publicKey)), kid: 'rsa', alg: 'RS256', use: 'sig' },
  ];
  const jwks = await started(createServer((_, response) => response.end(JSON.stringify({ keys }))));
  const address = await reportsFor('user', jwks);
  const claims = decodeJwt(genuine);
  const signed = (changedClaims, changedHeader = {}, { privateKey } = ec) =>
    new SignJWT({ ...claims, ...changedClaims })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'ec', ...changedHeader })
      .sign(privateKey);

  assert.equal((await call(address, await signed({}))).status, 200);
  const wrong = {
    'of another type': await signed({}, { typ: 'JWT' }),
    'of no type': await signed({}, { typ: undefined }),
    'of another issuer': await signed({ iss: 'https://other.example.org' }),
    'for another audience': await signed({ aud: 'billing' }),
    'for no audience': await signed({ aud: undefined }),
    'that has expired': await signed({ exp: claims.iat - 1 }),
    'that never expires': await signed({ exp: undefined }),
    'of a published key of another algorithm': await signed({}, { alg: 'RS256', kid: 'rsa' }, rsa),
    'without a signature': new UnsecuredJWT(claims).encode(),
  };
  for (const [token, text] of Object.entries(wrong)) {
    assert.deepEqual(await call(address, text), invalid, `a token ${token}`);
  }
});
