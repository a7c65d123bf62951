import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { PAGE, start, stop } from './application.mjs';
import { service } from './service.mjs';

afterEach(stop);

test('whoever is not logged in is sent to log in, and the wanted address is kept', async () => {
  service({ signedIn: false });
  const { latchkey, router } = await start();

  await router.navigateByUrl('/tasks?page=2#last');

  assert.equal(router.parseUrl(router.url).root.children.primary.toString(), 'login');
  assert.equal(latchkey.wanted(), '/tasks?page=2#last');
});

test('the route to log in is one of your choice', async () => {
  service({ signedIn: false });
  const { router } = await start({ loginRoute: '/forbidden' });

  await router.navigateByUrl('/tasks');

  assert.equal(router.url, `/forbidden?redirect=${encodeURIComponent('/tasks')}`);
});

for (const [query, wanted] of [
  ['/tasks', '/tasks'],
  ['/tasks?a=b#c', '/tasks?a=b#c'],
  [`${PAGE}/tasks`, '/'],
  ['https://evil.example', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/\n\\evil.example', '/'],
  ['///evil.example', '/'],
  ['/..//evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['tasks', '/'],
  ['', '/'],
]) {
  test(`after logging in, redirect=${JSON.stringify(query)} leads to ${wanted}`, async () => {
    service({ signedIn: false });
    const { latchkey, router } = await start();

    await router.navigateByUrl(`/login?redirect=${encodeURIComponent(query)}`);

    assert.equal(latchkey.wanted(), wanted);
  });
}

test('several redirects, or none, lead to the start', async () => {
  service({ signedIn: false });
  const { latchkey, router } = await start();

  await router.navigateByUrl('/login?redirect=/a&redirect=/b');
  assert.equal(latchkey.wanted(), '/');
  await router.navigateByUrl('/login');
  assert.equal(latchkey.wanted(), '/');
});

test('a page for a role opens for those who have it', async () => {
  service({ roles: ['user', 'manager'] });
  const { router } = await start();

  await router.navigateByUrl('/customers');

  assert.equal(router.url, '/customers');
});

test('whoever lacks the role is sent to the route of your choice', async () => {
  service({ roles: ['user'] });
  const { router } = await start();

  await router.navigateByUrl('/customers');

  assert.equal(router.url, '/forbidden');
});

test('whoever lacks the role stays, if there is no such route', async () => {
  service({ roles: ['user'] });
  const { router } = await start();
  await router.navigateByUrl('/tasks');

  assert.equal(await router.navigateByUrl('/reports'), false);
  assert.equal(router.url, '/tasks');
});

test('whoever is not logged in is sent to log in, not told that the page is for a role', async () => {
  service({ signedIn: false });
  const { router } = await start();

  await router.navigateByUrl('/customers');

  assert.equal(router.url, `/login?redirect=${encodeURIComponent('/customers')}`);
});

test('a role that was granted meanwhile counts as soon as the access token is exchanged', async () => {
  const latchkeyService = service({ roles: ['user'], lifetime: 0 });
  const { latchkey, router } = await start();
  latchkeyService.roles = ['user', 'manager'];

  await router.navigateByUrl('/customers');

  assert.equal(router.url, '/customers');
  assert.deepEqual(latchkey.user().roles, ['user', 'manager']);
});
