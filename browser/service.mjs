// A Latchkey of one's own, as the README starts it, which can be stopped, killed and started again on the same data.

import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const ROOT = new URL('..', import.meta.url).pathname;

/** What the tests are given about another service would be settings of this one. */
function withoutSettings(environment) {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('LATCHKEY_')));
}

export async function freePort() {
  const server = createServer().listen(0, 'localhost');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * @param {Record<string, string>} settings as environment variables
 */
export async function startService(settings) {
  const port = await freePort();
  const data = join(await mkdtemp(join(tmpdir(), 'latchkey-')), 'data');
  const url = `http://localhost:${port}`;
  let output = '';
  let running;
  let ended;

  async function start() {
    running = spawn('mvn', ['-B', '-ntp', '-q', '-Prun', '-Dlatchkey.start-cache.skip=true'], {
      cwd: ROOT,
      detached: true,
      env: { ...withoutSettings(process.env), MICRONAUT_SERVER_PORT: String(port), LATCHKEY_DATA_DIR: data, ...settings },
    });
    const mine = running;
    ended = new Promise((resolve) => mine.once('exit', resolve));
    for (const stream of [mine.stdout, mine.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
    }
    for (let tries = 0; tries < 600; tries++) {
      if (mine.exitCode !== null) {
        throw new Error(`the service did not start\n${output}`);
      }
      const ready = await fetch(`${url}/health/readiness`).then((answer) => answer.ok, () => false);
      if (ready) {
        return;
      }
      await wait(200);
    }
    throw new Error(`the service did not become ready\n${output}`);
  }

  /** @param {'SIGTERM' | 'SIGKILL'} signal */
  async function stop(signal) {
    if (running.exitCode === null && running.signalCode === null) {
      process.kill(-running.pid, signal);
    }
    await ended;
  }

  await start();
  return {
    port,
    url,
    mails: join(data, 'mail'),
    start,
    stop,
    /** How often a security event was written to the log. */
    events: (name) => output.split(`event=${name} `).length - 1,
  };
}
