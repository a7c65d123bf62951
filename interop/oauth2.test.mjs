// Standard clients and resource servers with a running Latchkey, whose address is LATCHKEY_URL: oauth4webapi and jose as
// they come. The client orders has the secret CLIENT_SECRET and may introspect.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';

const latchkey = process.env.LATCHKEY_URL;
const audience = process.env.LATCHKEY_AUDIENCE ?? 'latchkey';
const issuer = new URL(process.env.LATCHKEY_ISSUER ?? latchkey);
const insecure = { [oauth.allowInsecureRequests]: true }; // http, on this machine alone

const firstParty = { client_id: 'latchkey' };
const orders = { client_id: 'orders' };
const ordersSecret = oauth.ClientSecretBasic(process.env.CLIENT_SECRET);

let server; // the metadata

before(async () => {
  assert.ok(latchkey, 'LATCHKEY_URL is the address of a running Latchkey');
  assert.ok(process.env.CLIENT_SECRET, 'CLIENT_SECRET is the secret of the client orders');
  const answer = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure });
  server = await oauth.processDiscoveryResponse(issuer, answer);
});

async function post(path, body, headers = {}) {
  return fetch(`${latchkey}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

async function newcomer() {
  const username = `oauth2-${crypto.randomUUID().slice(0, 8)}`;
  const answer = await post('/api/accounts', {
    username,
    email: `${username}@example.org`,
    password: 'four quiet herons at dusk',
  });
  assert.equal(answer.status, 201);
  return { username, ...(await answer.json()).tokens };
}

async function refresh(refreshToken, client = firstParty, authentication = oauth.None(), options = {}) {
  const answer = await oauth.refreshTokenGrantRequest(server, client, authentication, refreshToken, {
    ...insecure,
    ...options,
  });
  return oauth.processRefreshTokenResponse(server, client, answer);
}

async function introspect(token) {
  const answer = await oauth.introspectionRequest(server, orders, ordersSecret, token, insecure);
  return oauth.processIntrospectionResponse(server, orders, answer);
}

async function revoke(token, options = {}) {
  const answer = await oauth.revocationRequest(server, firstParty, oauth.None(), token, { ...insecure, ...options });
  return oauth.processRevocationResponse(answer);
}

function refused(error, status) {
  return (thrown) => {
    assert.ok(thrown instanceof oauth.ResponseBodyError || thrown instanceof oauth.WWWAuthenticateChallengeError, thrown);
    const said = thrown instanceof oauth.ResponseBodyError ? thrown.error : undefined;
    assert.equal(thrown.status, status);
    if (said !== undefined) {
      assert.equal(said, error);
    }
    return true;
  };
}

test('the metadata names everything that the library asks for', () => {
  assert.equal(server.issuer, issuer.href.replace(/\/$/, ''));
  for (const endpoint of ['token_endpoint', 'revocation_endpoint', 'introspection_endpoint', 'jwks_uri']) {
    assert.ok(server[endpoint].startsWith(server.issuer), endpoint);
  }
});

test('refreshes, and the access token verifies with jose by its type', async () => {
  const { refreshToken, username } = await newcomer();

  const tokens = await refresh(refreshToken);

  assert.equal(tokens.token_type, 'bearer');
  assert.equal(tokens.scope, 'user');
  assert.notEqual(tokens.refresh_token, refreshToken);
  const keys = createRemoteJWKSet(new URL(server.jwks_uri));
  const algorithms = ['ES256', 'RS256', 'EdDSA'];
  const { payload, protectedHeader } = await jwtVerify(tokens.access_token, keys, {
    typ: 'at+jwt',
    algorithms,
    issuer: server.issuer,
    audience,
    requiredClaims: ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti'],
  });
  assert.equal(payload.preferred_username, username);
  assert.equal(payload.client_id, 'latchkey');
  assert.equal(protectedHeader.typ, 'at+jwt');
  await assert.rejects(jwtVerify(tokens.access_token, keys, { typ: 'JWT', algorithms }));
});

test('a resource server takes the access token by RFC 9068', async () => {
  const { access_token: accessToken } = await refresh((await newcomer()).refreshToken);
  const request = new Request('http://orders.example.org/orders', { headers: { Authorization: `Bearer ${accessToken}` } });

  const claims = await oauth.validateJwtAccessToken(server, request, audience, {
    ...insecure,
    signingAlgorithms: ['ES256', 'RS256', 'EdDSA'],
  });

  assert.equal(claims.client_id, 'latchkey');
  assert.deepEqual(claims.roles, ['user']);
});

test('a lost answer is repeated, and a replay is an invalid grant', async () => {
  const { refreshToken } = await newcomer();
  const second = await refresh(refreshToken);

  assert.equal((await refresh(refreshToken)).refresh_token, second.refresh_token);

  await refresh(second.refresh_token);
  await assert.rejects(refresh(refreshToken), refused('invalid_grant', 400));
});

test('the scope is never wider than granted', async () => {
  const { refreshToken } = await newcomer();

  await assert.rejects(
    refresh(refreshToken, firstParty, oauth.None(), { additionalParameters: { scope: 'user admin' } }),
    refused('invalid_scope', 400),
  );
  const tokens = await refresh(refreshToken, firstParty, oauth.None(), { additionalParameters: { scope: 'user' } });
  assert.equal(tokens.scope, 'user');
});

test('a session belongs to its client', async () => {
  const { username, refreshToken } = await newcomer();
  const credentials = Buffer.from(`orders:${process.env.CLIENT_SECRET}`).toString('base64');
  const login = { username, password: 'four quiet herons at dusk' };
  const answer = await post('/api/auth/login', login, { Authorization: `Basic ${credentials}` });
  assert.equal(answer.status, 200);
  const { refreshToken: ofOrders } = await answer.json();

  await assert.rejects(refresh(refreshToken, orders, ordersSecret), refused('invalid_grant', 400));
  await assert.rejects(refresh(refreshToken, { client_id: 'phone' }), refused('invalid_grant', 400));
  await assert.rejects(refresh(ofOrders), refused('invalid_grant', 400));
  await assert.rejects(refresh(ofOrders, orders, oauth.ClientSecretBasic('wrong')), refused('invalid_client', 401));
  await assert.rejects(refresh(ofOrders, { client_id: 'stranger' }), refused('invalid_client', 401));

  assert.equal((await refresh(ofOrders, orders, ordersSecret)).token_type, 'bearer');
  assert.equal((await refresh(refreshToken)).token_type, 'bearer');
});

test('introspection knows what a revocation has ended', async () => {
  const tokens = await refresh((await newcomer()).refreshToken);
  const active = await introspect(tokens.access_token);
  assert.equal(active.active, true);
  assert.equal(active.token_type, 'Bearer');
  assert.equal(active.client_id, 'latchkey');
  assert.equal((await introspect(tokens.refresh_token)).active, true);

  await revoke(tokens.refresh_token);

  assert.deepEqual(await introspect(tokens.access_token), { active: false });
  assert.deepEqual(await introspect(tokens.refresh_token), { active: false });
  assert.deepEqual(await introspect('unknown'), { active: false });
});

test('introspection is for those who may', async () => {
  const { accessToken } = await newcomer();
  const byNobody = await oauth.introspectionRequest(server, firstParty, oauth.None(), accessToken, insecure);

  await assert.rejects(
    oauth.processIntrospectionResponse(server, firstParty, byNobody),
    refused('invalid_client', 401),
  );
});

test('revokes access tokens, unknown tokens and tokens with a wrong hint', async () => {
  const { accessToken, refreshToken } = await newcomer();

  await revoke('unknown');
  await revoke(accessToken, { additionalParameters: { token_type_hint: 'refresh_token' } });

  await assert.rejects(refresh(refreshToken), refused('invalid_grant', 400));
});
