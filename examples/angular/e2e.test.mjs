// The whole demo in Chromium: APP_URL is its address, USERS the file with its users, and LATCHKEY_ACCESS_TOKEN_LIFETIME
// was 3s when it was started; `bash .ci/angular` does all that.

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
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password').fill(passwords.get(username));
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL((url) => url.pathname !== '/login');
}

/** As its own pages do, which are of another origin than this application, and have the same cookie. */
async function logInAtLatchkey(username) {
  const latchkey = await page.locator('meta[name=latchkey]').getAttribute('content');
  const answer = await fetch(`${latchkey}/api/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Latchkey-Refresh-Token': 'cookie', Origin: latchkey },
    body: JSON.stringify({ username, password: passwords.get(username) }),
  });
  assert.equal(answer.status, 200);
  const [, name, value] = /^([^=]+)=([^;]+);/.exec(answer.headers.get('Set-Cookie'));
  const like = { domain: 'localhost', path: '/', secure: true, httpOnly: true, sameSite: 'Strict' };
  await context.addCookies([{ name, value, ...like }]);
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

test('a request whose token the service finds expired is repeated', { timeout: 60_000 }, async () => {
  // As on a laptop that slept: its clock stood still, so the client takes the token for valid.
  await page.addInitScript(() => {
    performance.now = () => 0;
  });
  const title = unique('Wake the owl');
  await logIn('bob');
  await add(title);
  const changes = watch('/tasks/', 'PATCH');
  const reads = watch('/tasks', 'GET');
  const refused = () => [...changes, ...reads].filter((answer) => answer.status() === 401);

  while (refused().length === 0) {
    await toggle(title);
    assert.equal(await page.getByRole('alert').count(), 0);
  }

  assert.ok(refused().every((answer) => answer.headers()['token-expired'] === 'true'));
});

test('a reload keeps the session, with nothing that a script could take away', async () => {
  await logIn('bob');

  await page.reload();

  assert.equal(await page.getByTestId('user').textContent(), 'bob');
  const readable = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
  assert.doesNotMatch(readable, /lkr_|eyJ/);
  const [cookie] = await context.cookies();
  assert.equal(cookie.name, '__Host-latchkey');
  assert.ok(cookie.httpOnly);
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
  assert.deepEqual(await context.cookies(), []);
});

test('somebody else who logs in at Latchkey itself sees nothing of the first user', { timeout: 60_000 }, async () => {
  const title = unique('Write to the baker');
  await logIn('ada');
  await add(title);

  await logInAtLatchkey('bob');
  const user = page.getByTestId('user');
  while ((await user.textContent()) === 'ada') {
    await page.getByRole('link', { name: 'Tasks' }).click();
    await page.getByLabel("Everybody's tasks").click({ timeout: 500 }).catch(() => {}); // gone, when bob is there
  }

  await page.getByLabel("Everybody's tasks").waitFor({ state: 'detached' });
  await task(title).waitFor({ state: 'detached' });
  assert.equal(await user.textContent(), 'bob');
});

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
