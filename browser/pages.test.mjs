// The pages of a running Latchkey, whose address is LATCHKEY_URL, in Chromium, light and dark, narrow and wide:
// everything that people do there, and axe-core finds nothing. Mails are read from LATCHKEY_MAIL, the folder that the
// service writes them to. Pictures of all of it are in target, to be looked at.

import assert from 'node:assert/strict';
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import { launch } from './chromium.mjs';

const url = process.env.LATCHKEY_URL;
const mails = process.env.LATCHKEY_MAIL;
const pictures = new URL('./target/', import.meta.url).pathname;

const PASSWORD = 'four quiet herons at dusk';
const OTHER_PASSWORD = 'seven loud geese at dawn';
const LOOKS = ['light', 'dark'].flatMap((colorScheme) => [360, 1280].map((width) => ({ colorScheme, width })));

let browser;
let people = 0;

before(async () => {
  await mkdir(pictures, { recursive: true });
  browser = await launch();
});

after(() => browser?.close());

const someone = () => `u${Date.now().toString(36)}${people++}`;

/** A browser of its own, and what it has to complain about: the policy of the pages, faults of their scripts. */
async function open({ colorScheme = 'light', width = 1280, ...more } = {}) {
  const context = await browser.newContext({
    baseURL: url, colorScheme, viewport: { width, height: 800 }, locale: 'en-GB', timezoneId: 'UTC', ...more });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // A refusal is an answer like any other, but browsers report each.
    if (['error', 'warning'].includes(message.type()) && !/Failed to load resource/.test(message.text())) {
      complaints.push(message.text());
    }
  });
  return { context, page, complaints };
}

async function everybodyCanUse(page, name, { colorScheme, width }) {
  await page.screenshot({ path: join(pictures, `${name}-${colorScheme}-${width}.png`), fullPage: true });
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    await page.evaluate(axe.source);
  }
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]), [], name);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wide, 0, `${name} is wider than the screen`);
}

const field = (page, label) => page.getByLabel(label, { exact: true });

async function is(locator, text) {
  await locator.filter({ hasText: text }).waitFor();
}

async function focused(page) {
  return page.evaluate(() => document.activeElement.id);
}

/** The folder is made for the first mail. */
async function mailFiles() {
  try {
    return await readdir(mails);
  } catch (error) {
    if (error.code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}

async function mailsTo(address, kind) {
  const files = (await mailFiles()).filter((file) => file.includes(kind) && file.endsWith('.eml')).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(mails, file), 'utf8')));
  return texts.filter((text) => text.includes(address));
}

/** The code of the next mail that an action has sent. */
async function codeAfter(address, kind, action) {
  const earlier = (await mailsTo(address, kind)).length;
  await action();
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const now = await mailsTo(address, kind);
    if (now.length > earlier) {
      return /([0-9A-Z]{4}-){5}[0-9A-Z]{4}/.exec(now.at(-1))[0];
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no mail ${kind} to ${address}`);
}

async function signUp(page, username, password = PASSWORD) {
  await page.goto('/sign-up');
  await field(page, 'User name').fill(username);
  await field(page, 'E-mail address').fill(`${username}@example.org`);
  await field(page, 'Password').fill(password);
  await page.getByRole('button', { name: 'Sign up' }).click();
}

async function signIn(page, username, password) {
  await field(page, 'User name or e-mail address').fill(username);
  await field(page, 'Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const atAccount = (page) => page.getByRole('heading', { name: 'Devices' }).waitFor();

for (const look of LOOKS) {
  test(`a life of an account, ${look.colorScheme}, ${look.width} px`, async () => {
    const { context, page, complaints } = await open(look);
    const username = someone();
    const email = `${username}@example.org`;

    await page.goto('/');
    await everybodyCanUse(page, 'front', look);

    await page.goto('/account');
    await page.waitForURL(/\/sign-in\?reason=sign_in_first/);
    await is(page.locator('#reason'), 'Sign in to see your account.');

    // Mistakes stand at their fields, and the first one has the focus.
    await page.goto('/sign-up');
    await everybodyCanUse(page, 'sign-up', look);
    await page.getByRole('button', { name: 'Sign up' }).click();
    await is(page.locator('#username-error'), 'Fill in this field.');
    assert.equal(await focused(page), 'username');
    await everybodyCanUse(page, 'sign-up-empty', look);
    await signUp(page, username, 'password1');
    await is(page.locator('#password-error'), 'This is one of the passwords that attackers try first.');
    assert.equal(await focused(page), 'password');
    assert.equal(await field(page, 'Password').getAttribute('aria-invalid'), 'true');
    await everybodyCanUse(page, 'sign-up-common', look);

    // What is typed can be seen, and is hidden again before it is sent.
    await page.getByRole('button', { name: 'Show the password' }).click();
    assert.equal(await field(page, 'Password').getAttribute('type'), 'text');
    await field(page, 'Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign up' }).click();
    await page.waitForURL('**/account');
    await atAccount(page);
    await everybodyCanUse(page, 'account', look);

    // The address is verified.
    const code = await codeAfter(email, 'email-verification', () =>
      page.getByRole('button', { name: 'Send a code to verify it' }).click());
    await page.getByLabel('Enter the code').fill('AAAA-AAAA');
    await page.getByRole('button', { name: 'Verify' }).click();
    await is(page.locator('#code-error'), 'This code is not valid');
    await everybodyCanUse(page, 'account-code', look);
    await page.getByRole('button', { name: 'Send another code' }).waitFor();
    await page.getByLabel('Enter the code').fill(code.toLowerCase());
    await page.getByRole('button', { name: 'Verify' }).click();
    await is(page.locator('#email-status'), `${email} is now your verified address.`);

    // Names are texts, whatever they look like.
    await field(page, 'First name optional').fill('<img src=x onerror=alert(1)>');
    await page.getByRole('button', { name: 'Save' }).click();
    await is(page.locator('#profile-form .status'), 'Saved.');

    // The browser keeps nothing about them but the cookie.
    assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
    const cookies = await context.cookies();
    assert.deepEqual(cookies.map(({ name, httpOnly, secure, sameSite }) => [name, httpOnly, secure, sameSite]),
      [['__Host-latchkey', true, true, 'Strict']]);

    // A second device is seen, and signed out; what it does next leads to the page to sign in.
    const phone = await open({ ...look, userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) '
      + 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1' });
    await phone.page.goto('/sign-in?redirect=/account%23devices');
    await signIn(phone.page, email, PASSWORD);
    await atAccount(phone.page);
    await page.reload();
    await atAccount(page);
    await page.locator('.devices li').nth(1).waitFor();
    assert.equal(await page.locator('.devices li').count(), 2);
    await is(page.locator('.devices li').first(), 'This device');
    await is(page.locator('.devices li').nth(1), 'Safari on iPhone');
    await everybodyCanUse(page, 'account-devices', look);
    await page.getByRole('button', { name: /^Sign out: Safari on iPhone/ }).click();
    await is(page.locator('#devices-status'), 'Safari on iPhone is signed out.');
    await page.locator('.devices li').nth(1).waitFor({ state: 'detached' });
    assert.equal(await page.locator('.devices li').count(), 1);
    await phone.page.getByRole('button', { name: 'Save' }).click();
    await phone.page.waitForURL(/\/sign-in\?reason=session_revoked/);
    await is(phone.page.locator('#reason'), 'You were signed out, perhaps from another of your devices.');
    await everybodyCanUse(phone.page, 'sign-in-ended', look);
    await phone.context.close();

    // The page that password managers send people to.
    await page.goto('/.well-known/change-password');
    await page.waitForURL('**/account#password');
    await atAccount(page);
    await field(page, 'Current password').fill('not the right one');
    await field(page, 'New password').fill(OTHER_PASSWORD);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await is(page.locator('#current-password-error'), 'The password is wrong.');
    assert.equal(await focused(page), 'current-password');
    await field(page, 'Current password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await is(page.locator('#password-form .status'), 'Your password has been changed, and all other devices');
    assert.equal(await page.locator('#password-form [name=username]').inputValue(), username);

    // Another address.
    const newEmail = `${username}@example.net`;
    await page.getByText('Change the address').click();
    await field(page, 'New e-mail address').fill(newEmail);
    await page.locator('#email-password').fill(OTHER_PASSWORD);
    await everybodyCanUse(page, 'account-email', look);
    const change = await codeAfter(newEmail, 'email-change', () => page.locator('#email-form .actions button').click());
    await page.getByLabel('Enter the code').fill(change);
    await page.getByRole('button', { name: 'Verify' }).click();
    await is(page.locator('#email-status'), `${newEmail} is now your verified address.`);

    // Signed out, in all tabs.
    const tab = await context.newPage();
    await tab.goto('/account');
    await atAccount(tab);
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.waitForURL(/\/sign-in\?reason=logged_out/);
    await tab.waitForURL(/\/sign-in\?reason=logged_out/);
    await tab.close();

    assert.deepEqual(await context.cookies(), []);

    await signIn(page, username, 'not the right one');
    await is(page.locator('.status.bad'), 'The user name or the password is wrong.');
    await everybodyCanUse(page, 'sign-in-refused', look);

    // A forgotten password.
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await everybodyCanUse(page, 'reset', look);
    await field(page, 'E-mail address').fill(newEmail);
    const reset = await codeAfter(newEmail, 'password-reset', () =>
      page.getByRole('button', { name: 'Send the code' }).click());
    assert.equal(await page.locator('#reset-form [name=username]').inputValue(), newEmail);
    await page.getByLabel('Code', { exact: true }).fill(reset);
    await field(page, 'New password').fill('short');
    await page.getByRole('button', { name: 'Set the new password' }).click();
    await is(page.locator('#new-password-error'), 'Use at least 8 characters');
    await everybodyCanUse(page, 'reset-code', look);
    await field(page, 'New password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Set the new password' }).click();
    await page.waitForURL(/\/sign-in\?reason=password_reset/);
    await signIn(page, username, PASSWORD);
    await atAccount(page);

    await page.goto('/verify');
    await everybodyCanUse(page, 'verify', look);

    // The end.
    await page.goto('/account');
    await atAccount(page);
    await page.getByText('I want to delete my account').click();
    await page.locator('#delete-password').fill(PASSWORD);
    await everybodyCanUse(page, 'account-delete', look);
    await page.getByRole('button', { name: 'Delete my account' }).click();
    await page.waitForURL(/\/sign-in\?reason=account_deleted/);
    await is(page.locator('#reason'), 'Your account has been deleted.');

    assert.deepEqual(complaints, []);
    assert.deepEqual(phone.complaints, []);
    await context.close();
  });
}

test('the front page makes three requests for less than 12 kB, none of which fails', async () => {
  const { context, page, complaints } = await open();
  const answers = [];
  const sizes = [];
  page.on('response', (answer) => {
    answers.push([answer.status(), new URL(answer.url()).pathname]);
    sizes.push(answer.body().then((body) => body.length));
  });
  await page.goto('/', { waitUntil: 'networkidle' });
  const size = (await Promise.all(sizes)).reduce((sum, each) => sum + each, 0);
  assert.ok(size > 5_000 && size < 12_000, `${size} bytes`);
  // The icon twice: of the page, and of the tab.
  assert.ok(answers.length <= 4);
  assert.deepEqual([...new Set(answers.map(([, path]) => path))].sort(), ['/', '/pages/icon.svg', '/pages/style.css']);
  assert.deepEqual(answers.filter(([status]) => status !== 200), []);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('whoever signs in goes on to a path of this service alone', async () => {
  const { context, page } = await open();
  await page.goto('/sign-in');
  const onward = (path) => page.evaluate(async (given) => (await import('/pages/address.js')).ownAddress(given), path);
  for (const path of ['//evil.example', '/\\evil.example', '\\\\evil.example', 'https:evil.example',
    'https://evil.example', '/\t/evil.example', '/\n//evil.example', '/.//evil.example', '/x/..//evil.example',
    '/%2e//evil.example', 'javascript:alert(1)', 'data:text/html,x', 'account', '', ' /account', null]) {
    assert.equal(await onward(path), null, path);
  }
  assert.equal(await onward('/swagger-ui?a=b#c'), `${new URL(url).origin}/swagger-ui?a=b#c`);

  const username = someone();
  await signUp(page, username);
  await atAccount(page);
  await page.goto(`/sign-in?redirect=${encodeURIComponent('/\\evil.example')}`);
  await signIn(page, username, PASSWORD);
  await page.waitForURL(`${new URL(url).origin}/account`);
  await page.goto('/sign-in?redirect=/verify&reason=<b>no</b>');
  assert.equal(await page.locator('#reason').textContent(), '');
  await signIn(page, username, PASSWORD);
  await page.waitForURL(`${new URL(url).origin}/verify`);
  await context.close();
});

test('too many attempts say how long to wait', async () => {
  const { context, page } = await open();
  await page.route('**/api/auth/login', (route) => route.fulfill({
    status: 429,
    headers: { 'Content-Type': 'application/problem+json', 'Retry-After': '61' },
    body: JSON.stringify({ status: 429, code: 'too_many_attempts', title: '', detail: '', type: 'about:blank' }),
  }));
  await page.goto('/sign-in');
  await signIn(page, 'ada', PASSWORD);
  await is(page.locator('.status.bad'), 'There were too many attempts. Wait 2 minutes, then try again.');
  await context.close();
});

test('an account that is opened by a code says so and goes on to the page to sign in', async () => {
  const { context, page, complaints } = await open();
  await page.route('**/api/accounts', (route) => route.fulfill({ status: 202 }));
  await page.route('**/api/accounts/email-verification', (route) =>
    route.fulfill({ status: route.request().method() === 'PUT' ? 204 : 202 }));
  await page.goto('/sign-up?redirect=/verify');
  await field(page, 'User name').fill('ada');
  await field(page, 'E-mail address').fill('ada@example.org');
  await field(page, 'Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await is(page.locator('#verify-lead'), 'We have sent a mail to ada@example.org.');
  await everybodyCanUse(page, 'sign-up-verify', { colorScheme: 'light', width: 1280 });
  await page.getByRole('button', { name: 'Send another code' }).click();
  await is(page.locator('#again-form .status'), 'on its way');
  await page.getByLabel('Code', { exact: true }).fill('7K3M-9QXT-2BVN-HD4C-8RWJ-5FZA');
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.waitForURL(/\/sign-in\?reason=email_verified&redirect=/);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('without JavaScript a page says what is needed', async () => {
  const { context, page } = await open({ javaScriptEnabled: false });
  await page.goto('/sign-in');
  assert.match(await page.locator('noscript p').innerText(), /This page needs JavaScript/);
  assert.ok(await page.locator('noscript p').isVisible());
  await context.close();
});

test('everything fits on 320 pixels', async () => {
  const { context, page } = await open({ width: 320 });
  for (const path of ['/', '/sign-up', '/sign-in', '/verify', '/reset']) {
    await page.goto(path);
    await everybodyCanUse(page, `narrow${path.replace('/', '-')}`, { colorScheme: 'light', width: 320 });
  }
  const username = someone();
  await signUp(page, username);
  await atAccount(page);
  await everybodyCanUse(page, 'narrow-account', { colorScheme: 'light', width: 320 });
  await context.close();
});

/** As after the button Back, whether or not this browser keeps pages. */
const broughtBack = (page) => page.evaluate(() =>
  globalThis.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));

test('a page that is brought back shows neither a password nor an account that was left', async () => {
  const { context, page } = await open();
  const username = someone();
  await signUp(page, username);
  await atAccount(page);
  await page.goto('/sign-in');
  await field(page, 'Password').fill(PASSWORD);
  await broughtBack(page);
  await page.waitForFunction(() => document.getElementById('password')?.value === '');

  await page.goto('/account');
  await atAccount(page);
  await context.clearCookies();
  await broughtBack(page);
  await page.waitForURL(/\/sign-in\?reason=sign_in_first/);
  await context.close();
});

test('the account page shows whoever signs in in another tab', async () => {
  const { context, page } = await open();
  const [ada, bob] = [someone(), someone()];
  await signUp(page, bob);
  await atAccount(page);
  await signUp(page, ada);
  await atAccount(page);
  await field(page, 'First name optional').fill('Ada');
  const tab = await context.newPage();
  await tab.goto('/sign-in');
  await signIn(tab, bob, PASSWORD);
  await atAccount(tab);
  await page.getByText(bob, { exact: true }).waitFor();
  assert.equal(await field(page, 'First name optional').inputValue(), '');
  await context.close();
});

test('a page whose texts do not come at once works as soon as they do', async () => {
  const { context, page } = await open();
  let tries = 0;
  await page.route('**/pages/texts.json', (route) => {
    tries++;
    return tries === 1 ? route.abort() : tries === 2 ? route.fulfill({ status: 503, body: '{}' }) : route.continue();
  });
  await page.goto('/account');
  await page.waitForURL(/\/sign-in\?reason=sign_in_first/);
  await is(page.locator('#reason'), 'Sign in to see your account.');
  await context.close();
});

test('a device is signed out once, however often the button is pressed', async () => {
  const { context, page } = await open();
  const username = someone();
  await signUp(page, username);
  await atAccount(page);
  const phone = await open();
  await phone.page.goto('/sign-in');
  await signIn(phone.page, username, PASSWORD);
  await atAccount(phone.page);
  await phone.context.close();
  await page.reload();
  await atAccount(page);
  let requests = 0;
  page.on('request', (request) => {
    requests += request.method() === 'DELETE' ? 1 : 0;
  });
  await page.locator('.devices li').nth(1).getByRole('button').evaluate((button) => {
    button.click();
    button.click();
  });
  await is(page.locator('#devices-status'), 'is signed out.');
  assert.equal(requests, 1);
  await context.close();
});
