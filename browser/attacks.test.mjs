// What other sites, and scripts that got into a page, can do to somebody who is signed in. In Chromium, by TLS, which a
// proxy in front of the service provides.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './chromium.mjs';
import { startProxy } from './proxy.mjs';
import { freePort, startService } from './service.mjs';

const PASSWORD = 'four quiet herons at dusk';
const HEADER = 'Latchkey-Refresh-Token';

let browser;
let service;
let proxy;
/** The same service at another port: for a browser another origin, of the same site. */
let sibling;
let evil;
let people = 0;

before(async () => {
  const port = await freePort();
  [browser, service] = await Promise.all([
    launch(),
    startService({ LATCHKEY_ISSUER: `https://localhost:${port}`, LATCHKEY_PASSWORD_HASHING_MEMORY: '64' }),
  ]);
  const tls = certificate();
  proxy = await startProxy({ port, target: service.port, tls });
  sibling = await startProxy({ port: await freePort(), target: service.port, tls });
  evil = await startEvil();
});

after(async () => {
  await browser?.close();
  evil?.close();
  await sibling?.close();
  await proxy?.close();
  await service?.stop('SIGTERM');
});

/** For localhost, made now; whoever opens a page of it looks over that. */
function certificate() {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
    '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert],
  { stdio: 'ignore' });
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

const newContext = (options) => browser.newContext({ ignoreHTTPSErrors: true, ...options });

/** Another site: to a browser, 127.0.0.1 and localhost have nothing in common. */
async function startEvil() {
  const port = await freePort();
  const server = http.createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>evil</title>');
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

async function signedIn(storage = 'cookie', options = {}) {
  const context = await newContext(options);
  const page = await context.newPage();
  await page.goto(`${proxy.url}/`);
  const username = `a${people++}-${Date.now().toString(36)}`;
  await page.evaluate(async ([mode, registration]) => {
    const { createClient } = await import('/pages/client/index.js');
    globalThis.latchkey = createClient({ storage: mode });
    await globalThis.latchkey.register(registration);
  }, [storage, { username, email: `${username}@example.org`, password: PASSWORD }]);
  return { context, page, username };
}

const isSignedIn = async (context) => {
  const page = await context.newPage();
  await page.goto(`${proxy.url}/`);
  const answer = await page.evaluate((header) => fetch('/api/auth/refresh', {
    method: 'POST', headers: { 'Content-Type': 'application/json', [header]: 'cookie' }, body: '{}',
  }).then((each) => each.status), HEADER);
  await page.close();
  return answer === 200;
};

test('another site cannot use the cookie, whatever it sends', async () => {
  const { context } = await signedIn();
  const page = await context.newPage();
  await page.goto(`${evil.url}/`);
  for (const call of ['refresh', 'revoke', 'login']) {
    const target = `${proxy.url}/api/auth/${call}`;
    const before = proxy.requests.length;
    // Without asking first: a form's types, with whatever the browser adds by itself.
    await page.evaluate(async (to) => {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
        await fetch(to, { method: 'POST', mode: 'no-cors', credentials: 'include', headers: { 'Content-Type': type }, body: '{}' });
      }
      navigator.sendBeacon(to, '{}');
    }, target);
    // With the header, which a browser asks for first.
    const outcome = await page.evaluate(([to, header]) => fetch(to, {
      method: 'POST', credentials: 'include', headers: { 'Content-Type': 'application/json', [header]: 'cookie' }, body: '{}',
    }).then((answer) => answer.status, () => 'blocked'), [target, HEADER]);
    assert.equal(outcome, 'blocked');
    const sent = proxy.requests.slice(before);
    assert.ok(sent.length >= 3);
    assert.deepEqual(sent.filter(({ headers }) => headers.cookie), [], 'the cookie stays at home');
    assert.deepEqual(sent.filter(({ method, headers }) => method === 'POST' && headers[HEADER.toLowerCase()]), []);
  }
  // A form that takes the whole page along.
  await page.evaluate((to) => {
    const form = Object.assign(document.createElement('form'), { method: 'post', action: to, enctype: 'text/plain' });
    document.body.append(form);
    form.submit();
  }, `${proxy.url}/api/auth/revoke`);
  await page.waitForURL(`${proxy.url}/api/auth/revoke`);
  assert.match(await page.content(), /unsupported_media_type/);
  assert.equal(await isSignedIn(context), true);
  await context.close();
});

test('a page of the same site that is not allowed gets no further, although the cookie travels with it', async () => {
  const { context } = await signedIn();
  const page = await context.newPage();
  await page.goto(`${sibling.url}/`);
  const outcome = await page.evaluate(([to, header]) => fetch(to, {
    method: 'POST', credentials: 'include', headers: { 'Content-Type': 'application/json', [header]: 'cookie' }, body: '{}',
  }).then((answer) => answer.status, () => 'blocked'), [`${proxy.url}/api/auth/refresh`, HEADER]);
  assert.equal(outcome, 'blocked');
  assert.equal(await isSignedIn(context), true);
  await context.close();
});

/** Everything that a script of the page can read without waiting for the user. */
async function loot(page) {
  return page.evaluate(async () => {
    const found = [document.cookie, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise((resolve) => {
        indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result);
      });
      for (const store of database.objectStoreNames) {
        const reading = database.transaction(store).objectStore(store).getAll();
        await new Promise((resolve) => {
          reading.onsuccess = resolve;
        });
        found.push(`database ${name}`, JSON.stringify(reading.result));
      }
      database.close();
    }
    for (const key of await caches.keys()) {
      found.push(`cache ${key}`);
    }
    found.push(JSON.stringify(performance.getEntriesByType('resource').map(({ name }) => name)));
    found.push(location.href, document.documentElement.outerHTML, JSON.stringify(history.state));
    // Calls the service itself.
    for (const headers of [{}, { 'Latchkey-Refresh-Token': 'cookie' }]) {
      const answer = await fetch('/api/auth/refresh', {
        method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: '{}' });
      found.push(JSON.stringify([...answer.headers]), await answer.text());
    }
    return found.join('\n');
  });
}

/** What a script hears that listens to the tabs and to what the library sends. */
async function overhear(context, page) {
  await page.evaluate(() => {
    globalThis.heard = [];
    const { fetch } = globalThis;
    globalThis.fetch = async (...given) => {
      const request = new Request(...given);
      globalThis.heard.push(JSON.stringify([...request.headers]), await request.clone().text());
      const answer = await fetch(request);
      globalThis.heard.push(await answer.clone().text());
      return answer;
    };
    const { postMessage } = BroadcastChannel.prototype;
    BroadcastChannel.prototype.postMessage = function record(message) {
      globalThis.heard.push(JSON.stringify(message));
      return postMessage.call(this, message);
    };
  });
  proxy.expire();
  await page.evaluate(() => globalThis.latchkey.fetch('/resource'));
  proxy.expire();
  await page.evaluate(() => globalThis.latchkey.fetch('/resource'));
  return page.evaluate(() => globalThis.heard.join('\n'));
}

const REFRESH_TOKEN = /lkr_[\w-]{72}/;
const ACCESS_TOKEN = /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/;

/** Whether what a script has taken away works elsewhere: the status of an exchange, and of a call. */
async function elsewhere(taken) {
  const json = { 'Content-Type': 'application/json' };
  const [refreshToken] = REFRESH_TOKEN.exec(taken) ?? [];
  const [accessToken] = ACCESS_TOKEN.exec(taken) ?? [];
  const exchange = await fetch(`${service.url}/api/auth/refresh`,
    { method: 'POST', headers: json, body: JSON.stringify({ refreshToken }) });
  const call = await fetch(`${service.url}/api/accounts/me`, { headers: { Authorization: `Bearer ${accessToken}` } });
  return { refresh: exchange.ok, access: call.ok };
}

// The table in clients/javascript/README.md.
for (const [storage, reads] of Object.entries({
  bound: {
    atRest: { refresh: true, access: false },
    listening: { refresh: true, access: true },
    ofUse: { refresh: false, access: false },
  },
  cookie: {
    atRest: { refresh: false, access: true },
    listening: { refresh: false, access: true },
    ofUse: { refresh: false, access: true },
  },
  memory: {
    atRest: { refresh: false, access: false },
    listening: { refresh: true, access: true },
    ofUse: { refresh: true, access: true },
  },
  local: {
    atRest: { refresh: true, access: false },
    listening: { refresh: true, access: true },
    ofUse: { refresh: true, access: true },
  },
})) {
  test(`what a script gets that got into the page, with the refresh token in ${storage}`, async () => {
    const { context, page } = await signedIn(storage);
    const atRest = await loot(page);
    assert.equal(REFRESH_TOKEN.test(atRest), reads.atRest.refresh, 'refresh token at rest');
    assert.equal(ACCESS_TOKEN.test(atRest), reads.atRest.access, 'access token at rest');
    const heard = await overhear(context, page);
    assert.equal(REFRESH_TOKEN.test(heard), reads.listening.refresh, 'refresh token, listening');
    assert.equal(ACCESS_TOKEN.test(heard), reads.listening.access, 'access token, listening');
    assert.deepEqual(await elsewhere(heard), reads.ofUse, 'what works elsewhere');
    assert.ok((await page.evaluate(() => globalThis.latchkey.fetch('/api/accounts/me'))), 'the user notices nothing');
    await context.close();
  });
}

test('an access token goes to no foreign address', async () => {
  const { context, page } = await signedIn();
  for (const address of [evil.url, `${evil.url}/api/accounts/me`, proxy.url.replace('localhost', 'localhost.evil.example'),
    `${proxy.url.replace('https://', 'https://user@')}.evil.example/`, `//127.0.0.1/`]) {
    const code = await page.evaluate((to) => globalThis.latchkey.fetch(to).then(
      () => 'sent', (error) => error.code ?? String(error)), address);
    assert.match(code, /foreign_origin|TypeError/, address);
  }
  await context.close();
});

test('no page lets itself be framed', async () => {
  const context = await newContext();
  const page = await context.newPage();
  const shown = async (address) => {
    await page.goto(`${evil.url}/`);
    await page.evaluate((src) => new Promise((resolve) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src, onload: resolve }));
    }), address);
    return (await (await page.$('iframe')).contentFrame()).url();
  };
  for (const path of ['/', '/sign-up', '/sign-in', '/verify', '/reset', '/account', '/swagger-ui']) {
    assert.match(await shown(proxy.url + path), /^chrome-error:/, path);
  }
  assert.equal(await shown(`${evil.url}/x`), `${evil.url}/x`);
  await context.close();
});

test('whoever signs in is led to no other site', async () => {
  const { context, username } = await signedIn();
  const page = await context.newPage();
  for (const redirect of [evil.url, `//127.0.0.1/`, `/\\127.0.0.1/`, '\\\\127.0.0.1', 'javascript:alert(document.domain)',
    'data:text/html,x', '/\t/127.0.0.1', '///127.0.0.1', `http:${evil.url.slice(5)}`, `${proxy.url}@127.0.0.1/`,
    '/..//127.0.0.1', '%2f%2f127.0.0.1']) {
    await page.goto(`${proxy.url}/sign-in?redirect=${encodeURIComponent(redirect)}`);
    await page.getByLabel('User name or e-mail address', { exact: true }).fill(username);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL((address) => address.pathname !== '/sign-in');
    assert.equal(new URL(page.url()).origin, proxy.url, redirect);
    await page.getByRole('heading', { name: 'Devices' }).waitFor();
  }
  await context.close();
});

test('everything comes by TLS from the same origin, and browsers are told to stay there', async () => {
  const { context } = await signedIn();
  const page = await context.newPage();
  const answers = [];
  page.on('response', (answer) => answers.push(answer));
  for (const path of ['/', '/sign-up', '/sign-in', '/verify', '/reset', '/account', '/swagger-ui']) {
    await page.goto(proxy.url + path, { waitUntil: 'networkidle' });
  }
  assert.ok(answers.length > 20);
  for (const answer of answers.filter((each) => !each.url().startsWith('data:'))) {
    assert.equal(new URL(answer.url()).origin, proxy.url);
    assert.match(answer.headers()['strict-transport-security'], /^max-age=31536000/, answer.url());
  }
  const [cookie] = await context.cookies();
  assert.deepEqual(
    { name: cookie.name, secure: cookie.secure, httpOnly: cookie.httpOnly, sameSite: cookie.sameSite, path: cookie.path },
    { name: '__Host-latchkey', secure: true, httpOnly: true, sameSite: 'Strict', path: '/' });
  await context.close();
});

test('names and user agents are texts, whatever is written into them', async () => {
  const attack = '<img src=x onerror="globalThis.attacked=1"><script>globalThis.attacked=1</script>\'"{{7*7}}';
  const { context, page, username } = await signedIn('cookie', { userAgent: `Evil/1.0 ${attack}` });
  await page.evaluate((name) => globalThis.latchkey.changeNames({ firstName: name, lastName: name }), attack.slice(0, 60));
  const complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(`${proxy.url}/account`);
  await page.getByRole('heading', { name: 'Devices' }).waitFor();
  await page.getByText(username).first().waitFor();
  assert.equal(await page.locator('input[name=firstName], #first-name').first().inputValue(), attack.slice(0, 60));
  assert.equal(await page.evaluate(() => globalThis.attacked), undefined);
  assert.equal(await page.locator('img[src=x]').count(), 0);
  assert.deepEqual(complaints, []);
  await context.close();
});
