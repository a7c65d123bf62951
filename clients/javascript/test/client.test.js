import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CODES, LatchkeyError, createClient } from '../src/index.js';
import { answerWith, captivePortal, cut, startProxy } from './proxy.js';
import { codeOf, createBrowser, nextChange, password, service, somebody } from './tab.js';

/** @param {import('node:test').TestContext} t */
const setUp = async (t) => {
  const proxy = await startProxy(service);
  t.after(proxy.close);
  const client = createBrowser(t, proxy).open();
  const person = somebody();
  await client.register(person);
  return { proxy, client, person };
};

test('whoever registers is signed in', async (t) => {
  const { client, person } = await setUp(t);
  const account = await client.account();
  assert.equal(account.email, person.email);
  assert.deepEqual(client.user && { ...client.user, sessionId: '' },
    { id: account.id, username: person.username, roles: account.roles, sessionId: '' });
});

test('a registration whose address must be verified first signs nobody in', async (t) => {
  const proxy = await startProxy(service);
  t.after(proxy.close);
  const client = createBrowser(t, proxy).open();
  proxy.next('/api/accounts', answerWith(202, {}, ''));
  assert.equal(await client.register(somebody()), null);
  assert.equal(client.user, null);
});

test('a refusal tells which field breaks which rule', async (t) => {
  const { client } = await setUp(t);
  await assert.rejects(client.register({ ...somebody(), password: 'short' }), (error) => {
    assert.ok(error instanceof LatchkeyError);
    assert.equal(error.code, 'validation_failed');
    assert.equal(error.status, 400);
    assert.equal(error.errors[0]?.field, 'password');
    return true;
  });
});

test('a name that belongs to somebody else is refused', async (t) => {
  const { client, person } = await setUp(t);
  assert.equal(await codeOf(client.register({ ...somebody(), username: person.username })), 'username_taken');
});

test('names, password and address can be changed', async (t) => {
  const { client, person } = await setUp(t);
  assert.equal((await client.changeNames({ firstName: 'Ada' })).firstName, 'Ada');
  const newPassword = 'seven loud geese at dawn';
  assert.equal(await codeOf(client.changePassword({ currentPassword: 'no', newPassword })), 'wrong_password');
  await client.changePassword({ currentPassword: password, newPassword, otherSessions: 'keep' });
  assert.equal(await codeOf(client.changeEmail({ email: person.email, password })), 'wrong_password');
  await client.changeEmail({ email: somebody().email, password: newPassword });
});

test('codes by mail are asked for and redeemed without a session', async (t) => {
  const proxy = await startProxy(service);
  t.after(proxy.close);
  const client = createBrowser(t, proxy).open();
  const { email } = somebody();
  const code = 'AAAA-AAAA-AAAA-AAAA-AAAA';
  await client.requestPasswordReset({ email });
  await client.requestEmailVerification({ email });
  assert.equal(await codeOf(client.resetPassword({ code, newPassword: password })), 'invalid_code');
  assert.equal(await codeOf(client.verifyEmail({ code })), 'invalid_code');
  assert.ok(proxy.seen.every(({ headers }) => !headers.authorization));
});

test('sessions are listed and ended one by one or together', async (t) => {
  const { client, person, proxy } = await setUp(t);
  const elsewhere = () => createBrowser(t, { url: service }).open().login(person);
  const { sessionId } = await elsewhere();
  assert.equal((await client.sessions()).length, 2);
  await client.endSession(sessionId);
  assert.equal(await codeOf(client.endSession(sessionId)), 'not_found');
  await elsewhere();
  await client.endOtherSessions();
  assert.deepEqual((await client.sessions()).map(({ current }) => current), [true]);
  const change = nextChange(client);
  await client.endSession(client.user?.sessionId ?? '');
  assert.deepEqual(await change, { user: null, reason: 'logged_out' });
  assert.equal(proxy.requests('/api/auth/revoke').length, 1);
});

test('whoever deletes the account is signed out', async (t) => {
  const { client } = await setUp(t);
  assert.equal(await codeOf(client.deleteAccount({ password: 'no' })), 'wrong_password');
  assert.ok(client.user);
  await client.deleteAccount({ password });
  assert.equal(client.user, null);
});

test('an access token goes to no origin that was not named', async (t) => {
  const { client } = await setUp(t);
  const other = await startProxy(service);
  t.after(other.close);
  assert.equal(await codeOf(client.fetch(`${other.url}/api/accounts/me`)), 'foreign_origin');
  assert.equal(await codeOf(client.fetch('data:text/plain,x')), 'foreign_origin');
  assert.equal(other.seen.length, 0);
});

test('an access token does not follow a redirect to an origin that was not named', async (t) => {
  const { client, proxy } = await setUp(t);
  const other = await startProxy(service);
  t.after(other.close);
  proxy.next('/tasks', answerWith(307, { Location: `${other.url}/api/accounts/me` }, ''));
  assert.equal((await client.fetch(`${proxy.url}/tasks`)).status, 401);
  assert.deepEqual(other.seen.map(({ headers }) => headers.authorization), [undefined]);
});

test('an access token goes to the resources that were named', async (t) => {
  const [proxy, other] = [await startProxy(service), await startProxy(service)];
  t.after(proxy.close);
  t.after(other.close);
  const client = createBrowser(t, proxy, { resources: [other.url] }).open();
  await client.register(somebody());
  assert.equal((await client.fetch(new URL('/api/accounts/me', other.url))).status, 200);
});

test('no token is part of an address, and no cookie is asked for unless in cookie mode', async (t) => {
  const { client, proxy } = await setUp(t);
  const token = await client.accessToken();
  await client.logout();
  assert.ok(proxy.seen.every(({ path, headers }) => !path.includes(token) && !headers['latchkey-refresh-token']));
});

test('a log-out outlives its page', async (t) => {
  const proxy = await startProxy(service);
  t.after(proxy.close);
  /** @type {Map<unknown, RequestInit | undefined>} */
  const sent = new Map();
  const client = createBrowser(t, proxy).open({
    fetch: (input, init) => {
      sent.set(input, init);
      return fetch(input, init);
    },
  });
  await client.register(somebody());
  await client.logout();
  assert.equal(sent.get(`${proxy.url}/api/auth/revoke`)?.keepalive, true);
});

test('a service that cannot be reached, or somebody who answers in its place, is an error of its own', async (t) => {
  const { client, proxy } = await setUp(t);
  proxy.next('/api/accounts/me', cut, captivePortal);
  assert.equal(await codeOf(client.account()), 'network_error');
  assert.equal(await codeOf(client.account()), 'unexpected_answer');
  assert.ok(await client.account());
});

test('a redirect of Latchkey itself is not followed', async (t) => {
  const { client, proxy } = await setUp(t);
  const other = await startProxy(service);
  t.after(other.close);
  proxy.next('/api/auth/login', answerWith(307, { Location: `${other.url}/api/auth/login` }, ''));
  assert.equal(await codeOf(client.login({ username: 'ada', password })), 'network_error');
  assert.equal(other.seen.length, 0);
});

test('a listener that throws disturbs nobody', async (t) => {
  const { client, person } = await setUp(t);
  /** @type {unknown[]} */
  const thrown = [];
  t.mock.method(globalThis, 'queueMicrotask', async (/** @type {() => void} */ job) => {
    try {
      await job();
    } catch (error) {
      thrown.push(error);
    }
  });
  client.subscribe(() => {
    throw new Error('of the page');
  });
  const change = nextChange(client);
  assert.ok(await client.login(person));
  assert.ok(await change);
  assert.match(String(thrown), /of the page/);
});

test('the codes are those of the service and four of the client', () => {
  const file = '../../../adapters-web/src/main/java/dev/latchkey/adapters/web/problem/ProblemCode.java';
  const source = readFileSync(new URL(file, import.meta.url), 'utf8');
  const codes = [...source.matchAll(/^ {2}([A-Z_]+)\(/gm)].map(([, name]) => String(name).toLowerCase());
  const own = ['network_error', 'signed_out', 'foreign_origin', 'unexpected_answer'];
  assert.deepEqual(new Set(CODES), new Set([...codes, ...own]));
});

test('the interface is what the documentation lists', () => {
  const client = createClient({ url: service });
  client.close();
  assert.deepEqual(Object.keys(client).sort(), [
    'accessToken', 'account', 'authorization', 'changeEmail', 'changeNames', 'changePassword', 'close', 'deleteAccount',
    'endOtherSessions', 'endSession', 'fetch', 'login', 'logout', 'register', 'requestEmailVerification',
    'requestPasswordReset', 'resetPassword', 'restore', 'sessions', 'subscribe', 'user', 'verifyEmail',
  ]);
});
