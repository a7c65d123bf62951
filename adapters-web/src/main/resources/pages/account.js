import { createClient } from './client/index.js';
import { REASONS, toSignIn } from './address.js';
import { deviceName } from './device.js';
import { byId, empty, onSubmit, say } from './form.js';
import { sentence } from './problem.js';
import { date, dateAndTime, text } from './texts.js';

/** After these there is nothing to try again but to sign in. */
const OVER = [
  'signed_out',
  'invalid_refresh_token',
  'refresh_token_expired',
  'session_revoked',
  'refresh_token_reused',
  'access_token_required',
  'invalid_access_token',
  'access_token_expired',
];

const latchkey = createClient({ storage: 'cookie' });
let leaving = false;

/** @param {string | undefined} reason @param {string} [redirect] */
function leave(reason, redirect) {
  if (!leaving) {
    leaving = true;
    toSignIn(reason !== undefined && REASONS.includes(reason) ? reason : 'session_revoked', redirect);
  }
}

/**
 * What needs a session, and leads to the page to sign in if it has ended meanwhile.
 *
 * @template T
 * @param {() => Promise<T>} action
 * @returns {Promise<T>}
 */
async function signedIn(action) {
  try {
    return await action();
  } catch (error) {
    if (OVER.includes(error.code)) {
      leave(error.code, '/account');
    }
    throw error;
  }
}

function showAccount(account) {
  byId('own-username').textContent = account.username;
  byId('since').textContent = text('account.since', { date: date(account.createdAt) });
  byId('first-name').value = account.firstName ?? '';
  byId('last-name').value = account.lastName ?? '';
  byId('own-email').textContent = account.email;
  byId('verified').textContent = text(account.emailVerified ? 'email.verified' : 'email.unverified');
  byId('verified').classList.toggle('good', account.emailVerified);
  byId('ask-form').hidden = account.emailVerified;
  for (const form of [byId('password-form'), byId('delete-form')]) {
    form.elements.username.value = account.username;
  }
}

function enterCode(email) {
  say(byId('email-status'), text('email.sent', { email }));
  byId('code-form').hidden = false;
  byId('code').focus();
}

function deviceItem(session) {
  const item = byId('device').content.cloneNode(true);
  const device = deviceName(session.userAgent);
  const seen = dateAndTime(session.startedAt);
  item.querySelector('.name').textContent = device;
  item.querySelector('.name').title = session.userAgent ?? '';
  item.querySelector('.badge').hidden = !session.current;
  item.querySelector('.first-seen').textContent = text('devices.first-seen', { date: seen });
  item.querySelector('.last-used').textContent = text('devices.last-used', { date: dateAndTime(session.exchangedAt) });
  item.querySelector('.address').textContent =
    session.clientAddress === undefined ? '' : text('devices.address', { address: session.clientAddress });
  const button = item.querySelector('button');
  button.setAttribute('aria-label', text('devices.sign-out.label', { device, date: seen }));
  button.addEventListener('click', () => (session.current ? signOut() : endOne(session, device)));
  return item;
}

async function showDevices() {
  const sessions = await signedIn(() => latchkey.sessions());
  // This one first, then by the latest use.
  const sorted = [...sessions].sort(
    (one, other) => Number(other.current) - Number(one.current) || other.exchangedAt.localeCompare(one.exchangedAt),
  );
  byId('device-list').replaceChildren(...sorted.map(deviceItem));
  byId('end-others').hidden = sessions.length < 2;
}

/** Ends sessions, shows those that are left, and puts the focus where it survives. */
async function endSessions(action, done) {
  const status = byId('devices-status');
  const list = byId('device-list');
  if (list.getAttribute('aria-busy') === 'true') {
    return;
  }
  list.setAttribute('aria-busy', 'true');
  try {
    await signedIn(action);
    await showDevices();
    say(status, done);
  } catch (error) {
    if (error.code === 'not_found') {
      await showDevices();
      say(status, text('devices.gone'));
    } else {
      say(status, sentence(error), 'bad');
    }
  } finally {
    list.removeAttribute('aria-busy');
  }
  byId('devices-title').focus();
}

function endOne(session, device) {
  return endSessions(() => latchkey.endSession(session.id), text('devices.done', { device }));
}

async function signOut() {
  leaving = true;
  await latchkey.logout();
  toSignIn('logged_out');
}

onSubmit(byId('profile-form'), async ({ firstName, lastName }) => {
  showAccount(await signedIn(() => latchkey.changeNames({ firstName, lastName })));
  say(byId('profile-form'), text('profile.done'));
});

onSubmit(byId('ask-form'), async () => {
  const email = byId('own-email').textContent;
  await signedIn(() => latchkey.requestEmailVerification({ email }));
  byId('ask-form').querySelector('button').textContent = text('code.again');
  enterCode(email);
});

onSubmit(byId('email-form'), async ({ email, password }) => {
  await signedIn(() => latchkey.changeEmail({ email, password }));
  empty(byId('email-form'));
  byId('email-change').open = false;
  // Another code would go to the old address.
  byId('ask-form').hidden = true;
  enterCode(email);
});

onSubmit(byId('code-form'), async ({ code }) => {
  await signedIn(() => latchkey.verifyEmail({ code }));
  const account = await signedIn(() => latchkey.account());
  empty(byId('code-form'));
  byId('code-form').hidden = true;
  showAccount(account);
  say(byId('email-status'), text('email.done', { email: account.email }));
});

onSubmit(byId('password-form'), async ({ currentPassword, newPassword }) => {
  const others = byId('others').checked;
  await signedIn(() =>
    latchkey.changePassword({ currentPassword, newPassword, otherSessions: others ? 'end' : 'keep' }),
  );
  const username = byId('own-username').textContent;
  empty(byId('password-form'));
  byId('password-form').elements.username.value = username;
  say(byId('password-form'), text(others ? 'password.done.others' : 'password.done'));
  await showDevices();
});

onSubmit(byId('delete-form'), async ({ password }) => {
  leaving = true;
  try {
    await latchkey.deleteAccount({ password });
  } catch (error) {
    leaving = false;
    await signedIn(() => Promise.reject(error));
  }
  toSignIn('account_deleted');
});

byId('sign-out').addEventListener('click', signOut);
byId('end-others').querySelector('button').addEventListener('click', () =>
  endSessions(() => latchkey.endOtherSessions(), text('devices.others.done')),
);

async function start() {
  const here = `/account${location.hash}`;
  const user = await latchkey.restore();
  if (user === null) {
    leave('sign_in_first', here);
    return;
  }
  // Also when another tab signs out, or somebody else in: what is shown here must not be saved to that account.
  latchkey.subscribe(({ user: remaining, reason }) => {
    if (remaining === null) {
      leave(reason, reason === 'logged_out' ? undefined : '/account');
    } else if (remaining.id !== user.id) {
      location.reload();
    }
  });
  const account = await signedIn(() => latchkey.account());
  showAccount(account);
  await showDevices();
  byId('loading').hidden = true;
  byId('account').hidden = false;
  byId('sign-out').hidden = false;
  const section = document.getElementById(location.hash.slice(1));
  section?.scrollIntoView();
  section?.querySelector('input:not(.away)')?.focus({ preventScroll: true });
}

start().catch((error) => (byId('loading').textContent = sentence(error)));
