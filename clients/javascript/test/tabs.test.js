import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdAnswer, pass, refuseWith, startProxy } from './proxy.js';
import { REFRESH, codeOf, createBrowser, nextChange, service, somebody } from './tab.js';

const FIVE_MINUTES = 300_000;

/** Two tabs of one session, each with an access token. @param {import('node:test').TestContext} t */
const twoTabs = async (t, platform = {}) => {
  const proxy = await startProxy(service);
  t.after(proxy.close);
  const { clock, open } = createBrowser(t, proxy);
  const [first, second] = [open(), open(platform)];
  const person = somebody();
  await first.register(person);
  await second.restore();
  return { proxy, clock, open, first, second, person };
};

/** A channel whose messages wait while the tab sleeps, as browsers freeze tabs. */
const sleepyChannel = () => {
  /** @type {any[]} */
  const mail = [];
  let asleep = false;
  /** @type {(event: any) => void} */
  let deliver = () => {};
  return {
    /** @param {string} name */
    channel: (name) => {
      const channel = new BroadcastChannel(name);
      channel.onmessage = (event) => (asleep ? mail.push(event) : deliver(event));
      return {
        set onmessage(/** @type {any} */ listener) {
          deliver = listener;
        },
        postMessage: (/** @type {any} */ message) => channel.postMessage(message),
        close: () => channel.close(),
      };
    },
    sleep: () => {
      asleep = true;
    },
    loseMail: () => {
      asleep = false;
      mail.length = 0;
    },
    wake: () => {
      asleep = false;
      mail.splice(0).forEach(deliver);
    },
  };
};

test('a new tab takes up the session of another, without an exchange', async (t) => {
  const { proxy, first, second } = await twoTabs(t);
  assert.deepEqual(second.user, first.user);
  assert.equal(await second.accessToken(), await first.accessToken());
  assert.equal(proxy.requests(REFRESH).length, 0);
});

test('a browser in which nobody is signed in restores nothing', async (t) => {
  const proxy = await startProxy(service);
  t.after(proxy.close);
  const tab = createBrowser(t, proxy).open();
  assert.equal(await tab.restore(), null);
  assert.equal(await codeOf(tab.accessToken()), 'signed_out');
  assert.equal(proxy.seen.length, 0);
});

test('two tabs that exchange at the same moment both stay signed in', async (t) => {
  const { clock, first, second } = await twoTabs(t);
  for (let round = 0; round < 5; round++) {
    clock.advance(FIVE_MINUTES);
    await Promise.all([first.account(), second.account()]);
  }
  assert.equal(first.user?.sessionId, second.user?.sessionId);
});

test('a tab waits for the exchange of another instead of starting one', async (t) => {
  const { proxy, clock, first, second } = await twoTabs(t);
  clock.advance(FIVE_MINUTES);
  const held = holdAnswer();
  proxy.next(REFRESH, held.fault);
  const one = first.accessToken();
  await held.arrived;
  const other = second.accessToken();
  held.release();
  assert.equal(await one, await other);
  assert.equal(proxy.requests(REFRESH).length, 1);
});

test('a tab that died in its exchange delays the others for a time-out only, and they repeat it', async (t) => {
  const { proxy, clock, first, second } = await twoTabs(t);
  first.close();
  clock.advance(FIVE_MINUTES);
  const dying = new BroadcastChannel(`latchkey memory ${proxy.url}/`);
  const key = 'the-name-of-its-exchange';
  dying.postMessage({ from: 'dying', type: 'exchanging', id: second.user?.sessionId, count: 0, key });
  dying.close();
  await new Promise((resolve) => setTimeout(resolve)); // The message is on its way.
  const call = second.accessToken();
  await clock.waitFor(2, 10_000); // The dying tab has its time-out, and so does waiting for any.
  assert.equal(proxy.requests(REFRESH).length, 0);
  clock.advance(10_000);
  await call;
  assert.deepEqual(proxy.requests(REFRESH).map(({ headers }) => headers['idempotency-key']), [key]);
  clock.advance(FIVE_MINUTES);
  await second.account(); // Nobody waits for it again.
});

test('a tab that has slept through two exchanges asks before it presents its spent token', async (t) => {
  const sleepy = sleepyChannel();
  const { proxy, clock, first, second } = await twoTabs(t, { channel: sleepy.channel });
  sleepy.sleep();
  for (let round = 0; round < 2; round++) {
    clock.advance(FIVE_MINUTES);
    await first.account();
  }
  sleepy.loseMail();
  assert.equal(await second.accessToken(), await first.accessToken());
  assert.equal(proxy.requests(REFRESH).length, 2);
});

test('a refusal is not believed while another tab has a newer token', async (t) => {
  const sleepy = sleepyChannel();
  const { proxy, clock, first, second } = await twoTabs(t, { channel: sleepy.channel });
  sleepy.sleep();
  clock.advance(FIVE_MINUTES);
  await first.account();
  const held = holdAnswer(refuseWith(401, 'refresh_token_reused'));
  proxy.next(REFRESH, held.fault);
  const call = second.account();
  await held.arrived;
  sleepy.wake();
  held.release();
  await call;
  assert.ok(second.user);
  assert.ok(first.user);
});

test('a sign-in is a sign-in in every tab', async (t) => {
  const proxy = await startProxy(service);
  t.after(proxy.close);
  const { open } = createBrowser(t, proxy);
  const [first, second] = [open(), open()];
  const change = nextChange(second);
  const user = await first.register(somebody());
  assert.deepEqual(await change, { user, reason: null });
});

test('a log-in in one tab aborts the exchange of another, and its late answer counts for nothing', async (t) => {
  const { proxy, clock, first, second, person } = await twoTabs(t);
  clock.advance(FIVE_MINUTES);
  const held = holdAnswer();
  proxy.next(REFRESH, held.fault);
  const call = second.account();
  await held.arrived;
  const user = await first.login(person);
  held.release();
  await clock.passUntil(call);
  assert.equal(second.user?.sessionId, user.sessionId);
  assert.equal(proxy.requests(REFRESH).length, 1);
});

test('a log-in shows the service the session that it replaces', async (t) => {
  const { first, person } = await twoTabs(t);
  await first.login(person);
  assert.equal((await first.sessions()).length, 1);
});

test('what somebody asks for is never done as somebody else who has signed in meanwhile', async (t) => {
  const { proxy, first, second } = await twoTabs(t);
  const bob = await first.register(somebody());
  const held = holdAnswer(refuseWith(401, 'access_token_expired', { 'Token-Expired': 'true' }));
  proxy.next('/api/accounts/me', held.fault);
  await first.accessToken();
  const change = first.changeNames({ firstName: 'Bob' });
  await held.arrived;
  const seen = nextChange(first);
  const ada = await second.register(somebody());
  await seen;
  held.release();
  assert.equal(await codeOf(change), 'signed_out');
  assert.notEqual(ada?.id, bob?.id);
  assert.equal((await first.account()).firstName, undefined);
});

test('every tab shows whoever signed in last, also of those who did so within one second', async (t) => {
  const { open, first } = await twoTabs(t);
  for (let round = 0; round < 12; round++) {
    const user = await open().register(somebody()); // in a tab that knows of no session
    await open().restore(); // answered by the others, which have heard of the sign-in by then
    assert.equal(first.user?.id, user?.id);
  }
});

test('a refused log-in leaves the session alone', async (t) => {
  const { first, second, person } = await twoTabs(t);
  assert.equal(await codeOf(first.login({ ...person, password: 'another one' })), 'invalid_credentials');
  assert.ok(await first.account());
  assert.ok(await second.account());
});

test('a log-out is a log-out in every tab', async (t) => {
  const { first, second } = await twoTabs(t);
  const change = nextChange(second);
  await first.logout();
  assert.deepEqual(await change, { user: null, reason: 'logged_out' });
  assert.equal(await codeOf(second.account()), 'signed_out');
  assert.equal(await second.restore(), null);
});

test('the late answer of an exchange does not sign in again whoever logged out meanwhile', async (t) => {
  const { proxy, clock, first, second } = await twoTabs(t);
  clock.advance(FIVE_MINUTES);
  const held = holdAnswer();
  proxy.next(REFRESH, held.fault, pass);
  const call = codeOf(second.accessToken());
  await held.arrived;
  await first.logout();
  held.release();
  assert.equal(await clock.passUntil(call), 'signed_out');
  assert.equal(first.user, null);
  assert.equal(second.user, null);
});

test('whoever logs out while a log-in is under way is out', async (t) => {
  const { proxy, first, second, person } = await twoTabs(t);
  const held = holdAnswer();
  proxy.next('/api/auth/login', held.fault);
  const login = first.login(person);
  await held.arrived;
  const logout = first.logout();
  held.release();
  await Promise.all([login, logout]);
  assert.equal(first.user, null);
  assert.equal(await second.restore(), null);
  const { body } = proxy.requests('/api/auth/revoke').at(-1) ?? {};
  assert.ok(body.refreshToken);
  const answer = await fetch(`${service}${REFRESH}`,
    { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  assert.equal(answer.status, 401);
});

test('a tab that slept during the log-out does not bring the session back', async (t) => {
  const sleepy = sleepyChannel();
  const { first, second } = await twoTabs(t, { channel: sleepy.channel });
  sleepy.sleep();
  await first.logout();
  sleepy.loseMail();
  assert.ok(second.user);
  assert.equal(await first.restore(), null);
  assert.equal(await codeOf(second.account()), 'signed_out');
  assert.equal(await first.restore(), null);
});

test('a log-out works without the service', async (t) => {
  const { proxy, first, second } = await twoTabs(t);
  const change = nextChange(second);
  proxy.close();
  await first.logout();
  assert.equal(first.user, null);
  assert.deepEqual(await change, { user: null, reason: 'logged_out' });
});

test('a closed client leaves the session to the others', async (t) => {
  const { first, second } = await twoTabs(t);
  first.close();
  assert.equal(await codeOf(first.accessToken()), 'signed_out');
  assert.ok(await second.account());
});
