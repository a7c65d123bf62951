import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { startProxy } from './proxy.js';
import { REFRESH, service, somebody } from './tab.js';

/** @type {import('playwright-core').Browser} */
let chrome;

before(async () => {
  chrome = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
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

/** A browser of somebody who has signed in. @param {import('node:test').TestContext} t */
const signedIn = async (t) => {
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
  /** @param {import('playwright-core').Page} tab */
  const load = (tab) => tab.evaluate(async (issuer) => {
    const { createClient } = await import(/** @type {any} */ ('/src/index.js'));
    Object.assign(window, { latchkey: createClient({ issuer }) });
  }, service);
  const tab = await openTab();
  const person = somebody();
  await tab.evaluate((registration) => /** @type {any} */ (window).latchkey.register(registration), person);
  return { username: person.username, tab, openTab, load };
};

/** @param {import('playwright-core').Page} tab @param {'account' | 'restore' | 'sessions' | 'logout'} method */
const call = (tab, method) => tab.evaluate(async (name) => {
  try {
    return await /** @type {any} */ (window).latchkey[name]();
  } catch (error) {
    return /** @type {any} */ (error).code;
  }
}, method);

/**
 * Everything that a script of the page can take away: what is kept, what can be exported, what tabs tell each other, what
 * the page has as globals, and what the client hands out.
 * @param {import('playwright-core').Page} tab
 */
const loot = (tab) => tab.evaluate(async () => {
  /** @type {string[]} */
  const found = [document.cookie, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
  /** @type {CryptoKey[]} */
  const keys = [];
  const seen = new Set();
  /** @param {any} value */
  const collect = (value) => {
    if (value instanceof CryptoKey) {
      keys.push(value);
    } else if (value && typeof value === 'object') {
      if (!seen.has(value)) {
        seen.add(value);
        Reflect.ownKeys(value).forEach((name) => collect(value[name]));
      }
    } else {
      found.push(String(value));
    }
  };
  const untouched = document.body.appendChild(document.createElement('iframe')).contentWindow ?? window;
  const own = Reflect.ownKeys(window).filter((name) => !(name in untouched) && !/^\d+$/.test(String(name)));
  own.forEach((name) => collect(/** @type {any} */ (window)[name]));
  const { latchkey } = /** @type {any} */ (window);
  collect([await latchkey.accessToken(), await latchkey.authorization('GET', '/elsewhere'), latchkey.user]);
  /** @param {IDBRequest} request @returns {Promise<any>} */
  const done = (request) => new Promise((resolve) => {
    request.onsuccess = () => resolve(request.result);
  });
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      collect(await done(database.transaction(store).objectStore(store).getAll()));
    }
    database.close();
    const channel = new BroadcastChannel(name);
    const answer = new Promise((resolve) => {
      channel.onmessage = ({ data }) => data.type === 'session' && resolve(data);
    });
    channel.postMessage({ type: 'ask', count: 0, from: 'thief' });
    collect(await answer);
    channel.close();
  }
  let exported = 0;
  for (const key of keys.filter(({ type }) => type === 'private')) {
    for (const format of /** @type {const} */ (['jwk', 'pkcs8', 'raw'])) {
      await crypto.subtle.exportKey(/** @type {any} */ (format), key).then(() => exported++, () => {});
    }
  }
  return { found, own: own.map(String), keys: keys.map(({ type }) => type), exported };
});

test('a session in IndexedDB outlives reload and tab, and other tabs share it', async (t) => {
  const { username, tab, openTab, load } = await signedIn(t);
  await tab.reload();
  await load(tab);
  assert.equal((await call(tab, 'restore')).username, username);
  assert.equal((await call(tab, 'account')).username, username);
  const other = await openTab();
  assert.equal((await call(other, 'restore')).username, username);
  await tab.close();
  assert.equal((await call(other, 'account')).username, username);
  assert.equal((await call(other, 'sessions')).length, 1);
  await call(other, 'logout');
  assert.equal(await call(other, 'account'), 'signed_out');
  const later = await openTab();
  assert.equal(await call(later, 'restore'), null);
});

test('nothing that a script of the page can take away is of use elsewhere', async (t) => {
  const { username, tab } = await signedIn(t);
  const { found, own, keys, exported } = await loot(tab);
  assert.ok(own.includes('latchkey'), own.join());
  assert.deepEqual([keys.sort(), exported], [['private', 'public'], 0]);
  const refreshToken = found.find((text) => text.startsWith('lkr_'));
  const accessToken = found.find((text) => /^ey[\w-]+\.[\w-]+\.[\w-]+$/.test(text));
  assert.ok(refreshToken && accessToken, 'it can read the tokens');

  for (const path of [REFRESH, '/api/auth/revoke']) {
    /** @type {Response} */
    const answer = await fetch(service + path, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ refreshToken }) });
    assert.equal(answer.status, 400, path);
  }
  const proof = found.find((text) => /^ey[\w-]+\.[\w-]+\.[\w-]+$/.test(text) && text !== accessToken) ?? '';
  assert.match(Buffer.from(proof, 'base64url').toString(), /dpop\+jwt/);
  for (const headers of /** @type {Record<string, string>[]} */ ([
    { Authorization: `Bearer ${accessToken}` },
    { Authorization: `DPoP ${accessToken}` },
    { Authorization: `DPoP ${accessToken}`, DPoP: proof }, // made for another request
  ])) {
    assert.equal((await fetch(`${service}/api/accounts/me`, { headers })).status, 401, JSON.stringify(headers));
  }
  assert.equal((await call(tab, 'account')).username, username, 'nothing has changed');
  await call(tab, 'restore');
  assert.equal((await call(tab, 'sessions')).length, 1);
});

test('whoever clears IndexedDB is signed out on this device', async (t) => {
  const { tab, load } = await signedIn(t);
  await tab.evaluate(async () => {
    for (const { name = '' } of await indexedDB.databases()) {
      await new Promise((resolve) => {
        indexedDB.deleteDatabase(name).onsuccess = resolve;
      });
    }
  });
  await tab.reload();
  await load(tab);
  assert.equal(await call(tab, 'restore'), null);
});
