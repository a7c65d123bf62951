import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startIssuer } from './issuer.js';

test('the sample says where it listens, accepts tokens, and refuses those of ended sessions', async (t) => {
  const latchkey = await startIssuer(t);
  const sample = spawn(process.execPath, [fileURLToPath(new URL('../sample.mjs', import.meta.url))], {
    env: { ...process.env, LATCHKEY_ISSUER: latchkey.issuer, PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => sample.kill('SIGKILL'));
  const [line] = await once(createInterface(sample.stdout), 'line');
  const [, port] = /^listening on (\d+)$/.exec(line) ?? [];
  const status = async () => (await fetch(`http://localhost:${port}/reports`, {
    headers: { Authorization: `Bearer ${await latchkey.token()}` } })).status;

  assert.equal(await status(), 200);
  await latchkey.asked('/feed', 2);
  await latchkey.publish({ sids: ['one'] });
  await latchkey.asked('/feed');
  assert.equal(await status(), 401);

  sample.kill('SIGTERM');
  assert.deepEqual(await once(sample, 'exit'), [0, null]);
});
