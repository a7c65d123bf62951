// Bound sessions of a running Latchkey, whose address is LATCHKEY_URL, with the DPoP of oauth4webapi as it comes (RFC 9449).
// The client orders has the secret CLIENT_SECRET and may introspect.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as oauth from 'oauth4webapi';

const latchkey = process.env.LATCHKEY_URL;
const audience = process.env.LATCHKEY_AUDIENCE ?? 'latchkey';
const issuer = new URL(process.env.LATCHKEY_ISSUER ?? latchkey);
const insecure = { [oauth.allowInsecureRequests]: true }; // http, on this machine alone
const client = { client_id: 'latchkey' };
const orders = { client_id: 'orders' };
const password = 'four quiet herons at dusk';

let server; // the metadata

before(async () => {
  assert.ok(latchkey, 'LATCHKEY_URL is the address of a running Latchkey');
  assert.ok(process.env.CLIENT_SECRET, 'CLIENT_SECRET is the secret of the client orders');
  const answer = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure });
  server = await oauth.processDiscoveryResponse(issuer, answer);
});

async function device() {
  return oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
}

function post(url, body, headers) {
  return fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** A log-in is a call of Latchkey's own: the library makes its proof, and what is sent is JSON. */
async function logIn(DPoP, more = {}) {
  const username = `dpop-${crypto.randomUUID().slice(0, 8)}`;
  await post(`${latchkey}/api/accounts`, { username, email: `${username}@example.org`, password });
  const login = { ...server, token_endpoint: `${server.issuer}/api/auth/login` };
  const send = () =>
    oauth.genericTokenEndpointRequest(login, client, oauth.None(), 'password', {}, {
      ...insecure,
      DPoP,
      [oauth.customFetch]: (url, { headers }) => post(url, { username, password, ...more }, headers),
    });
  const withoutNonce = await send();
  assert.equal(withoutNonce.status, 400);
  assert.equal((await withoutNonce.json()).code, 'use_dpop_nonce');
  const answer = await send();
  assert.equal(answer.status, 200);
  return answer.json();
}

async function refresh(refreshToken, DPoP) {
  const answer = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, { ...insecure, DPoP });
  return oauth.processRefreshTokenResponse(server, client, answer);
}

function call(accessToken, DPoP, options = {}) {
  const url = new URL(`${server.issuer}/api/accounts/me`);
  return oauth.protectedResourceRequest(accessToken, 'GET', url, undefined, undefined, { ...insecure, DPoP, ...options });
}

async function introspect(token) {
  const secret = oauth.ClientSecretBasic(process.env.CLIENT_SECRET);
  const answer = await oauth.introspectionRequest(server, orders, secret, token, insecure);
  return oauth.processIntrospectionResponse(server, orders, answer);
}

function refusesTheProof(error) {
  assert.ok(error instanceof oauth.ResponseBodyError, error);
  assert.equal(error.error, 'invalid_dpop_proof');
  return true;
}

test('logs in, exchanges, retries, calls and introspects', async () => {
  const DPoP = await device();
  const thumbprint = await DPoP.calculateThumbprint();
  const first = await logIn(DPoP);
  assert.equal(first.tokenType, 'DPoP');

  const second = await refresh(first.refreshToken, DPoP);
  const retry = await refresh(first.refreshToken, DPoP);

  assert.equal(second.token_type, 'dpop');
  assert.equal(retry.refresh_token, second.refresh_token);
  assert.equal((await call(second.access_token, DPoP)).status, 200);
  assert.equal((await introspect(second.access_token)).cnf.jkt, thumbprint);
  assert.equal((await introspect(second.refresh_token)).cnf.jkt, thumbprint);
});

test('asks for a nonce by the challenge that the library knows', async () => {
  const { accessToken, refreshToken } = await logIn(await device());
  const DPoP = await device();

  await assert.rejects(call(accessToken, DPoP), (error) => oauth.isDPoPNonceError(error));
  await assert.rejects(refresh(refreshToken, DPoP), refusesTheProof);
});

test('refuses the tokens to whoever lacks the key, and nothing is lost', async () => {
  const DPoP = await device();
  const { refreshToken, accessToken } = await logIn(DPoP);

  await assert.rejects(refresh(refreshToken), refusesTheProof);
  await assert.rejects(call(accessToken), (error) => error instanceof oauth.WWWAuthenticateChallengeError);

  assert.equal((await refresh(refreshToken, DPoP)).token_type, 'dpop');
});

test('a resource server accepts the access token by RFC 9449', async () => {
  const DPoP = await device();
  const { accessToken } = await logIn(DPoP);
  let request;
  await call(accessToken, DPoP, {
    [oauth.customFetch]: (url, { method, headers }) => {
      request = new Request(url, { method, headers });
      return fetch(request.clone());
    },
  });

  const claims = await oauth.validateJwtAccessToken(server, request, audience, {
    ...insecure,
    requireDPoP: true,
    signingAlgorithms: ['ES256', 'RS256', 'EdDSA'],
  });

  assert.equal(claims.cnf.jkt, await DPoP.calculateThumbprint());
});

test('binds the refresh token alone if the log-in asks for bearer tokens', async () => {
  const DPoP = await device();
  const { refreshToken, tokenType } = await logIn(DPoP, { tokenType: 'Bearer' });

  assert.equal(tokenType, 'Bearer');
  await assert.rejects(refresh(refreshToken), refusesTheProof);
  const tokens = await refresh(refreshToken, DPoP);
  assert.equal(tokens.token_type, 'bearer');
  assert.equal((await call(tokens.access_token)).status, 200);
});
