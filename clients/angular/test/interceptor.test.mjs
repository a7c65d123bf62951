import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { PAGE, start, stop, TASKS } from './application.mjs'; // first: it brings Angular's compiler
import { HttpClient, HttpErrorResponse } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { LatchkeyError } from '@latchkey/client';
import { firstValueFrom } from 'rxjs';
import { LATCHKEY, problem, service } from './service.mjs';

afterEach(stop);

const expired = { status: 401, statusText: 'Unauthorized', headers: { 'Token-Expired': 'true' } };

/** Sends by HttpClient, and sees that no request is left over at the end. */
function get(url, options = {}) {
  const answer = firstValueFrom(TestBed.inject(HttpClient).get(url, options));
  answer.catch(() => {}); // whoever wants to see it fail awaits it later
  return answer;
}

/** Waits until a request has been sent, which may have waited for an exchange. */
async function sent(requests, url) {
  for (let turn = 0; turn < 1000; turn++) {
    const [request] = requests.match(url);
    if (request !== undefined) {
      return request;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new assert.AssertionError({ message: `nothing was sent to ${url}` });
}

function authorization({ request }) {
  return request.headers.get('Authorization');
}

/** What the proof of a request says. */
function claims({ request }) {
  return JSON.parse(Buffer.from(request.headers.get('DPoP').split('.')[1], 'base64url').toString());
}

for (const url of [`${LATCHKEY}/api/accounts/me`, `${TASKS}/tasks`, `${TASKS}/tasks?page=2`]) {
  test(`${url} gets the access token`, async () => {
    const { tokens } = service();
    const { requests } = await start();

    const answer = get(url);
    const request = await sent(requests, url);
    assert.equal(authorization(request), `Bearer ${tokens[0]}`);
    request.flush('seen');

    assert.equal(await answer, 'seen');
  });
}

for (const url of [
  'https://elsewhere.example/tasks',
  'http://localhost:8091/tasks',
  'https://localhost:8090/tasks',
  'http://localhost:8090@elsewhere.example/tasks',
  'http://localhost:8090.elsewhere.example/tasks',
  '//elsewhere.example/http://localhost:8090',
  `${PAGE}/texts.json`,
  '/texts.json',
  'texts.json',
]) {
  test(`${url} gets no access token`, async () => {
    service();
    const { requests } = await start();

    const answer = get(url);
    const request = await sent(requests, url);
    assert.equal(request.request.headers.keys().length, 0);
    request.flush('seen');

    assert.equal(await answer, 'seen');
  });
}

test('an Authorization of the request itself stays', async () => {
  service();
  const { requests } = await start();

  get(`${TASKS}/tasks`, { headers: { Authorization: 'Basic YQ==' } });

  assert.equal(authorization(await sent(requests, `${TASKS}/tasks`)), 'Basic YQ==');
});

test('without a session requests go as they are, and the server says what it thinks of that', async () => {
  service({ signedIn: false });
  const { requests } = await start();

  const answer = get(`${TASKS}/tasks`);
  const request = await sent(requests, `${TASKS}/tasks`);
  assert.equal(authorization(request), null);
  request.flush('', { status: 401, statusText: 'Unauthorized' });

  await assert.rejects(answer, { status: 401 });
});

test('a token that is about to expire is exchanged before the request is sent', async () => {
  const { tokens } = service({ lifetime: 0 });
  const { requests } = await start();

  get(`${TASKS}/tasks`);

  assert.equal(authorization(await sent(requests, `${TASKS}/tasks`)), `Bearer ${tokens[1]}`);
});

test('a request whose token the server finds expired is repeated with the next one', async () => {
  const { tokens } = service();
  const { requests } = await start();

  const answer = get(`${TASKS}/tasks`);
  (await sent(requests, `${TASKS}/tasks`)).flush('', expired);
  const repeated = await sent(requests, `${TASKS}/tasks`);
  assert.equal(authorization(repeated), `Bearer ${tokens[1]}`);
  repeated.flush('seen');

  assert.equal(await answer, 'seen');
});

test('a request whose token the server rejects by RFC 6750 is repeated with the next one', async () => {
  const { tokens } = service();
  const { requests } = await start();

  const answer = get(`${TASKS}/tasks`);
  const headers = { 'WWW-Authenticate': 'Bearer error="invalid_token"' };
  (await sent(requests, `${TASKS}/tasks`)).flush('', { status: 401, statusText: 'Unauthorized', headers });
  const repeated = await sent(requests, `${TASKS}/tasks`);
  assert.equal(authorization(repeated), `Bearer ${tokens[1]}`);
  repeated.flush('seen');

  assert.equal(await answer, 'seen');
});

test('a bound session shows its key with each request, and a nonce when the server wants one', async () => {
  const { tokens } = service({ signedIn: false, tokenType: 'DPoP' });
  const { latchkey, requests } = await start({ storage: undefined });
  await latchkey.client.login({ username: 'ada', password: 'four quiet herons at dusk' });

  const answer = get(`${TASKS}/tasks?page=2`);
  const first = await sent(requests, `${TASKS}/tasks?page=2`);
  assert.equal(authorization(first), `DPoP ${tokens[0]}`);
  const { htm, htu, nonce } = claims(first);
  assert.deepEqual([htm, htu, nonce], ['GET', `${TASKS}/tasks`, undefined]);
  const headers = { 'WWW-Authenticate': 'DPoP error="use_dpop_nonce"', 'DPoP-Nonce': 'wanted' };
  first.flush('', { status: 401, statusText: 'Unauthorized', headers });
  const second = await sent(requests, `${TASKS}/tasks?page=2`);
  assert.equal(claims(second).nonce, 'wanted');
  assert.equal(authorization(second), `DPoP ${tokens[0]}`);
  second.flush('seen');

  assert.equal(await answer, 'seen');
});

test('several requests with one expired token need one exchange', async () => {
  const latchkeyService = service();
  const { requests } = await start();

  const answers = [get(`${TASKS}/a`), get(`${TASKS}/b`)];
  (await sent(requests, `${TASKS}/a`)).flush('', expired);
  (await sent(requests, `${TASKS}/a`)).flush('a');
  (await sent(requests, `${TASKS}/b`)).flush('', expired);
  (await sent(requests, `${TASKS}/b`)).flush('b');

  assert.deepEqual(await Promise.all(answers), ['a', 'b']);
  assert.equal(latchkeyService.exchanges, 2); // the first one at start
});

test('a request is repeated once, not for ever', async () => {
  const latchkeyService = service();
  const { requests } = await start();

  const answer = get(`${TASKS}/tasks`);
  (await sent(requests, `${TASKS}/tasks`)).flush('', expired);
  (await sent(requests, `${TASKS}/tasks`)).flush('', expired);

  await assert.rejects(answer, { status: 401 });
  assert.equal(latchkeyService.exchanges, 2);
  requests.verify();
});

for (const [status, headers] of [[401, {}], [401, { 'Token-Expired': 'false' }], [403, { 'Token-Expired': 'true' }]]) {
  test(`${status} with ${JSON.stringify(headers)} is not repeated`, async () => {
    const latchkeyService = service();
    const { requests } = await start();

    const answer = get(`${TASKS}/tasks`);
    (await sent(requests, `${TASKS}/tasks`)).flush('', { status, statusText: 'No', headers });

    await assert.rejects(answer, { status });
    assert.equal(latchkeyService.exchanges, 1);
    requests.verify();
  });
}

test('when the exchange is refused for good, the request fails as if Latchkey had answered it', async () => {
  const latchkeyService = service();
  const { latchkey, requests } = await start();
  latchkeyService.refusal = problem(401, 'session_revoked');

  const answer = get(`${TASKS}/tasks`);
  (await sent(requests, `${TASKS}/tasks`)).flush('', expired);

  await assert.rejects(answer, (failure) => {
    assert.ok(failure instanceof HttpErrorResponse);
    assert.equal(failure.status, 401);
    assert.ok(failure.error instanceof LatchkeyError);
    assert.equal(failure.error.code, 'session_revoked');
    return true;
  });
  assert.equal(latchkey.user(), null);
  assert.equal(latchkey.ended(), 'session_revoked');
  requests.verify();
});

test('an exchange that has to wait fails the request and keeps the session', async () => {
  const latchkeyService = service();
  const { latchkey, requests } = await start();
  latchkeyService.refusal = problem(503, 'overloaded', { 'Retry-After': '3600' });

  const answer = get(`${TASKS}/tasks`);
  (await sent(requests, `${TASKS}/tasks`)).flush('', expired);

  await assert.rejects(answer, ({ status, error }) => {
    assert.deepEqual([status, error.code, error.retryAfter], [503, 'overloaded', 3600]);
    return true;
  });
  assert.equal(latchkey.user().username, 'ada');
});
