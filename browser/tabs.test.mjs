// Nobody is logged out by accident: tabs that refresh at once, tabs that sleep, lost answers, wrong clocks, refusals that
// pass, restarts. With the client library, in Chromium, for each place that keeps the refresh token.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { launch } from './chromium.mjs';
import { startProxy } from './proxy.mjs';
import { freePort, startService } from './service.mjs';

const PASSWORD = 'four quiet herons at dusk';
const ROUNDS = Number(process.env.ROUNDS ?? 100);

let browser;
let service;
let proxy;
let people = 0;

before(async () => {
  const port = await freePort();
  [browser, service] = await Promise.all([
    launch(),
    startService({
      LATCHKEY_ISSUER: `http://localhost:${port}`,
      // Cheap, because most of this is not about passwords; and everybody comes from one network.
      LATCHKEY_PASSWORD_HASHING_MEMORY: '64',
      LATCHKEY_LIMITS_REGISTRATIONS_PER_NETWORK: '100000',
    }),
  ]);
  proxy = await startProxy({ port, target: service.port });
});

after(async () => {
  await browser?.close();
  await proxy?.close();
  await service?.stop('SIGTERM');
});

afterEach(() => proxy.forget());

/** A page of the service with a client of the library, as `latchkey`, and all that it tells its listeners. */
async function openTab(context, storage) {
  const page = await context.newPage();
  await page.goto(`${proxy.url}/`);
  await page.evaluate(async (mode) => {
    const { createClient } = await import('/pages/client/index.js');
    globalThis.latchkey = createClient({ storage: mode });
    globalThis.changes = [];
    globalThis.latchkey.subscribe((change) => globalThis.changes.push(change));
    await globalThis.latchkey.restore();
  }, storage);
  return page;
}

const signUp = (page) => page.evaluate(
  (registration) => globalThis.latchkey.register(registration),
  { username: `t${Date.now().toString(36)}${people}`, email: `t${people++}-${Date.now()}@example.org`, password: PASSWORD });

const call = (page, init) => page.evaluate(
  (given) => globalThis.latchkey.fetch('/resource', given).then(
    async (answer) => ({ status: answer.status, body: await answer.text() }),
    (error) => ({ failed: error.code ?? String(error) })),
  init);

const user = (page) => page.evaluate(() => globalThis.latchkey.user?.username ?? null);

const exchanges = () => proxy.requests.filter(({ url }) => url === '/api/auth/refresh').length;

/** Every call got through, and everybody is who they were. */
async function nobodyWasLoggedOut(pages, answers) {
  assert.deepEqual(answers.filter(({ status }) => status !== 200), []);
  for (const page of pages) {
    assert.notEqual(await user(page), null);
    const endings = await page.evaluate(() => globalThis.changes.filter((change) => change.user === null));
    assert.deepEqual(endings, []);
  }
  assert.equal(service.events('refresh_token_reused'), 0);
}

async function threeTabs(storage, prepare = () => {}) {
  const context = await browser.newContext();
  await prepare(context);
  const first = await openTab(context, storage);
  await signUp(first);
  const pages = [first, await openTab(context, storage), await openTab(context, storage)];
  const names = await Promise.all(pages.map(user));
  assert.deepEqual(names, [names[0], names[0], names[0]], 'all tabs have the session of the first');
  await nobodyWasLoggedOut(pages, await Promise.all(pages.map((page) => call(page))));
  return { context, pages };
}

const ONE_MINUTE = { timeout: 60_000 };

for (const storage of ['bound', 'cookie', 'memory', 'local']) {
  describe(`with the refresh token in ${storage}`, () => {
    test(`three tabs that refresh at the same instant, ${ROUNDS} times`, { timeout: 300_000 }, async () => {
      const { context, pages } = await threeTabs(storage);
      for (let round = 0; round < ROUNDS; round++) {
        proxy.expire();
        await nobodyWasLoggedOut([], await Promise.all(pages.map((page) => call(page))));
      }
      await nobodyWasLoggedOut(pages, await Promise.all(pages.map((page) => call(page))));
      await context.close();
    });

    test('a tab that sleeps over several exchanges of another', ONE_MINUTE, async () => {
      const { context, pages: [awake, asleep] } = await threeTabs(storage);
      const devtools = await context.newCDPSession(asleep);
      for (let nights = 0; nights < 3; nights++) {
        await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
        for (let exchanged = 0; exchanged < 4; exchanged++) {
          proxy.expire();
          await nobodyWasLoggedOut([awake], [await call(awake)]);
        }
        proxy.expire();
        await devtools.send('Page.setWebLifecycleState', { state: 'active' });
        await nobodyWasLoggedOut([awake, asleep], [await call(asleep), await call(awake)]);
      }
      await context.close();
    });

    test('answers of the service that get lost', ONE_MINUTE, async () => {
      const { context, pages } = await threeTabs(storage);
      for (let round = 0; round < 5; round++) {
        proxy.expire();
        proxy.next('/api/auth/refresh', 2, { loseAnswer: true });
        proxy.next('/api/auth/refresh', 1, { cut: true });
        await nobodyWasLoggedOut(pages, await Promise.all(pages.map((page) => call(page))));
        assert.equal(proxy.pending(), 0);
      }
      await context.close();
    });

    test('a browser that goes offline in the middle of an exchange', ONE_MINUTE, async () => {
      const { context, pages } = await threeTabs(storage);
      proxy.expire();
      const lost = proxy.next('/api/auth/refresh', 1, { loseAnswer: true });
      const answers = Promise.all(pages.map((page) => call(page)));
      await lost;
      await context.setOffline(true);
      const offline = call(pages[0]);
      assert.notEqual(await user(pages[0]), null);
      await context.setOffline(false);
      await Promise.all([answers, offline]);
      await nobodyWasLoggedOut(pages, await Promise.all(pages.map((page) => call(page))));
      await context.close();
    });

    test('a clock that is two hours wrong, and jumps', ONE_MINUTE, async () => {
      for (const wrong of [-2, 2]) {
        const { context, pages } = await threeTabs(storage, (each) => each.addInitScript((hours) => {
          const { now } = Date;
          globalThis.hours = hours;
          Date.now = () => now() + globalThis.hours * 3_600_000;
        }, wrong));
        const earlier = exchanges();
        await nobodyWasLoggedOut(pages, await Promise.all(pages.map((page) => call(page))));
        for (const page of pages) {
          await page.evaluate(() => {
            globalThis.hours = -globalThis.hours;
          });
        }
        await nobodyWasLoggedOut(pages, await Promise.all(pages.map((page) => call(page))));
        assert.equal(exchanges(), earlier, 'no exchange for a clock');
        proxy.expire();
        await nobodyWasLoggedOut(pages, await Promise.all(pages.map((page) => call(page))));
        await context.close();
      }
    });

    test('refusals that pass', ONE_MINUTE, async () => {
      const { context, pages } = await threeTabs(storage);
      for (const refusal of [
        { status: 429, headers: { 'Retry-After': '1', 'Content-Type': 'application/problem+json' },
          body: '{"status":429,"code":"too_many_attempts"}' },
        { status: 503, headers: { 'Retry-After': '1', 'Content-Type': 'application/problem+json' },
          body: '{"status":503,"code":"overloaded"}' },
        { status: 502, headers: { 'Content-Type': 'text/html' }, body: '<h1>Bad gateway</h1>' },
        { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<h1>Please accept the terms of this hotel</h1>' },
      ]) {
        proxy.expire();
        proxy.next('/api/auth/refresh', 2, refusal);
        await nobodyWasLoggedOut(pages, await Promise.all(pages.map((page) => call(page))));
        assert.equal(proxy.pending(), 0);
      }
      await context.close();
    });

    test('a form that is sent with a token that has expired is sent again, whole', ONE_MINUTE, async () => {
      const { context, pages: [page] } = await threeTabs(storage);
      proxy.expire();
      const body = 'x'.repeat(50_000);
      assert.deepEqual(await call(page, { method: 'POST', body }), { status: 200, body });
      await context.close();
    });

    test('log-out and log-in reach all tabs', ONE_MINUTE, async () => {
      const { context, pages } = await threeTabs(storage);
      await pages[1].evaluate(() => globalThis.latchkey.logout());
      for (const page of pages) {
        await page.waitForFunction(() => globalThis.latchkey.user === null);
      }
      assert.equal((await call(pages[0])).failed, 'signed_out');
      const next = await signUp(pages[2]);
      for (const page of pages) {
        await page.waitForFunction((name) => globalThis.latchkey.user?.username === name, next.username);
      }
      const answers = await Promise.all(pages.map((page) => call(page)));
      assert.deepEqual(answers.map(({ status }) => status), [200, 200, 200]);
      await context.close();
    });
  });
}

test('a service that is stopped, killed and started again', { timeout: 300_000 }, async () => {
  const all = await Promise.all(['bound', 'cookie', 'memory', 'local'].map((storage) => threeTabs(storage)));
  const pages = all.flatMap((each) => each.pages);
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    proxy.expire();
    const during = Promise.all(pages.map((page) => call(page)));
    await service.stop(signal);
    await service.start();
    await during;
    proxy.expire();
    await nobodyWasLoggedOut(pages, await Promise.all(pages.map((page) => call(page))));
  }
  await Promise.all(all.map(({ context }) => context.close()));
});
