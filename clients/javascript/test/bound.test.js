import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';
import { proofOf, startBindingService } from './binding-service.js';
import { answerWith, cut, loseAnswer, refuseWith, startProxy } from './proxy.js';
import { REFRESH, codeOf, createBrowser, password, somebody } from './tab.js';
/** @import { StoredSession } from '../src/types.js' */

const FIVE_MINUTES = 300_000;
const ME = '/api/accounts/me';
const LOGIN = '/api/auth/login';
const ada = { username: 'ada', password };

/** What IndexedDB is to all tabs of a browser. */
const createStorage = () => {
  const kept = { session: /** @type {StoredSession | null} */ (null) };
  return {
    kept,
    storage: {
      bound: true,
      read: async () => kept.session && { ...kept.session },
      /** @param {StoredSession | null} session */
      write: async (session) => {
        kept.session = session;
      },
    },
  };
};

/** @param {import('node:test').TestContext} t @param {object} [options] */
const setUp = async (t, options) => {
  const service = await startBindingService(t);
  const proxy = await startProxy(service.url);
  t.after(proxy.close);
  const { kept, storage } = createStorage();
  return { service, proxy, kept, ...createBrowser(t, proxy, { storage, issuer: service.url, ...options }) };
};

/** A signed-in tab with an expired access token. @param {import('node:test').TestContext} t @param {object} [options] */
const signedIn = async (t, options) => {
  const parts = await setUp(t, options);
  const client = parts.open();
  await client.login(ada);
  parts.clock.advance(FIVE_MINUTES);
  return { ...parts, client };
};

/** @param {{ kept: { session: StoredSession | null } }} parts */
const pairOf = ({ kept }) => kept.session?.pair;

test('a log-in binds the session to a key, and everything after it shows the key', async (t) => {
  const { service, proxy, client } = await signedIn(t);
  assert.deepEqual(await client.account(), { id: 'ada' });
  const last = proxy.requests(ME).at(-1);
  assert.match(last?.headers.authorization ?? '', /^DPoP /);
  assert.equal(proxy.requests(REFRESH).length, 1);
  assert.equal(new Set(service.proofs.map(({ jkt }) => jkt)).size, 1);
  assert.equal([...service.sessions.values()][0]?.jkt, service.proofs[0].jkt);
});

test('a registration binds the session, too', async (t) => {
  const { service, open } = await setUp(t);
  const client = open();
  assert.ok(await client.register(somebody()));
  assert.ok([...service.sessions.values()][0]?.jkt);
});

test('no script can read the key', async (t) => {
  const { kept } = await signedIn(t);
  const pair = pairOf({ kept });
  assert.ok(pair);
  assert.equal(pair.privateKey.extractable, false);
  assert.deepEqual(pair.privateKey.usages, ['sign']);
  for (const format of /** @type {const} */ (['jwk', 'pkcs8'])) {
    await assert.rejects(crypto.subtle.exportKey(format, pair.privateKey));
  }
});

test('the service is asked for a nonce once, then each answer brings the next', async (t) => {
  const { service, clock, client } = await signedIn(t);
  for (let round = 0; round < 3; round++) {
    await client.account();
    clock.advance(FIVE_MINUTES);
  }
  assert.deepEqual(service.refusals, ['use_dpop_nonce']);
});

test('a service that wants another nonce again and again is not asked for ever, and nobody is logged out', async (t) => {
  const { proxy, client } = await signedIn(t);
  const again = refuseWith(400, 'use_dpop_nonce', { 'DPoP-Nonce': 'next' });
  proxy.next(REFRESH, again, again, again);
  await assert.rejects(client.account(), { code: 'use_dpop_nonce', status: 400 });
  assert.equal(proxy.requests(REFRESH).length, 2);
  proxy.next(REFRESH);
  assert.ok(await client.account());
});

for (const code of ['invalid_dpop_proof', 'use_dpop_nonce']) {
  test(`${code} logs nobody out, neither at an exchange nor at a call`, async (t) => {
    const { proxy, client, kept } = await signedIn(t);
    for (const status of [400, 401]) {
      proxy.next(REFRESH, refuseWith(status, code));
      assert.equal(await codeOf(client.account()), code);
      assert.equal(client.user?.username, 'ada');
    }
    proxy.next(ME, refuseWith(401, code, { 'WWW-Authenticate': `DPoP error="${code}", algs="ES256"` }));
    assert.equal(await codeOf(client.account()), code);
    assert.equal(client.user?.username, 'ada');
    assert.ok(kept.session?.pair);
    assert.ok(await client.account());
  });
}

for (const hours of [-26, 1]) {
  test(`a clock that is wrong by ${hours} h is corrected by the service's`, async (t) => {
    const { service, open } = await setUp(t);
    const client = open({ wallClock: () => Date.now() + hours * 3_600_000 });
    await client.login(ada);
    assert.ok(await client.account());
    assert.ok(Math.abs(service.proofs.at(-1)?.iat - Date.now() / 1000) < 10);
    assert.equal(service.refusals.filter((code) => code === 'invalid_dpop_proof').length, 1);
  });
}

test('each proof is used once, also when an answer was lost, and the exchange keeps its name', async (t) => {
  const { service, proxy, clock, client } = await signedIn(t);
  proxy.next(REFRESH, loseAnswer, cut);
  await clock.passUntil(client.account());
  assert.equal(new Set(service.proofs.map(({ jti }) => jti)).size, service.proofs.length);
  assert.equal(new Set(proxy.requests(REFRESH).map(({ headers }) => headers['idempotency-key'])).size, 1);
});

test('a later tab takes up the session with the same key', async (t) => {
  const { service, open, client } = await signedIn(t);
  client.close();
  const later = open();
  assert.equal((await later.restore())?.username, 'ada');
  assert.ok(await later.account());
  assert.equal(new Set(service.proofs.map(({ jkt }) => jkt)).size, 1);
});

test('another tab calls with the token it hears of, and the key that it never hears of', async (t) => {
  const { service, open, clock } = await setUp(t);
  /** @type {any[]} */
  const heard = [];
  const client = open({
    channel: (name) => {
      const channel = new BroadcastChannel(name);
      const post = channel.postMessage.bind(channel);
      channel.postMessage = (message) => {
        heard.push(message);
        post(message);
      };
      return channel;
    },
  });
  const other = open();
  const signedInToo = new Promise((resolve) => other.subscribe(resolve));
  await client.login(ada);
  await signedInToo;
  assert.ok(await other.account());
  clock.advance(FIVE_MINUTES);
  assert.ok(await client.account());
  assert.ok(await other.account());
  assert.deepEqual(service.refusals.filter((code) => code !== 'use_dpop_nonce'), []);
  const sessions = heard.filter(({ type }) => type === 'session');
  assert.ok(sessions.length > 0);
  assert.ok(sessions.every(({ session }) => session.pair === undefined && session.refreshToken === undefined));
});

test('whoever loses the key is logged out on this device', async (t) => {
  const { client, kept } = await signedIn(t);
  kept.session = null;
  assert.equal(await codeOf(client.account()), 'signed_out');
  assert.equal(client.user, null);
});

test('a log-out revokes the session with a proof, and forgets key and token', async (t) => {
  const { service, client, kept } = await signedIn(t);
  await client.logout();
  assert.equal(kept.session, null);
  assert.equal([...service.sessions.values()][0]?.ended, true);
});

test('the next log-in shows the key of the session before, which ends', async (t) => {
  const { service, client } = await signedIn(t);
  await client.login(ada);
  const [first, second] = [...service.sessions.values()];
  assert.equal(first?.ended, true);
  assert.deepEqual([second?.ended, second?.jkt], [false, first?.jkt]);
});

test('after a log-out the next session has another key', async (t) => {
  const { service, client } = await signedIn(t);
  await client.logout();
  await client.login(ada);
  assert.equal(new Set([...service.sessions.values()].map(({ jkt }) => jkt)).size, 2);
});

test('tokens that are not bound are not kept', async (t) => {
  const { service, open, kept } = await setUp(t);
  service.state.binds = false;
  const client = open();
  assert.equal(await codeOf(client.login(ada)), 'unexpected_answer');
  assert.equal(client.user, null);
  assert.equal(kept.session, null);
});

test('the session ends when the service says so, and only then', async (t) => {
  const { service, client, kept } = await signedIn(t);
  [...service.sessions.values()].forEach((session) => {
    session.ended = true;
  });
  assert.equal(await codeOf(client.account()), 'session_revoked');
  assert.equal(kept.session, null);
});

test('where there is no IndexedDB a tab keeps the session for as long as it is open', async (t) => {
  const { clock, client } = await signedIn(t, { storage: 'bound' });
  for (let round = 0; round < 3; round++) {
    assert.ok(await client.account());
    clock.advance(FIVE_MINUTES);
  }
  await client.logout();
  assert.equal(await codeOf(client.account()), 'signed_out');
});

test('a problem names its request', async (t) => {
  const { proxy, open } = await setUp(t);
  proxy.next(LOGIN, answerWith(401, {}, '{"code":"invalid_credentials","requestId":"f3a1"}'));
  await assert.rejects(open().login(ada), { code: 'invalid_credentials', requestId: 'f3a1' });
});

/** Another service, which answers with what it was shown. @param {import('node:test').TestContext} t */
const startResource = async (t) => {
  /** @type {any[]} */
  const seen = [];
  const state = { nonce: '' };
  const server = http.createServer((request, response) => {
    const proof = request.headers.dpop && proofOf(request);
    seen.push({ authorization: request.headers.authorization, proof });
    if (state.nonce && proof.nonce !== state.nonce) {
      response.writeHead(401, { 'WWW-Authenticate': 'DPoP error="use_dpop_nonce"', 'DPoP-Nonce': state.nonce }).end();
    } else {
      response.end('{}');
    }
  });
  await new Promise((resolve) => server.listen(0, 'localhost', () => resolve(undefined)));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { seen, state, url: `http://localhost:${/** @type {any} */ (server.address()).port}` };
};

test('a service of yours gets a proof for its own address, and a nonce if it asks for one', async (t) => {
  const { url, seen, state } = await startResource(t);
  const { client } = await signedIn(t, { resources: [url] });
  assert.equal((await client.fetch(`${url}/tasks?done=no#top`, { method: 'PUT', body: 'x' })).status, 200);
  const [{ authorization, proof }] = seen;
  assert.deepEqual([proof.htm, proof.htu, proof.nonce], ['PUT', `${url}/tasks`, undefined]);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(authorization.replace('DPoP ', '')));
  assert.equal(proof.ath, Buffer.from(digest).toString('base64url'));
  state.nonce = 'wanted';
  assert.equal((await client.fetch(`${url}/tasks`)).status, 200);
  assert.deepEqual(seen.slice(1).map(({ proof: { nonce } }) => nonce), [undefined, 'wanted']);
});

test('other HTTP clients get the headers for one request', async (t) => {
  const { url } = await startResource(t);
  const { client } = await signedIn(t, { resources: [url] });
  const { DPoP, Authorization } = await client.authorization('get', `${url}/tasks?a=b`);
  const { htm, htu } = proofOf(/** @type {any} */ ({ headers: { dpop: DPoP } }));
  assert.deepEqual([htm, htu], ['GET', `${url}/tasks`]);
  assert.match(Authorization ?? '', /^DPoP /);
  assert.equal(await codeOf(client.authorization('GET', 'https://elsewhere.example.org/')), 'foreign_origin');
});

/** @param {string} challenge @param {Record<string, string>} sent @param {Record<string, string>} [more] */
const refused = (challenge, sent, more) =>
  ({ status: 401, headers: new Headers({ 'WWW-Authenticate': challenge, ...more }), sent });

test('other HTTP clients get headers for another attempt, once for each reason', async (t) => {
  const { url } = await startResource(t);
  const { client, proxy } = await signedIn(t, { resources: [url] });
  const nonceOf = (/** @type {any} */ headers) => proofOf(/** @type {any} */ ({ headers: { dpop: headers.DPoP } })).nonce;
  const first = await client.authorization('GET', url);
  const exchanges = proxy.requests(REFRESH).length;

  const wantsNonce = (/** @type {any} */ sent) => refused('DPoP error="use_dpop_nonce"', sent, { 'DPoP-Nonce': 'wanted' });
  const second = await client.authorization('GET', url, wantsNonce(first));
  assert.ok(second);
  assert.deepEqual([nonceOf(first), nonceOf(second)], [undefined, 'wanted']);
  assert.equal(await client.authorization('GET', url, wantsNonce(second)), null);
  assert.equal(proxy.requests(REFRESH).length, exchanges);

  const rejected = (/** @type {any} */ sent) => refused('DPoP error="invalid_token"', sent);
  const third = await client.authorization('GET', url, rejected(second));
  assert.ok(third);
  assert.notEqual(third.Authorization, second.Authorization);
  assert.equal(proxy.requests(REFRESH).length, exchanges + 1);
  assert.equal(await client.authorization('GET', url, rejected(third)), null);
});

test('an answer that is about neither token nor proof is no reason for another attempt', async (t) => {
  const { url } = await startResource(t);
  const { client } = await signedIn(t, { resources: [url] });
  const sent = await client.authorization('GET', url);
  for (const answer of [
    refused('Basic', sent),
    { ...refused('DPoP error="invalid_token"', sent), status: 403 },
    { ...refused('DPoP error="insufficient_scope"', sent), status: 403 },
    { status: 200, headers: new Headers({ 'DPoP-Nonce': 'next' }), sent },
  ]) {
    assert.equal(await client.authorization('GET', url, answer), null);
  }
});

test('a session can be bound with access tokens that are not, for services that do not know DPoP', async (t) => {
  const { url, seen } = await startResource(t);
  const { service, client, clock } = await signedIn(t, { resources: [url], tokenType: 'Bearer' });
  await client.fetch(url);
  assert.match(seen[0].authorization, /^Bearer /);
  assert.equal(seen[0].proof, undefined);
  assert.deepEqual(await client.account(), { id: 'ada' });
  clock.advance(FIVE_MINUTES);
  assert.deepEqual(await client.account(), { id: 'ada' });
  assert.equal(service.proofs.length, 4, 'two for the log-in, one for each exchange');
  await client.logout();
  assert.equal([...service.sessions.values()][0]?.ended, true);
});
