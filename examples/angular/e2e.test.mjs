// The whole demo in Chromium: APP_URL is its address, USERS the file with its users, and LATCHKEY_ACCESS_TOKEN_LIFETIME
// was 10s when it was started; `bash .ci/angular` does all that.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { chromium } from 'playwright-core';

const app = process.env.APP_URL ?? 'http://localhost:4200';
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
  '--disable-background-networking', '--disable-component-update'];

let browser;
let context;
let page;
let passwords;
let complaints;

before(async () => {
  assert.ok(process.env.USERS, 'USERS is the file of the demo that has the users');
  const lines = (await readFile(process.env.USERS, 'utf8')).split('\n').map((line) => line.split(' '));
  passwords = new Map(lines.filter((words) => words.length === 2));
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: quiet });
});

after(() => browser?.close());

beforeEach(async () => {
  context = await browser.newContext();
  context.setDefaultTimeout(20_000);
  complaints = [];
  page = await newTab();
});

afterEach(async () => {
  await context.close();
  assert.deepEqual(complaints, [], 'neither errors nor violations of the Content-Security-Policy');
});

/** A refused request is part of these tests; whatever else the console calls an error is one. */
async function newTab() {
  const tab = await context.newPage();
  tab.on('pageerror', (error) => complaints.push(error.message));
  tab.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      complaints.push(message.text());
    }
  });
  return tab;
}

async function logIn(username, path = '/tasks') {
  await page.goto(app + path);
  await page.waitForURL(/\/login/);
  await fillIn(page, username);
}

async function fillIn(tab, username) {
  await tab.getByLabel('User name').fill(username);
  await tab.getByLabel('Password').fill(passwords.get(username));
  await tab.getByRole('button', { name: 'Log in' }).click();
  await tab.waitForURL((url) => url.pathname !== '/login');
}

function task(title) {
  return page.getByRole('listitem').filter({ hasText: title });
}

async function add(title) {
  await page.getByLabel('New task').fill(title);
  await page.getByRole('button', { name: 'Add' }).click();
  await task(title).waitFor();
}

/** Makes the page call the tasks service, and waits until it has read what came of it. */
async function toggle(title) {
  const box = task(title).getByRole('checkbox');
  const read = page.waitForResponse((answer) => answer.request().method() === 'GET' && answer.ok());
  await box.click();
  await read;
}

function watch(path, method = 'POST') {
  const answers = [];
  page.on('response', (answer) => {
    if (answer.request().method() === method && new URL(answer.url()).pathname.startsWith(path)) {
      answers.push(answer);
    }
  });
  return answers;
}

const unique = (title) => `${title} ${crypto.randomUUID().slice(0, 8)}`;

test('tasks are added, finished and deleted', async () => {
  const title = unique('Feed the herons');
  await logIn('bob');

  await add(title);
  await toggle(title);
  await task(title).locator('.done').waitFor();

  await page.reload();
  await task(title).getByRole('checkbox', { checked: true }).waitFor();
  await task(title).getByRole('button', { name: 'Delete' }).click();
  await task(title).waitFor({ state: 'detached' });
});

test('a wrong password is refused in words', async () => {
  await page.goto(`${app}/login`);
  await page.getByLabel('User name').fill('nobody');
  await page.getByLabel('Password').fill('four quiet herons at dusk');
  await page.getByRole('button', { name: 'Log in' }).click();

  await page.getByText('User name or password is wrong.').waitFor();
});

test('customers are for managers: the wanted address is kept, and refused', async () => {
  await logIn('bob', '/customers');

  await page.getByRole('heading', { name: 'Not for you' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Customers' }).count(), 0);
});

test('customers are for managers: the wanted address is kept, and opens', async () => {
  await logIn('ada', '/customers');

  await page.getByText('Brightwater Bakery').waitFor();
  assert.equal(new URL(page.url()).pathname, '/customers');
});

test("a manager sees everybody's tasks, and cannot change them", async () => {
  const title = unique('Mend the gate');
  await logIn('bob');
  await add(title);
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.waitForURL(/\/login$/);

  await logIn('ada');
  await page.getByLabel("Everybody's tasks").click();

  await task(title).waitFor();
  assert.ok(await task(title).getByRole('checkbox').isDisabled());
});

test('a link cannot send whoever logs in to another place', async () => {
  await logIn('bob', '/login?redirect=//elsewhere.example/');

  await page.getByRole('heading', { name: 'Tasks' }).waitFor();
  assert.equal(page.url(), `${app}/tasks`);
});

test('an access token is exchanged before it expires, and nobody notices', { timeout: 60_000 }, async () => {
  const title = unique('Count the swans');
  await logIn('bob');
  await add(title);
  const exchanges = watch('/api/auth/refresh');
  const reads = watch('/tasks', 'GET');

  while (exchanges.length < 2) {
    await toggle(title);
  }

  assert.ok(exchanges.every((answer) => answer.status() === 200));
  assert.ok(reads.every((answer) => answer.ok()));
});

test('a request whose token the service rejects is repeated with another', async () => {
  await logIn('bob');
  const title = unique('Wake the owl');
  const tasks = await page.locator('meta[name=tasks]').getAttribute('content');
  const exchanges = watch('/api/auth/refresh');
  const tokens = [];
  // As if it had expired while this machine slept: the kit accepts tokens for a minute longer than they last.
  await page.route(`${tasks}/tasks`, async (route) => {
    tokens.push((await route.request().allHeaders()).authorization);
    await (tokens.length > 1 ? route.continue() : route.fulfill({
      status: 401,
      headers: {
        'Access-Control-Allow-Origin': app,
        'Access-Control-Expose-Headers': 'WWW-Authenticate',
        'WWW-Authenticate': 'DPoP error="invalid_token", algs="ES256"',
      },
    }));
  });

  await add(title);

  assert.ok(exchanges.length > 0);
  assert.notEqual(tokens[0], tokens[1]);
  assert.equal(await page.getByRole('alert').count(), 0);
});

test('a reload keeps the session, and what a script could take away is of no use elsewhere', async () => {
  await logIn('bob');

  await page.reload();

  assert.equal(await page.getByTestId('user').textContent(), 'bob');
  const { refreshToken, pair } = await page.evaluate(keepKey);
  assert.deepEqual(pair, { type: 'private', extractable: false });
  const latchkey = await page.locator('meta[name=latchkey]').getAttribute('content');
  const answer = await fetch(`${latchkey}/api/auth/refresh`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ refreshToken }),
  });
  assert.equal((await answer.json()).code, 'invalid_dpop_proof');
  assert.deepEqual(await context.cookies(), []);
});

test('a new tab has the session, and a log-out in one tab is a log-out in all', async () => {
  const title = unique('Close the barn');
  await logIn('bob');
  await add(title);
  const first = page;
  page = await newTab();
  await page.goto(`${app}/tasks`);
  await task(title).waitFor();

  await page.getByRole('button', { name: 'Log out' }).click();
  await page.waitForURL(/\/login$/);

  await first.waitForURL(/\/login$/);
  await first.getByText(title).waitFor({ state: 'detached' });
  await first.reload();
  await first.getByRole('button', { name: 'Log in' }).waitFor();
});

test('when somebody else logs in, in a tab that has slept, nothing of the first user is left', { timeout: 60_000 }, async () => {
  const slept = await context.newPage();
  await slept.addInitScript(() => { // hears of nothing, as frozen tabs do not
    Object.defineProperty(BroadcastChannel.prototype, 'onmessage', { set() {} });
  });
  await slept.goto(`${app}/login`);
  await slept.getByRole('button', { name: 'Log in' }).waitFor();
  const title = unique('Write to the baker');
  await logIn('ada');
  await add(title);

  await fillIn(slept, 'bob');

  await page.getByTestId('user').filter({ hasText: 'bob' }).waitFor();
  await page.getByLabel("Everybody's tasks").waitFor({ state: 'detached' });
  await task(title).waitFor({ state: 'detached' });
});

test('whoever has logged out is out of the tasks service, too', { timeout: 60_000 }, async () => {
  await logIn('bob');
  const sent = page.waitForRequest((request) => request.headers().authorization !== undefined);
  await page.reload();
  const { authorization } = (await sent).headers();
  await page.evaluate(keepKey);
  const tasks = await page.locator('meta[name=tasks]').getAttribute('content');
  const call = () => page.evaluate(callWithKey, [`${tasks}/tasks`, authorization]);
  assert.equal(await call(), 200);

  await page.getByRole('button', { name: 'Log out' }).click();
  await page.waitForURL(/\/login$/);

  let status = await call();
  while (status === 200) { // until the access token expires, if the service did not hear of it
    status = await call();
  }
  assert.equal(status, 401);
  const { exp } = JSON.parse(Buffer.from(authorization.split('.')[1], 'base64url').toString());
  assert.ok(Date.now() / 1000 < exp, 'the access token has not expired');
});

/** As a script does that has got into the page: it can use the key, and not export it. */
async function keepKey() {
  const [{ name }] = await indexedDB.databases();
  const database = await new Promise((resolve) => {
    indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result);
  });
  const reading = database.transaction('session').objectStore('session').getAll();
  await new Promise((resolve) => {
    reading.onsuccess = resolve;
  });
  database.close();
  const [{ refreshToken, pair }] = reading.result;
  globalThis.kept = pair;
  const { type, extractable } = pair.privateKey;
  return { refreshToken, pair: { type, extractable } };
}

async function callWithKey([url, authorization]) {
  const base64url = (binary) => btoa(String.fromCharCode(...new Uint8Array(binary)))
    .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const bytes = (text) => new TextEncoder().encode(text);
  const part = (json) => base64url(bytes(JSON.stringify(json)));
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', globalThis.kept.publicKey);
  const ath = base64url(await crypto.subtle.digest('SHA-256', bytes(authorization.replace('DPoP ', ''))));
  const claims = { jti: crypto.randomUUID(), htm: 'GET', htu: url, iat: Math.floor(Date.now() / 1000), ath };
  const text = `${part({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } })}.${part(claims)}`;
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, globalThis.kept.privateKey, bytes(text));
  const headers = { Authorization: authorization, DPoP: `${text}.${base64url(signature)}` };
  return (await fetch(url, { headers })).status;
}

test('a script that gets in can neither write HTML nor call elsewhere', async () => {
  await page.goto(`${app}/login`);

  await assert.rejects(page.evaluate(() => {
    document.body.innerHTML = '<img src="x">';
  }), /TrustedHTML/);
  await assert.rejects(page.evaluate(() => document.body.setAttribute('onclick', '1')), /TrustedScript/);
  await assert.rejects(page.evaluate(() => fetch('http://localhost:1/')));

  const said = complaints.splice(0);
  assert.ok(said.some((complaint) => complaint.includes('connect-src')), said.join());
});
