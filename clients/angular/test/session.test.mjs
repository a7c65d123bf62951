import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { createClient } from '@latchkey/client';
import { start, stop } from './application.mjs';
import { LATCHKEY, problem, service } from './service.mjs';

afterEach(stop);

test('the session is taken up before the first navigation', async () => {
  service({ roles: ['user', 'manager'] });

  const { latchkey, router } = await start();

  assert.equal(latchkey.user().username, 'ada');
  assert.deepEqual(latchkey.user().roles, ['user', 'manager']);
  await router.navigateByUrl('/customers');
  assert.equal(router.url, '/customers');
});

test('without a session the application starts, and nobody is logged in', async () => {
  service({ signedIn: false });

  const { latchkey } = await start();

  assert.equal(latchkey.user(), null);
  assert.equal(latchkey.ended(), null);
  assert.equal(latchkey.unreachable(), false);
});

test('a service that never answers does not keep the application from starting', { timeout: 5000 }, async () => {
  service().reachable = 'never answers';

  const { latchkey } = await start({ startTimeout: 20 });

  assert.equal(latchkey.user(), null);
  assert.equal(latchkey.unreachable(), true);
});

test('a session that could not be taken up is not lost: the next guard tries again', async () => {
  const latchkeyService = service();
  latchkeyService.refusal = problem(400, 'bad_request'); // is no answer about the session
  const { latchkey, router } = await start();
  assert.equal(latchkey.unreachable(), true);

  latchkeyService.refusal = null;
  await router.navigateByUrl('/tasks');

  assert.equal(router.url, '/tasks');
  assert.equal(latchkey.user().username, 'ada');
  assert.equal(latchkey.unreachable(), false);
});

test('a log-out in another tab logs out here', async () => {
  service();
  const { latchkey } = await start();
  const anotherTab = createClient({ url: LATCHKEY, storage: 'cookie' });
  await anotherTab.restore();

  const heard = new Promise((resolve) => latchkey.client.subscribe(resolve));
  await anotherTab.logout();
  await heard;
  anotherTab.close();

  assert.equal(latchkey.user(), null);
  assert.equal(latchkey.ended(), 'logged_out');
});

test('a log-in makes the reason of the last end go', async () => {
  service();
  const { latchkey } = await start();
  await latchkey.client.logout();
  assert.equal(latchkey.ended(), 'logged_out');

  const heard = new Promise((resolve) => latchkey.client.subscribe(resolve));
  await latchkey.client.login({ username: 'ada', password: 'four quiet herons at dusk' });
  await heard;

  assert.equal(latchkey.user().username, 'ada');
  assert.equal(latchkey.ended(), null);
});
