import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { cut, holdAnswer, loseAnswer, refuseWith, startProxy } from './proxy.js';
import { REFRESH, password, service, somebody } from './tab.js';

/** @typedef {{ latchkey: import('../src/types.js').Client }} Page */

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** @type {import('playwright-core').Browser} */
let chrome;

before(async () => {
  chrome = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
});

after(() => chrome.close());

/** On the origin of the service, a page and the modules of this library. @param {string} path */
const pages = async (path) => {
  if (path === '/') {
    return { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<!doctype html><title>A page</title>' };
  }
  if (path.startsWith('/src/')) {
    const body = await readFile(new URL(`..${path}`, import.meta.url));
    return { status: 200, headers: { 'Content-Type': 'text/javascript' }, body };
  }
  return undefined;
};

/** A browser with an empty jar. @param {import('node:test').TestContext} t */
const openBrowser = async (t) => {
  const proxy = await startProxy(service, pages);
  const context = await chrome.newContext();
  t.after(async () => {
    await context.close();
    proxy.close();
  });
  const openTab = async () => {
    const tab = await context.newPage();
    await tab.goto(proxy.url);
    await load(tab);
    return tab;
  };
  return { proxy, context, openTab, cookie: async () => (await context.cookies())[0]?.value };
};

/** @param {import('playwright-core').Page} tab */
const load = (tab) => tab.evaluate(async () => {
  const { createClient } = await import(/** @type {any} */ ('/src/index.js'));
  Object.assign(window, { latchkey: createClient({ storage: 'cookie' }) });
});

/**
 * Calls a method of the client in the page; what it throws comes back as its code.
 * @param {import('playwright-core').Page} tab
 * @param {keyof import('../src/types.js').Client} method
 * @param {any[]} parameters
 * @returns {Promise<any>}
 */
const call = (tab, method, ...parameters) => tab.evaluate(async (/** @type {[string, any[]]} */ [name, list]) => {
  try {
    return await /** @type {any} */ (window).latchkey[name](...list);
  } catch (error) {
    return /** @type {any} */ (error).code;
  }
}, /** @type {[string, any[]]} */ ([method, parameters]));

/** @param {import('playwright-core').Page} tab */
const user = (tab) => tab.evaluate(() => /** @type {any} */ (window).latchkey.user);

test('the refresh token is in a cookie that no script can read', async (t) => {
  const { openTab, context } = await openBrowser(t);
  const tab = await openTab();
  await call(tab, 'register', somebody());
  const [cookie] = await context.cookies();
  assert.equal(cookie?.name, '__Host-latchkey');
  assert.ok(cookie.httpOnly && cookie.secure && cookie.sameSite === 'Strict');
  await tab.reload();
  await load(tab);
  await call(tab, 'restore');
  const readable = await tab.evaluate(() => document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage }));
  assert.equal(readable, '{}');
});

test('a session outlives the reload of its page, and its browser restores it without another tab', async (t) => {
  const { openTab, proxy } = await openBrowser(t);
  const tab = await openTab();
  const registered = await call(tab, 'register', somebody());
  await tab.reload();
  await load(tab);
  assert.deepEqual(await call(tab, 'restore'), registered);
  assert.equal((await call(tab, 'sessions')).length, 1);
  assert.deepEqual(proxy.requests(REFRESH).map(({ status, body }) => [status, body]), [[200, {}]]);
});

test('a browser in which nobody is signed in restores nothing, and nothing is thrown', async (t) => {
  const { openTab } = await openBrowser(t);
  assert.equal(await call(await openTab(), 'restore'), null);
});

test('a new tab takes up the session of another without an exchange', async (t) => {
  const { openTab, proxy } = await openBrowser(t);
  const first = await openTab();
  const registered = await call(first, 'register', somebody());
  const second = await openTab();
  assert.deepEqual(await call(second, 'restore'), registered);
  assert.equal(await call(second, 'accessToken'), await call(first, 'accessToken'));
  assert.equal(proxy.requests(REFRESH).length, 0);
});

test('a lost answer is asked for again under the same name, also after a reload', async (t) => {
  const { openTab, proxy } = await openBrowser(t);
  const tab = await openTab();
  await call(tab, 'register', somebody());
  await tab.reload();
  await load(tab);
  const lost = holdAnswer(loseAnswer);
  proxy.next(REFRESH, lost.fault, ...Array(20).fill(cut));
  const restoring = call(tab, 'restore').catch(() => {});
  await lost.arrived;
  await tab.reload();
  await restoring;
  proxy.next(REFRESH);
  await load(tab);
  assert.ok((await call(tab, 'restore')).id);
  assert.equal(new Set(proxy.requests(REFRESH).map(({ headers }) => headers['idempotency-key'])).size, 1);
});

test('an exchange that a log-in in another tab has aborted does not touch the new cookie', async (t) => {
  const { openTab, proxy, cookie } = await openBrowser(t);
  const person = somebody();
  const first = await openTab();
  await call(first, 'register', person);
  await first.reload();
  await load(first);
  const second = await openTab();
  const held = holdAnswer();
  proxy.next(REFRESH, held.fault);
  const restoring = call(first, 'restore');
  await held.arrived;
  const signedIn = await call(second, 'login', person);
  const fresh = await cookie();
  held.release();
  assert.deepEqual(await restoring, signedIn);
  assert.equal(await cookie(), fresh);
});

test('a log-out is one in every tab, and removes the cookie', async (t) => {
  const { openTab, cookie } = await openBrowser(t);
  const [first, second] = [await openTab(), await openTab()];
  await call(first, 'register', somebody());
  await call(second, 'restore');
  const heard = second.evaluate(() => {
    const { latchkey } = /** @type {any} */ (window);
    return new Promise((resolve) => latchkey.subscribe(resolve));
  });
  await call(first, 'logout');
  assert.deepEqual(await heard, { user: null, reason: 'logged_out' });
  assert.equal(await cookie(), undefined);
  assert.equal(await call(second, 'restore'), null);
});

test('a log-out that the service did not hear of is made up for before the session could come back', async (t) => {
  const { openTab, proxy, cookie, context } = await openBrowser(t);
  const tab = await openTab();
  await call(tab, 'register', somebody());
  await context.setOffline(true);
  await call(tab, 'logout');
  assert.equal(await user(tab), null);
  await context.setOffline(false);
  assert.ok(await cookie());
  proxy.next('/api/auth/revoke', refuseWith(503, 'storage_unavailable'));
  await tab.reload();
  await load(tab);
  assert.equal(await call(tab, 'restore'), null);
  assert.ok(await cookie());
  assert.equal(await call(tab, 'restore'), null);
  assert.equal(await cookie(), undefined);
  assert.equal(proxy.requests(REFRESH).length, 0);
});

test('whoever logs in after such a log-out stays signed in', async (t) => {
  const { openTab, proxy } = await openBrowser(t);
  const tab = await openTab();
  const person = somebody();
  await call(tab, 'register', person);
  proxy.next('/api/auth/revoke', refuseWith(503, 'storage_unavailable'));
  await call(tab, 'logout');
  const signedIn = await call(tab, 'login', person);
  assert.equal((await call(tab, 'sessions')).length, 1);
  await tab.reload();
  await load(tab);
  assert.deepEqual(await call(tab, 'restore'), signedIn);
});

test('a service that is overloaded, or a log-in that is refused, keeps the session', async (t) => {
  const { openTab, proxy } = await openBrowser(t);
  const tab = await openTab();
  const person = somebody();
  const registered = await call(tab, 'register', person);
  assert.equal(await call(tab, 'login', { ...person, password: `not ${password}` }), 'invalid_credentials');
  await tab.reload();
  await load(tab);
  proxy.next(REFRESH, refuseWith(503, 'overloaded', { 'Retry-After': '60' }));
  assert.equal(await call(tab, 'restore'), 'overloaded');
  await tab.reload();
  await load(tab);
  assert.deepEqual(await call(tab, 'restore'), registered);
});

test('a session that was ended elsewhere ends here', async (t) => {
  const { openTab } = await openBrowser(t);
  const { openTab: openElsewhere } = await openBrowser(t);
  const person = somebody();
  const [tab, elsewhere] = [await openTab(), await openElsewhere()];
  await call(tab, 'register', person);
  await call(elsewhere, 'login', person);
  await call(elsewhere, 'endOtherSessions');
  assert.equal(await call(tab, 'account'), 'session_revoked');
  assert.equal(await user(tab), null);
  assert.equal(await call(tab, 'restore'), null);
});

test('a log-in waits for the log-out of another tab, whose late answer would take the new cookie away', async (t) => {
  const { openTab, proxy } = await openBrowser(t);
  const person = somebody();
  const [first, second] = [await openTab(), await openTab()];
  await call(first, 'register', person);
  const held = holdAnswer();
  proxy.next('/api/auth/revoke', held.fault);
  const leaving = call(first, 'logout');
  await held.arrived;
  const entering = call(second, 'login', person);
  await Promise.race([entering, new Promise((resolve) => setTimeout(resolve, 500))]);
  held.release();
  await leaving;
  const signedIn = await entering;
  await Promise.all([first.reload(), second.reload()]);
  await load(second);
  assert.deepEqual(await call(second, 'restore'), signedIn);
});

test('two tabs in which two people log in at once show the one whose cookie stays', async (t) => {
  const { openTab, proxy } = await openBrowser(t);
  const [ada, bob] = [somebody(), somebody()];
  const [first, second] = [await openTab(), await openTab()];
  await call(first, 'register', ada);
  await call(first, 'register', bob);
  const held = holdAnswer();
  proxy.next('/api/auth/login', held.fault);
  const one = call(first, 'login', ada);
  await held.arrived;
  const other = call(second, 'login', bob);
  await Promise.race([other, new Promise((resolve) => setTimeout(resolve, 1_500))]);
  held.release();
  await Promise.all([one, other]);
  await first.waitForFunction((name) => /** @type {any} */ (window).latchkey.user.username === name, bob.username);
  await Promise.all([first.reload(), second.reload()]);
  await load(second);
  assert.equal((await call(second, 'restore')).username, bob.username);
});
